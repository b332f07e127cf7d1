using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>An answer of the API, rendered while the state is locked and sent after.</summary>
internal sealed class ApiResult
{
    private ApiResult(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        Status = status;
        ContentType = contentType;
        Body = body;
    }

    public int Status { get; }

    public string ContentType { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string? FileName { get; private init; }

    public int? RetryAfterSeconds { get; private init; }

    public bool IsJson => ContentType.StartsWith("application/json", StringComparison.Ordinal);

    public static ApiResult Json(Action<Utf8JsonWriter> write, int status = 200) =>
        new(status, "application/json; charset=utf-8", JsonText.Write(write));

    /// <summary>An object whose members the callback writes.</summary>
    public static ApiResult Object(Action<Utf8JsonWriter> write, int status = 200) => Json(
        writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        },
        status);

    public static ApiResult Empty(int status = 200) => Json(
        static writer =>
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        },
        status);

    public static ApiResult NoContent() => new(204, "", ReadOnlyMemory<byte>.Empty);

    public static ApiResult Raw(string json) => new(200, "application/json; charset=utf-8", Encoding.UTF8.GetBytes(json));

    public static ApiResult Of(string contentType, ReadOnlyMemory<byte> body) => new(200, contentType, body);

    public static ApiResult File(ReadOnlyMemory<byte> contents, string fileName) =>
        new(200, "application/octet-stream", contents) { FileName = fileName };

    public static ApiResult Error(ApiErrorException error)
    {
        ReadOnlyMemory<byte> body = JsonText.Write(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("message", error.Message);
                writer.WriteStartArray("errors");
                foreach ((string name, string reason) in error.Reasons)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", name);
                    writer.WriteString("reason", reason);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                if (error.Status != 429)
                {
                    writer.WriteString("uuid", Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture));
                }

                writer.WriteEndObject();
            },
            indented: true);
        return new ApiResult(error.Status, "application/json; charset=utf-8", body) { RetryAfterSeconds = error.RetryAfterSeconds };
    }

    /// <summary>The same answer with every renamed member twice, as Fleet 4.82 and later send it.</summary>
    public ApiResult WithRenamedMembers(FleetCapabilities capabilities) =>
        IsJson && Status < 400 && capabilities.FleetAndReportNames
            ? new ApiResult(Status, ContentType, RenamedMembers.Duplicate(Body, capabilities)) { FileName = FileName }
            : this;
}
