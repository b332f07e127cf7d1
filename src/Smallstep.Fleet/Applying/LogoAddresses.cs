using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet;

/// <summary>The addresses of logos in requests. From 4.86 each has two names, and Fleet refuses a request that leaves them in contradiction.</summary>
internal static class LogoAddresses
{
    private static readonly (LogoMode Mode, string OldName, string NewName)[] All =
        [(LogoMode.Light, "org_logo_url_light_background", "org_logo_url_light_mode"), (LogoMode.Dark, "org_logo_url", "org_logo_url_dark_mode")];

    /// <summary>Where settings hold a logo's address.</summary>
    public static string PathOf(LogoMode mode) => "org_info." + All.Single(address => address.Mode == mode).NewName;

    /// <summary>What a plan calls a logo.</summary>
    public static string NameOf(LogoMode mode) => mode == LogoMode.Light ? "logo on light ground" : "logo on dark ground";

    /// <summary>Gives every address of a request, which has the old names, its new name as well.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hosted">The addresses, as settings name them, of files that the server keeps: nothing in their place says nothing about the file.</param>
    public static void Complete(JsonObject request, IReadOnlyList<string> hosted)
    {
        if (request["org_info"] is not JsonObject info)
        {
            return;
        }

        foreach ((LogoMode mode, string oldName, string newName) in All.Where(address => info.ContainsKey(address.OldName)))
        {
            if (hosted.Contains(PathOf(mode)) && info[oldName]?.ToString() is not { Length: > 0 })
            {
                info.Remove(oldName);
            }
            else
            {
                info[newName] = info[oldName]?.DeepClone();
            }
        }
    }
}
