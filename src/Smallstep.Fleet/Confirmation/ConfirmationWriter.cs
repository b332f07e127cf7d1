using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet;

/// <summary>Writes confirmations as they stream, as CSV or JSON.</summary>
public static class ConfirmationWriter
{
    private const string Header = "host_id,name,serial,platform,fleet,state,certificate_serial,certificate_expires,device_id,reason,remedy,host_uuid,failure\n";

    /// <summary>Writes CSV (RFC 4180, UTF-8, LF). Cells that a spreadsheet would take for formulas are prefixed with an apostrophe.</summary>
    /// <param name="hosts">The confirmations.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteCsvAsync(IAsyncEnumerable<HostConfirmation> hosts, TextWriter output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(Header.AsMemory(), cancellationToken).ConfigureAwait(false);
        await foreach (HostConfirmation host in hosts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            string[] cells =
            [
                host.HostId.ToString(CultureInfo.InvariantCulture), host.DisplayName, host.Serial, host.Platform.Value, host.Team, host.State.ToString(),
                host.CertificateSerial, Time(host.CertificateExpires), host.DeviceId, host.Reason, host.Remedy,
                host.HostUuid, host.Failure?.Id ?? "",
            ];
            await output.WriteAsync((string.Join(',', cells.Select(Cell)) + "\n").AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a JSON array.</summary>
    /// <param name="hosts">The confirmations.</param>
    /// <param name="output">Where to write; stays open.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteJsonAsync(IAsyncEnumerable<HostConfirmation> hosts, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(output);
        var json = new Utf8JsonWriter(output);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartArray();
            await foreach (HostConfirmation host in hosts.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                WriteHost(json, host);
                if (json.BytesPending > 16 * 1024)
                {
                    await json.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            json.WriteEndArray();
        }
    }

    private static void WriteHost(Utf8JsonWriter json, HostConfirmation host)
    {
        json.WriteStartObject();
        json.WriteNumber("hostId", host.HostId);
        json.WriteString("hostUuid", host.HostUuid);
        json.WriteString("name", host.DisplayName);
        json.WriteString("serial", host.Serial);
        json.WriteString("platform", host.Platform.Value);
        json.WriteString("fleet", host.Team);
        json.WriteString("state", host.State.ToString());
        json.WriteString("reason", host.Reason);
        json.WriteString("remedy", host.Remedy);
        json.WriteString("failure", host.Failure?.Id);
        json.WriteString("certificateSerial", host.CertificateSerial);
        json.WriteString("certificateExpires", host.CertificateExpires is null ? null : Time(host.CertificateExpires));
        json.WriteString("deviceId", host.DeviceId);
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Cell(string text)
    {
        string safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\n\r") < 0
            ? safe
            : new StringBuilder("\"").Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
    }
}
