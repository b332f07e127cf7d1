using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Smallstep.Fleet.Interop.Tests.Samples;

/// <summary>The portal as a user starts it, and a client that keeps its cookies.</summary>
internal sealed partial class PortalProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private PortalProgram(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>Everything that pages, answers and the console showed.</summary>
    public List<string> Shown { get; } = [];

    public static async Task<PortalProgram> StartAsync(IReadOnlyDictionary<string, string>? preset = null)
    {
        (Process process, Uri address) = await SampleProgram.StartWebAsync("Portal", preset);
        var portal = new PortalProgram(process, address);
        _ = portal.ListenAsync();
        return portal;
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path);
        return await ReadAsync(response);
    }

    /// <summary>Sends a page's form with its antiforgery token and, if it leads on, gives the page that it leads to.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        string page = (await GetAsync(path)).Text;
        string token = TokenField().Match(page).Groups[1].Value;
        using HttpResponseMessage response = await _http.PostAsync(path, new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]));
        return response.Headers.Location is { } next ? await GetAsync(next.OriginalString) : await ReadAsync(response);
    }

    public async Task<HttpStatusCode> PostBareAsync(string path)
    {
        using HttpResponseMessage response = await _http.PostAsync(path, new FormUrlEncodedContent([]));
        return response.StatusCode;
    }

    /// <summary>The form as the portal filled it, as a browser would send it back.</summary>
    public async Task<Dictionary<string, string>> FormAsync()
    {
        string page = (await GetAsync("/")).Text;
        Dictionary<string, string> form = [];
        foreach (Match input in Input().Matches(page))
        {
            form[input.Groups["name"].Value] = WebUtility.HtmlDecode(input.Groups["value"].Value);
        }

        form["Form.RootCertificate"] = WebUtility.HtmlDecode(TextArea().Match(page).Groups[1].Value).Trim();
        form["Form.Platforms"] = "macos";
        return form;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Show(line);
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        Show(text + string.Join('\n', response.Headers.Select(header => string.Join(' ', header.Value))));
        return (response.StatusCode, WebUtility.HtmlDecode(text));
    }

    private void Show(string text)
    {
        lock (Shown)
        {
            Shown.Add(text);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    [GeneratedRegex("<input (?=[^>]*name=\"(?<name>Form\\.(?!Platforms|AutoApprove)[^\"]+)\")(?:[^>]*value=\"(?<value>[^\"]*)\")?")]
    private static partial Regex Input();

    [GeneratedRegex("<textarea[^>]*>([^<]*)</textarea>")]
    private static partial Regex TextArea();
}
