using System.Globalization;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>The logos of the organization: files that the server keeps, and their addresses among the settings, each under an old and a new name.</summary>
internal sealed class OrganizationLogos(FleetDatabase data)
{
    public const int MaxBytes = 100 * 1024;

    private static readonly (string Mode, string OldName, string NewName)[] Names =
        [("light", "org_logo_url_light_background", "org_logo_url_light_mode"), ("dark", "org_logo_url", "org_logo_url_dark_mode")];

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    /// <summary>The file of a mode; <see langword="null"/> where there is none.</summary>
    public ReadOnlyMemory<byte>? Find(string mode) => _files.TryGetValue(mode, out ReadOnlyMemory<byte> file) ? file : (ReadOnlyMemory<byte>?)null;

    /// <summary>Keeps a file and shows its address.</summary>
    public void Put(string mode, ReadOnlyMemory<byte> file)
    {
        _files[mode] = file;
        Show(mode, $"/api/latest/fleet/logo?mode={mode}&v={(data.Now.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Drops a file, or an address that leads elsewhere.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(string mode)
    {
        bool hadAddress = Text(Info(data.Settings.Current)[Of(mode).OldName]).Length > 0;
        Show(mode, "");
        return _files.Remove(mode) || hadAddress;
    }

    /// <summary>Puts both names of an address in agreement; two that contradict each other are refused.</summary>
    public static void Agree(JsonObject settings)
    {
        if (settings["org_info"] is not JsonObject info)
        {
            return;
        }

        foreach ((_, string oldName, string newName) in Names)
        {
            (string before, string now) = (Text(info[oldName]), Text(info[newName]));
            if (before.Length > 0 && now.Length > 0 && before != now)
            {
                throw ApiError.Invalid(oldName, $"cannot set both {oldName} and {newName} to different values");
            }

            if (info.ContainsKey(oldName) || info.ContainsKey(newName))
            {
                string address = now.Length > 0 ? now : before;
                info[oldName] = address;
                info[newName] = address;
            }
        }
    }

    /// <summary>Drops the files whose address has given way to another or to none.</summary>
    public void DropOrphans(UserRecord user)
    {
        foreach ((string mode, string oldName, _) in Names.Where(name => !IsOurs(Text(Info(data.Settings.Current)[name.OldName]))))
        {
            if (_files.Remove(mode))
            {
                data.AddActivity(user, "deleted_org_logo", ("mode", mode));
            }
        }
    }

    /// <summary>Makes the addresses of files absolute, as every answer shows them.</summary>
    public void Complete(JsonObject shown)
    {
        foreach (string name in Names.SelectMany(names => new[] { names.OldName, names.NewName }).Where(name => IsOurs(Text(Info(shown)[name]))))
        {
            Info(shown)[name] = data.ServerUrl + Text(Info(shown)[name]);
        }
    }

    private void Show(string mode, string address)
    {
        JsonObject info = Info(data.Settings.Current);
        (_, string oldName, string newName) = Of(mode);
        info[oldName] = address;
        info[newName] = address;
    }

    private static bool IsOurs(string address) => address.StartsWith("/api/", StringComparison.Ordinal);

    private static (string Mode, string OldName, string NewName) Of(string mode) => Names.Single(name => name.Mode == mode);

    private static JsonObject Info(JsonObject settings) => (JsonObject)settings["org_info"]!;

    private static string Text(JsonNode? value) => value?.ToString() ?? "";
}
