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
        if (state.Files?.LicenseAgreement is { } agreement)
        {
            Agreement(values, agreement);
        }

        Logo(values, HostedLogos.Light.Path, "light", state.Files?.LightLogo);
        Logo(values, HostedLogos.Dark.Path, "dark", state.Files?.DarkLogo);
        HostedLogos.Remove(values); // fleetctl refuses an address beside a file
        if (draft.Writable(state.YaraRules, Entry.Of, "default.yml") is { Length: > 0 } rules)
        {
            values["yara_rules"] = new JsonArray([.. rules.Select(rule => new JsonObject { ["path"] = Add(rule) })]);
        }

        return settings with { Values = SettingsValues.Element(values) };
    }

    /// <summary>Adds the file of a rule.</summary>
    /// <returns>Its path from the repository's root.</returns>
    public string Add(YaraRuleState rule) => draft.AddNamed("YARA rule", rule.Name, Encoding.UTF8.GetBytes(rule.Contents!), Folder);

    private void Agreement(JsonObject values, OrganizationFileState agreement)
    {
        if (agreement.Contents is { } contents)
        {
            Section(values, "mdm")["end_user_license_agreement"] = draft.AddNamed("licence agreement", agreement.Name, contents.ToArray(), Folder, isOnly: true);
        }
        else
        {
            Omit("The licence agreement is left out: its contents are not known. Add it, or fleetctl removes the one on the server.");
        }
    }

    private void Logo(JsonObject values, string key, string mode, OrganizationFileState? logo)
    {
        if (logo is null)
        {
            return;
        }

        ReadOnlyMemory<byte> contents = logo.Contents.GetValueOrDefault();
        string? problem = logo.Contents is null ? "its contents are not known."
            : !draft.Options.FleetVersion.Capabilities.KeepsLogos ? $"Fleet {draft.Options.FleetVersion} keeps no logos; give it an address (from 4.86 a file)."
            : LogoImage.Error(contents.Span) is { } wrong ? $"fleetctl refuses it: {wrong}."
            : null;
        if (problem is not null)
        {
            Omit($"The logo on {mode} ground is left out: {problem}");
            return;
        }

        Section(values, HostedLogos.Section)[key] = draft.Library.Add($"logo-{mode}-mode.{LogoImage.Extension(contents.Span)}", contents.ToArray(), Folder);
    }

    private static JsonObject Section(JsonObject values, string name) => (JsonObject)(values[name] ??= new JsonObject());

    private void Omit(string words) => draft.Omit(GitOpsRules.OrgSettings.At(words, "default.yml", severity: FindingSeverity.Warning));
}
