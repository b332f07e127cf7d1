using System.Text;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans configuration profiles.</summary>
internal static class ProfilePlanner
{
    private static readonly string[] ChallengeVariables = ["_SCEP_CHALLENGE", "FLEET_VAR_CUSTOM_SCEP_CHALLENGE"];

    public static void Plan(PlanDraft draft, string team, IReadOnlyList<ProfileState>? desired, IReadOnlyList<ProfileState>? observed)
    {
        if (draft.IsUnmanaged(desired))
        {
            return;
        }

        if (observed is null)
        {
            draft.AddUnreadable(PlannedObjectKind.Profile, team, "all");
            return;
        }

        HashSet<ProfileState> matched = new(ReferenceEqualityComparer.Instance);
        foreach (ProfileState wanted in desired)
        {
            ProfileState? there = Find(observed, wanted);
            if (there is not null)
            {
                matched.Add(there);
            }

            PlanOne(draft, team, wanted, there, Clash(observed, wanted, there));
        }

        if (draft.IsComplete)
        {
            foreach (ProfileState extra in observed.Where(there => !matched.Contains(there)))
            {
                draft.AddDelete(PlannedObjectKind.Profile, team, extra.Name, extra);
            }
        }
    }

    private static void PlanOne(PlanDraft draft, string team, ProfileState wanted, ProfileState? there, ProfileState? clash)
    {
        var change = new PlannedChange(ChangeKind.Create, PlannedObjectKind.Profile, team, wanted.Name, "The fleet has no such profile.")
        {
            Desired = wanted,
            Observed = there,
            Rank = Rank(wanted),
            Cost = new PlanCost(0, AsksForChallenge(wanted)),
            Blocker = clash is not null ? $"The profile {clash.FileName} already has this name; Fleet allows a name once per fleet across platforms. Rename or remove that one."
                : wanted.Activation is not null && !draft.Capabilities.DeclarationActivations ? $"Fleet {draft.Capabilities.Version} takes no activation; update to 4.91, or take it from the profile."
                : null,
        };
        if (there is null)
        {
            draft.Add(change with { Fields = [.. Compare(new ProfileState("", "") { Contents = ReadOnlyMemory<byte>.Empty }, wanted)] });
            return;
        }

        FieldChange[] fields = [.. Compare(there, wanted)];
        if (there.Contents is null && wanted.Contents is not null)
        {
            draft.Add(change with { Kind = ChangeKind.Unknown, Reason = "The profile's contents could not be read.", Fields = fields });
        }
        else if (fields.Length == 0)
        {
            return;
        }
        else if (draft.Capabilities.EditsProfilesInPlace && there.Identifier == wanted.Identifier)
        {
            draft.Add(change with { Kind = ChangeKind.Update, Reason = "The profile differs.", Fields = fields });
        }
        else
        {
            draft.AddReplace(change with { Reason = "The profile differs, and this Fleet cannot change it in place.", Fields = fields });
        }
    }

    private static IEnumerable<FieldChange> Compare(ProfileState there, ProfileState wanted)
    {
        IEnumerable<FieldChange> named = PlanFields.Different(
        [
            ("identifier", there.Identifier, wanted.Identifier),
            ("targets", there.FileName.Length == 0 ? "" : there.Targets.ToString(), wanted.Targets.Equals(there.Targets) && there.FileName.Length > 0 ? there.Targets.ToString() : wanted.Targets.ToString()),
        ]);
        if (wanted.Contents is { } after && there.Contents is { } before && !before.Span.SequenceEqual(after.Span))
        {
            named = named.Append(new FieldChange("contents", before.IsEmpty ? null : PlanFields.Contents(before), PlanFields.Contents(after)));
        }

        return wanted.HasSameActivation(there) ? named : named.Append(new FieldChange("activation", Size(there.Activation), Size(wanted.Activation)));
    }

    private static string? Size(ReadOnlyMemory<byte>? contents) => contents is { } bytes ? PlanFields.Contents(bytes) : null;

    private static ProfileState? Find(IReadOnlyList<ProfileState> observed, ProfileState wanted) =>
        (wanted.Identifier.Length > 0 ? observed.FirstOrDefault(there => there.Identifier == wanted.Identifier) : null)
        ?? observed.FirstOrDefault(there => there.Name == wanted.Name && IsApple(there) == IsApple(wanted));

    /// <summary>A profile that the server would refuse the wanted name for.</summary>
    private static ProfileState? Clash(IReadOnlyList<ProfileState> observed, ProfileState wanted, ProfileState? match) =>
        observed.FirstOrDefault(there => !ReferenceEquals(there, match) && there.Name == wanted.Name);

    private static bool IsApple(ProfileState profile) => !profile.FileName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Trust first: a profile that enrols comes after those that only install certificates.</summary>
    private static int Rank(ProfileState profile) => AsksForChallenge(profile) ? 1 : 0;

    private static bool AsksForChallenge(ProfileState profile)
    {
        string text = profile.Contents is { } contents ? Encoding.UTF8.GetString(contents.Span) : "";
        return ChallengeVariables.Any(variable => text.Contains(variable, StringComparison.Ordinal));
    }
}
