using System.Globalization;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans labels. Query and platform are immutable on the server.</summary>
internal static class LabelPlanner
{
    public static void Plan(PlanDraft draft, string? team, IReadOnlyList<LabelState>? desired, IReadOnlyList<LabelState>? observed)
    {
        if (draft.IsUnmanaged(desired))
        {
            return;
        }

        if (observed is null)
        {
            draft.AddUnreadable(PlannedObjectKind.Label, team, "all");
            return;
        }

        foreach (LabelState wanted in desired)
        {
            PlanOne(draft, team, wanted, observed.FirstOrDefault(there => there.Name == wanted.Name));
        }

        if (draft.IsComplete)
        {
            foreach (LabelState extra in observed.Where(there => desired.All(wanted => wanted.Name != there.Name)))
            {
                draft.AddDelete(PlannedObjectKind.Label, team, extra.Name, extra);
            }
        }
    }

    private static void PlanOne(PlanDraft draft, string? team, LabelState wanted, LabelState? there)
    {
        var change = new PlannedChange(ChangeKind.Create, PlannedObjectKind.Label, team, wanted.Name, "Fleet has no label of this name.") { Desired = wanted, Observed = there };
        if (there is null)
        {
            draft.Add(change with { Fields = [.. Compare(new LabelState("") { MembershipType = "" }, wanted)] });
            return;
        }

        if (wanted.Hosts is not null && there.Hosts is null && there.MembershipType == "manual")
        {
            draft.AddUnreadable(PlannedObjectKind.Label, team, $"{wanted.Name} (its hosts)");
        }

        FieldChange[] fields = [.. Compare(there, wanted)];
        if (fields.Any(field => field.Field is "query" or "platform" or "membership" or "criteria"))
        {
            draft.AddReplace(change with { Reason = "The label differs in what Fleet cannot change; hosts join it anew within about an hour.", Fields = fields });
        }
        else if (fields.Length > 0)
        {
            draft.Add(change with { Kind = ChangeKind.Update, Reason = "The label differs.", Fields = fields });
        }
    }

    private static IEnumerable<FieldChange> Compare(LabelState there, LabelState wanted)
    {
        (string Field, string Before, string After)[] fields =
        [
            ("description", there.Description, wanted.Description),
            ("query", there.Query.Trim(), wanted.Query.Trim()),
            ("platform", there.Platform, wanted.Platform),
            ("membership", there.MembershipType, wanted.MembershipType),
            ("criteria", Criteria(there), Criteria(wanted)),
        ];
        return PlanFields.Different(fields).Concat(CompareHosts(there, wanted));
    }

    private static string Criteria(LabelState label) => label.Vital.Length == 0 ? "" : $"{label.Vital}{(label.CustomHostVitalId is { } id ? string.Create(CultureInfo.InvariantCulture, $" {id}") : "")} = {label.VitalValue}";

    private static IEnumerable<FieldChange> CompareHosts(LabelState there, LabelState wanted)
    {
        if (wanted.Hosts is null || there.Hosts is null || there.Hosts.ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Hosts))
        {
            return [];
        }

        return [new FieldChange("hosts", $"{there.Hosts.Count} hosts", $"{wanted.Hosts.Count} hosts")];
    }
}
