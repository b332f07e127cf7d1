using System.Diagnostics.CodeAnalysis;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans the secrets with which hosts enrol. They are replaced as one; what a plan shows is their number.</summary>
internal static class EnrollSecretsPlanner
{
    private const string Name = "(all)";

    public static void Plan(PlanDraft draft, string? team, IReadOnlyList<SecretValue>? desired, IReadOnlyList<SecretValue>? observed)
    {
        if (desired is null)
        {
            return;
        }

        var change = new PlannedChange(ChangeKind.Update, PlannedObjectKind.EnrollSecrets, team, Name, "The secrets differ.")
        {
            Desired = desired,
            Cost = new PlanCost(),
            Fields = [new FieldChange("secrets", observed is null ? null : Count(observed), Count(desired))],
        };
        if (!AreKnown(desired))
        {
            draft.AddUncompared(team is null ? "enroll secrets" : $"enroll secrets of {team}");
        }
        else if (observed is null || observed.Any(secret => secret.Value is null))
        {
            Uncompared(draft, team, change);
        }
        else
        {
            Compare(draft, team, change, desired, observed);
        }
    }

    /// <summary>Whether secrets are declared, each with its value.</summary>
    public static bool AreKnown([NotNullWhen(true)] IReadOnlyList<SecretValue>? secrets) => secrets is not null && secrets.All(secret => secret.Value is not null);

    /// <summary>What the plan shows of the secrets with which a fleet is made.</summary>
    public static IReadOnlyList<FieldChange> OfNewTeam(IReadOnlyList<SecretValue>? secrets) => AreKnown(secrets) ? [new FieldChange("secrets", null, Count(secrets))] : [];

    private static void Compare(PlanDraft draft, string? team, PlannedChange change, IReadOnlyList<SecretValue> desired, IReadOnlyList<SecretValue> observed)
    {
        HashSet<string> wanted = [.. desired.Select(secret => secret.Value!.Reveal())];
        HashSet<string> there = [.. observed.Select(secret => secret.Value!.Reveal())];
        int gone = there.Count(secret => !wanted.Contains(secret));
        if (wanted.Count == 0 && gone > 0)
        {
            draft.AddDelete(PlannedObjectKind.EnrollSecrets, team, Name, observed, "The desired state has no enroll secrets; no host can enrol here any more.");
        }
        else if (gone > 0)
        {
            draft.Add(change with
            {
                Kind = ChangeKind.Replace,
                Reason = "Secrets go that the desired state does not have; hosts can no longer enrol with them.",
                Blocker = draft.Policy.AllowDeletes ? null : "Removing an enroll secret needs AllowDeletes.",
            });
        }
        else if (wanted.Count > there.Count)
        {
            draft.Add(change);
        }
    }

    private static void Uncompared(PlanDraft draft, string? team, PlannedChange change)
    {
        if (draft.Policy.SendSecretsAgain)
        {
            draft.Add(change with
            {
                Kind = ChangeKind.Replace,
                Reason = "The token may not read the secrets; they are sent again as asked, in place of those that are there.",
                Blocker = draft.Policy.AllowDeletes ? null : "Replacing enroll secrets that cannot be read needs AllowDeletes.",
            });
        }
        else
        {
            draft.AddUncompared(team is null ? "enroll secrets" : $"enroll secrets of {team}");
        }
    }

    private static string Count(IReadOnlyList<SecretValue> secrets) => secrets.Count == 1 ? "1 secret" : $"{secrets.Count} secrets";
}
