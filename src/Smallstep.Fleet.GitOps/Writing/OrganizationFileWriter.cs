using System.Text;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>Writes what the server keeps as files for the whole organization. fleetctl expands none of them, so nothing in them is escaped.</summary>
internal sealed class OrganizationFileWriter(RepositoryDraft draft)
{
    private const string Folder = "organization";

    /// <summary>The server's settings with the paths of its files.</summary>
    public SettingsState AddTo(SettingsState settings, FleetState state)
    {
        var values = (JsonObject)JsonObject.Create(settings.Values)!.DeepClone();
        if (state.Files?.LicenseAgreement is { Contents: { } agreement, Name: var name })
        {
            Section(values, "mdm")["end_user_license_agreement"] = draft.AddNamed("licence agreement", name, agreement.ToArray(), Folder);
        }

        Logo(values, HostedLogos.Light.Path, "light", state.Files?.LightLogo);
        Logo(values, HostedLogos.Dark.Path, "dark", state.Files?.DarkLogo);
        if (state.YaraRules is { Count: > 0 } rules)
        {
            values["yara_rules"] = new JsonArray([.. rules.Select(rule => new JsonObject { ["path"] = Add(rule) })]);
        }

        return settings with { Values = SettingsValues.Element(values) };
    }

    /// <summary>Adds the file of a rule.</summary>
    /// <returns>Its path from the repository's root.</returns>
    public string Add(YaraRuleState rule) => draft.AddNamed("YARA rule", rule.Name, Encoding.UTF8.GetBytes(rule.Contents ?? ""), Folder);

    private void Logo(JsonObject values, string key, string mode, OrganizationFileState? logo)
    {
        if (logo?.Contents is not { } contents)
        {
            return;
        }

        string? problem = !draft.Options.FleetVersion.Capabilities.KeepsLogos ? $"Fleet {draft.Options.FleetVersion} keeps no logos; give it an address (from 4.86 a file)."
            : LogoImage.Error(contents.Span) is { } wrong ? $"fleetctl refuses it: {wrong}."
            : null;
        if (problem is not null)
        {
            draft.Omit(GitOpsRules.OrgSettings.At($"The logo on {mode} ground is left out: {problem}", "default.yml", severity: FindingSeverity.Warning));
            return;
        }

        Section(values, HostedLogos.Section)[key] = draft.Library.Add($"logo-{mode}-mode.{LogoImage.Extension(contents.Span)}", contents.ToArray(), Folder);
    }

    private static JsonObject Section(JsonObject values, string name) => (JsonObject)(values[name] ??= new JsonObject());
}
