using System.Globalization;
using System.Net;
using System.Text;

namespace Smallstep.Fleet.Tests.Confirmation;

/// <summary>Fleet and Smallstep with any number of enrolled Macs, answered from arithmetic.</summary>
internal sealed class ManyHosts(int count, string profile) : HttpMessageHandler
{
    private const string Until = "2027-06-01T00:00:00Z";
    private int _requests;

    /// <summary>How many hosts, from the first on, are deleted by now.</summary>
    public int Deleted { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        Uri url = request.RequestUri!;
        string[] path = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        string body = path[^1] switch
        {
            "version" => """{"version":"4.95.0"}""",
            "count" => $$$"""{"count":{{{count - Deleted}}}}""",
            "hosts" => Hosts(url, Number(url, "per_page")),
            _ when path[^2] == "hosts" && int.Parse(path[^1], CultureInfo.InvariantCulture) <= Deleted => Gone(answer),
            "certificates" when path[^2] == "api" => "[]",
            "certificates" => Certificates(path[^2]),
            "devices" => Devices(url, answer),
            "reports" or "queries" => $$$"""{"{{{path[^1]}}}":[],"count":0,"meta":{"has_next_results":false}}""",
            _ when path[^2] == "hosts" => $$$"""{"host":{"id":{{{path[^1]}}},"uuid":"U{{{path[^1]}}}","hardware_serial":"S{{{path[^1]}}}","platform":"darwin","mdm":{"enrollment_status":"On (automatic)","profiles":[{"profile_uuid":"a1","name":"{{{profile}}}","status":"verified","operation_type":"install","detail":""}]} } }""",
            _ => "{}",
        };
        answer.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { { "Content-Type", "application/json" } } };
        return Task.FromResult(answer);
    }

    private static int Number(Uri url, string name)
    {
        string? text = url.Query.TrimStart('?').Split('&').FirstOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal));
        return text is null ? 0 : int.Parse(text[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    private static string Certificates(string id) =>
        $$$"""{"certificates":[{"id":{{{id}}},"serial":"{{{id}}}","not_valid_before":"2026-06-01T00:00:00Z","not_valid_after":"{{{Until}}}","certificate_authority":false,"common_name":"step-agent-bootstrap","subject":{"common_name":"step-agent-bootstrap","organizational_unit":"fleet-a1"},"issuer":{"common_name":"Acme Intermediate"}}],"meta":{"has_next_results":false}}""";

    private static string Gone(HttpResponseMessage answer)
    {
        answer.StatusCode = HttpStatusCode.NotFound;
        return """{"message":"Resource Not Found","errors":[{"name":"base","reason":"Host was not found in the datastore"}]}""";
    }

    /// <summary>Numbered pages shift when hosts before them go; pages after an id do not.</summary>
    private string Hosts(Uri url, int size)
    {
        int after = Number(url, "after") is > 0 and var last ? Math.Max(last, Deleted) : Deleted + (Number(url, "page") * size);
        return "{\"hosts\":[" + string.Join(',', Enumerable.Range(after + 1, Math.Max(0, Math.Min(size, count - after))).Select(Host)) + "]}";
    }

    private static string Host(int id) =>
        $$$"""{"id":{{{id}}},"uuid":"U{{{id}}}","hardware_serial":"S{{{id}}}","hostname":"mac-{{{id}}}","display_name":"Mac {{{id}}}","platform":"darwin","team_id":null,"mdm":{"enrollment_status":"On (automatic)"}}""";

    private string Devices(Uri url, HttpResponseMessage answer)
    {
        int start = Number(new Uri(url.AbsoluteUri.Replace("%5B", "").Replace("%5D", "")), "paginationafter");
        int size = Number(new Uri(url.AbsoluteUri.Replace("%5B", "").Replace("%5D", "")), "paginationfirst");
        int end = Math.Min(count, start + size);
        if (end < count)
        {
            answer.Headers.Add("X-Next-Cursor", end.ToString(CultureInfo.InvariantCulture));
        }

        return "[" + string.Join(',', Enumerable.Range(start + 1, end - start).Select(id =>
            $$$"""{"id":"00000000-0000-0000-0000-{{{id:D12}}}","permanentIdentifier":"S{{{id}}}","serial":"S{{{id}}}","displayId":"U{{{id}}}","displayName":"Mac {{{id}}}","os":"macOS","tags":["fleet"],"metadata":{"fleet_host_uuid":"U{{{id}}}"},"approvedAt":"2026-06-01T00:00:00Z","enrolledAt":"2026-06-01T00:00:00Z","lastSeen":"2026-11-01T00:00:00Z","lifecycleStatus":"active"}""")) + "]";
    }
}
