using System.Text.Json;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans settings, controls and agent options: one change for a section, member by member. What a repository leaves out is left alone.</summary>
internal static class SettingsPlanner
{
    public static void Plan(PlanDraft draft, string? team, SettingsState? desired, SettingsState? observed)
    {
        if (desired is null)
        {
            return;
        }

        if (desired.Scope == SettingsScope.AgentOptions)
        {
            AgentOptions(draft, team, desired, observed);
            return;
        }

        foreach (JsonProperty section in desired.Values.EnumerateObject())
        {
            string name = Prefix(desired.Scope) + section.Name;
            if (observed is null || observed.Hidden.Contains(section.Name))
            {
                Uncompared(draft, team, new SettingsSection(desired, section.Name), name);
                continue;
            }

            JsonElement? there = observed.Values.TryGetProperty(section.Name, out JsonElement value) ? value : null;
            var comparison = new SettingsComparison(desired, observed, isExact: false);
            comparison.Compare(section.Value, section.Name, there, section.Name);
            Add(draft, team, new SettingsSection(desired, section.Name), name, comparison, "The settings differ.");
        }
    }

    private static void AgentOptions(PlanDraft draft, string? team, SettingsState desired, SettingsState? observed)
    {
        const string Name = "agent_options";
        var section = new SettingsSection(desired, "");
        bool isNone = IsNone(desired);
        if (observed is null)
        {
            if (!isNone)
            {
                Uncompared(draft, team, section, Name);
            }

            return;
        }

        if (isNone && !IsNone(observed))
        {
            draft.AddDelete(PlannedObjectKind.Settings, team, Name, section, "The desired state has no agent options; hosts go back to the defaults of their agent.");
        }
        else if (!isNone)
        {
            var comparison = new SettingsComparison(desired, observed, isExact: true);
            comparison.Compare(desired.Values, "", observed.Values, "");
            Add(draft, team, section, Name, comparison, "The agent options differ; they are replaced as one.");
        }
    }

    private static void Add(PlanDraft draft, string? team, SettingsSection section, string name, SettingsComparison comparison, string reason)
    {
        bool again = draft.Policy.SendSecretsAgain && comparison.Uncompared.Count > 0;
        if (comparison.Fields.Count > 0 || again)
        {
            draft.Add(new PlannedChange(ChangeKind.Update, PlannedObjectKind.Settings, team, name, comparison.Fields.Count > 0 ? reason : "The secret is sent again as asked.")
            {
                Desired = section,
                Cost = new PlanCost(),
                Fields = [.. comparison.Fields, .. comparison.Uncompared.Select(path => new FieldChange(path, SettingsComparison.Hidden, SettingsComparison.Hidden))],
            });
            return;
        }

        foreach (string path in comparison.Uncompared)
        {
            draft.AddUncompared(Owned(team, $"{name}: {path}"));
        }
    }

    // Fleet shows some sections to administrators alone.
    private static void Uncompared(PlanDraft draft, string? team, SettingsSection section, string name)
    {
        if (draft.Policy.SendSecretsAgain)
        {
            draft.Add(new PlannedChange(ChangeKind.Update, PlannedObjectKind.Settings, team, name, "The server does not show it to this token; it is sent again as asked.") { Desired = section, Cost = new PlanCost() });
        }
        else
        {
            draft.AddUncompared(Owned(team, $"{name} (the token may not read it)"));
        }
    }

    /// <summary>Whether agent options are declared to be none.</summary>
    public static bool IsNone(SettingsState options) => options.Values.ValueKind != JsonValueKind.Object || !options.Values.EnumerateObject().Any();

    private static string Owned(string? team, string what) => team is null ? what : $"{what} in {team}";

    private static string Prefix(SettingsScope scope) => scope switch
    {
        SettingsScope.Organization => "org_settings.",
        SettingsScope.Fleet => "settings.",
        _ => "controls.",
    };
}
