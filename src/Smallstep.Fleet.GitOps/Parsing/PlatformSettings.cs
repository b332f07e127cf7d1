using System.Globalization;

namespace Smallstep.Fleet.GitOps;

/// <summary>Reads the profiles, declarations and certificates of each platform under <c>controls</c>.</summary>
internal sealed class PlatformSettings(FileScope scope)
{
    private const string AppleUpdateDeclaration = "com.apple.configuration.softwareupdate.enforcement.specific";
    private const string WindowsUpdateNode = "/Vendor/MSFT/Policy/Config/Update";
    private readonly ParsedFile _file = scope.File;

    public void Read()
    {
        Profiles("apple_settings", "macos", FleetSchema.AppleSettings, [".mobileconfig", ".json"]);
        Profiles("windows_settings", "windows", FleetSchema.WindowsSettings, [".xml"]);
        Profiles("android_settings", "android", FleetSchema.AndroidSettings, [".json"]);
        AndroidCertificates();
        OperatingSystemUpdates();
    }

    private void Profiles(string key, string platform, GoType type, string[] extensions)
    {
        if (_file.Controls?[key] is not { IsNull: false } settings)
        {
            return;
        }

        if (!scope.Check(type, settings, "controls." + key, _file.Path))
        {
            scope.StopHere();
            return;
        }

        IReadOnlyList<GitOpsNode> entries = settings["configuration_profiles"]?.Items ?? [];
        foreach (GitOpsNode entry in entries.Where(entry => Activation(entry, platform).Length > 0 && entry["paths"] is { IsNull: false }))
        {
            scope.Add(GitOpsRules.FileReference, $"profile {GoText.Quote(entry["paths"]!.Text)} cannot use \"activation\" with \"paths\"; use \"path\" for a single profile", entry);
        }

        var profiles = new List<ParsedProfile>();
        foreach ((GitOpsNode node, string path) in new FileReferences(scope, scope.Folder, "profile", extensions).Expand(entries))
        {
            string activation = Activation(node, platform);
            profiles.Add(new ParsedProfile(path, node) { Activation = activation });
            _ = scope.IsReadable(path, node, "profile") && (activation.Length == 0 || scope.IsReadable(activation, node, "activation"));
        }

        if (platform == "macos" && scope.Run.Heeds(scope.Run.Capabilities.DeclarationAssets))
        {
            Assets(settings["assets"]?.Items ?? []);
        }

        if (!scope.HasStopped)
        {
            _file.Profiles[platform] = profiles;
        }
    }

    // No release refuses unknown keys of the other platforms' profiles.
    private string Activation(GitOpsNode entry, string platform)
    {
        bool isKnown = scope.Run.Capabilities.DeclarationActivations;
        return (platform == "macos" ? scope.Run.Heeds(isKnown) : isKnown) && entry["activation"]?.AsText() is { Length: > 0 } path ? RepositoryPath.Resolve(scope.Folder, path) : "";
    }

    // That names are unique is checked when the assets are sent, by the name without its extension.
    private void Assets(IReadOnlyList<GitOpsNode> entries)
    {
        foreach ((GitOpsNode node, string path) in new FileReferences(scope, scope.Folder, "asset", [".json"]).Expand(entries))
        {
            _file.Assets.Add(new ParsedProfile(path, node));
            scope.IsReadable(path, node, "profile");
        }
    }

    private void AndroidCertificates()
    {
        IReadOnlyList<GitOpsNode> certificates = _file.Controls?["android_settings"]?["certificates"]?.Items ?? [];
        for (int i = 0; i < certificates.Count; i++)
        {
            foreach (string key in ((string[])["name", "certificate_authority_name", "subject_name"]).Where(key => certificates[i][key]?.AsText() is not { Length: > 0 }))
            {
                scope.Add(GitOpsRules.Profile, $"android_settings.certificates[{i.ToString(CultureInfo.InvariantCulture)}]: {key} is required", certificates[i]);
            }
        }
    }

    // A profile may not do what controls does already; from 4.87 fleetctl says so itself, before the server would.
    private void OperatingSystemUpdates()
    {
        if (scope.Run.Run.FleetVersion < new FleetVersion(4, 87))
        {
            return;
        }

        bool conflicts = ((string[])["macos_updates", "ios_updates", "ipados_updates"]).Any(key => IsConfigured(key, "minimum_version", "deadline"))
            && Conflict("macos", "apple_settings", text => text.Contains(AppleUpdateDeclaration, StringComparison.Ordinal));
        if (!conflicts && IsConfigured("windows_updates", "deadline_days", "grace_period_days"))
        {
            Conflict("windows", "windows_settings", text => text.Contains(WindowsUpdateNode, StringComparison.OrdinalIgnoreCase));
        }
    }

    private bool IsConfigured(string section, params string[] keys) => keys.All(key => _file.Controls?[section]?[key] is { Text.Length: > 0 });

    // fleetctl names no profile and stops at the first.
    private bool Conflict(string platform, string section, Func<string, bool> sets)
    {
        if ((_file.Profiles.GetValueOrDefault(platform) ?? []).FirstOrDefault(profile => sets(scope.Run.Text(profile.Path) ?? "")) is not { } profile)
        {
            return false;
        }

        scope.Add(GitOpsRules.Profile, $"controls.{section}.configuration_profiles[]: Couldn't add profile. OS updates are already configured. Remove the OS updates settings first.", profile.Node);
        return true;
    }
}
