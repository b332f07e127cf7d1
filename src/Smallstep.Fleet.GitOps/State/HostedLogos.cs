using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>The keys of logos, under their newest names, and which addresses are of files that Fleet keeps itself.</summary>
internal static class HostedLogos
{
    public const string Section = "org_info";

    public static readonly (string Path, string Url) Light = ("org_logo_path_light_mode", "org_logo_url_light_mode");
    public static readonly (string Path, string Url) Dark = ("org_logo_path_dark_mode", "org_logo_url_dark_mode");

    /// <summary>Whether an address is that of a file which a Fleet server keeps: <c>/api/VERSION/fleet/logo</c>, there or on a named server, which may stand under a path.</summary>
    public static bool IsHosted(string address)
    {
        string path = Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? url.AbsolutePath : address.Split('?', '#')[0];
        return path.Split('/') is [.., "api", _, "fleet", "logo"];
    }

    /// <summary>Takes the addresses out of settings that are none: of files that Fleet keeps, and beside a path, which <c>fleetctl</c> uploads instead.</summary>
    /// <returns>The paths of the members whose value is such a file.</returns>
    public static IReadOnlyList<string> Remove(JsonObject settings)
    {
        if (settings[Section] is not JsonObject info)
        {
            return [];
        }

        List<string> hosted = [];
        foreach ((string path, string url) in (ReadOnlySpan<(string, string)>)[Light, Dark])
        {
            bool isHosted = IsHosted(Text(info[url]));
            if (isHosted || Text(info[path]).Length > 0)
            {
                info.Remove(url);
            }

            if (isHosted)
            {
                hosted.Add($"{Section}.{url}");
            }
        }

        return hosted;
    }

    private static string Text(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? plain) ? plain : "";
}
