using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans YARA rules, file by file. Their names are equal whatever their case, as for the server.</summary>
internal static class YaraRulePlanner
{
    public static void Plan(PlanDraft draft, IReadOnlyList<YaraRuleState>? desired, IReadOnlyList<YaraRuleState>? observed)
    {
        if (draft.IsUnmanaged(desired))
        {
            return;
        }

        if (observed is null)
        {
            if (desired.Count > 0)
            {
                draft.AddUnreadable(PlannedObjectKind.YaraRule, null, "all", "Fleet shows its rules in answer to a change of the configuration, which it did not accept from this token, so it is unknown what is there.");
            }

            return;
        }

        // Of two files of one name Fleet would keep none; the linter names them.
        foreach (YaraRuleState wanted in desired.DistinctBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase))
        {
            YaraRuleState? there = observed.FirstOrDefault(rule => IsSame(rule, wanted));
            FieldChange[] fields = [.. PlanFields.Different([("file", there?.Name ?? wanted.Name, wanted.Name), ("contents", there?.Contents ?? "", wanted.Contents ?? "")])];
            if (there is null || fields.Length > 0)
            {
                draft.Add(new PlannedChange(there is null ? ChangeKind.Create : ChangeKind.Update, PlannedObjectKind.YaraRule, null, wanted.Name, there is null ? "The server has no file of rules of this name." : "The rules differ.")
                {
                    Desired = wanted,
                    Observed = there,
                    Fields = fields,
                });
            }
        }

        foreach (YaraRuleState other in observed.Where(rule => draft.IsComplete && !desired.Any(wanted => IsSame(rule, wanted))))
        {
            draft.AddDelete(PlannedObjectKind.YaraRule, null, other.Name, other, "It is not part of the desired state; queries that ask for it find nothing.", PlanCost.None);
        }
    }

    private static bool IsSame(YaraRuleState one, YaraRuleState other) => string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);
}
