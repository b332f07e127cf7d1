using System.Text.Json;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans the files of the set-up experience.</summary>
internal static class SetupFilesPlanner
{
    public const string Assistant = "setup assistant";
    public const string Script = "setup script";
    public const string Bootstrap = "bootstrap package";

    public static void Plan(PlanDraft draft, string team, SetupFilesState? desired, SetupFilesState? observed)
    {
        if (desired is null)
        {
            return;
        }

        if (observed is null)
        {
            if (desired.Assistant is not null || desired.Script is not null || desired.BootstrapPackageUrl is not null)
            {
                draft.AddUnreadable(PlannedObjectKind.SetupExperience, team, "all");
            }

            return;
        }

        PlanAssistant(draft, team, desired.Assistant, observed.Assistant);
        PlanScript(draft, team, desired.Script, observed.Script);
        PlanBootstrap(draft, team, desired.BootstrapPackageUrl, observed);
    }

    private static void PlanBootstrap(PlanDraft draft, string team, string? wanted, SetupFilesState observed)
    {
        bool isThere = observed.BootstrapPackageUrl is not null || observed.HasOtherBootstrapPackage;
        if (wanted is null)
        {
            // One that was uploaded by hand cannot be declared, so its absence from a repository says nothing.
            if (draft.IsComplete && observed.BootstrapPackageUrl is not null)
            {
                draft.AddDelete(PlannedObjectKind.SetupExperience, team, Bootstrap, observed);
            }
        }
        else if (wanted != observed.BootstrapPackageUrl)
        {
            var change = new PlannedChange(ChangeKind.Create, PlannedObjectKind.SetupExperience, team, Bootstrap, "The fleet has no bootstrap package.")
            {
                Desired = wanted,
                Observed = isThere ? observed : null,
                Fields = [new FieldChange("url", observed.BootstrapPackageUrl, wanted)],
                Cost = new PlanCost(),
            };
            if (isThere)
            {
                draft.AddReplace(change with { Reason = "The bootstrap package is another; Fleet takes it only once the one that is there is gone." });
            }
            else
            {
                draft.Add(change);
            }
        }
    }

    private static void PlanAssistant(PlanDraft draft, string team, ScriptState? wanted, ScriptState? there)
    {
        if (wanted is null)
        {
            Absent(draft, team, Assistant, there);
            return;
        }

        FieldChange[] fields = [.. PlanFields.Different(
        [
            ("file", there?.Name ?? "", wanted.Name),
            ("contents", there?.Contents ?? "", IsSameJson(there?.Contents, wanted.Contents) ? there!.Contents! : wanted.Contents ?? ""),
        ])];
        if (fields.Length > 0)
        {
            draft.Add(Change(there, wanted, team, Assistant, fields));
        }
    }

    private static void PlanScript(PlanDraft draft, string team, ScriptState? wanted, ScriptState? there)
    {
        if (wanted is null)
        {
            Absent(draft, team, Script, there);
            return;
        }

        FieldChange[] fields = [.. PlanFields.Different([("file", there?.Name ?? "", wanted.Name), ("contents", there?.Contents ?? "", wanted.Contents ?? "")])];
        PlannedChange change = Change(there, wanted, team, Script, fields);
        if (there is null)
        {
            draft.Add(change);
        }
        else if (fields.Length > 0)
        {
            draft.AddReplace(change with { Reason = "The script differs, and Fleet takes another only once this one is gone." });
        }
    }

    private static PlannedChange Change(ScriptState? there, ScriptState wanted, string team, string what, FieldChange[] fields) => new(
        there is null ? ChangeKind.Create : ChangeKind.Update, PlannedObjectKind.SetupExperience, team, what, there is null ? $"The fleet has no {what}." : $"The {what} differs.")
    {
        Desired = wanted,
        Observed = there,
        Fields = fields,
        Cost = new PlanCost(),
    };

    private static void Absent(PlanDraft draft, string team, string what, ScriptState? there)
    {
        if (draft.IsComplete && there is not null)
        {
            draft.AddDelete(PlannedObjectKind.SetupExperience, team, what, there);
        }
    }

    // Servers keep the profile as JSON, not as the bytes that were sent.
    private static bool IsSameJson(string? there, string? wanted)
    {
        try
        {
            return there is not null && wanted is not null && JsonElement.DeepEquals(JsonElement.Parse(there), JsonElement.Parse(wanted));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
