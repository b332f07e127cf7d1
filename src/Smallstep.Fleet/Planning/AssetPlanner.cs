using System.Text.Json;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans the assets that declarations refer to. Fleet knows an asset by its identifier, and changes one of another type by replacing it alone.</summary>
internal static class AssetPlanner
{
    public static void Plan(PlanDraft draft, string team, IReadOnlyList<AssetState>? desired, IReadOnlyList<AssetState>? observed)
    {
        if (draft.IsUnmanaged(desired))
        {
            return;
        }

        if (observed is null)
        {
            draft.AddUnreadable(PlannedObjectKind.Asset, team, desired, $"declaration assets of {team}");
            return;
        }

        HashSet<AssetState> matched = new(ReferenceEqualityComparer.Instance);
        foreach (AssetState wanted in desired)
        {
            AssetState? there = observed.FirstOrDefault(asset => asset.Identifier == wanted.Identifier)
                ?? observed.FirstOrDefault(asset => asset.Name == wanted.Name && desired.All(other => other.Identifier != asset.Identifier));
            if (there is not null)
            {
                matched.Add(there);
            }

            PlanOne(draft, team, wanted, there, Namesake(desired, observed, wanted, there));
        }

        if (draft.IsComplete)
        {
            foreach (AssetState extra in observed.Where(there => !matched.Contains(there)))
            {
                draft.AddDelete(PlannedObjectKind.Asset, team, extra.Name, extra);
            }
        }
    }

    private static void PlanOne(PlanDraft draft, string team, AssetState wanted, AssetState? there, AssetState? namesake)
    {
        FieldChange[] fields = [.. Compare(there ?? new AssetState("", "") { Contents = ReadOnlyMemory<byte>.Empty }, wanted)];
        var change = new PlannedChange(ChangeKind.Create, PlannedObjectKind.Asset, team, wanted.Name, "The fleet has no such asset.")
        {
            Desired = wanted,
            Observed = there,
            Fields = fields,
            Rank = there is null ? 1 : 0, // a new asset may take the name that another gives up
            Cost = new PlanCost(),
            Blocker = !draft.Capabilities.DeclarationAssets ? $"Fleet {draft.Capabilities.Version} has no assets; update to 4.90."
                : namesake is null ? null
                : $"The asset {namesake.Identifier} has this name still; run it again once that one is renamed or deleted.",
        };
        if (there is null)
        {
            draft.Add(change);
        }
        else if (there.Contents is null && wanted.Contents is not null)
        {
            draft.Add(change with { Kind = ChangeKind.Unknown, Reason = "The asset's contents could not be read." });
        }
        else if (fields.Length > 0 && there.Identifier == wanted.Identifier && Type(there) == Type(wanted))
        {
            draft.Add(change with { Kind = ChangeKind.Update, Reason = "The asset differs." });
        }
        else if (fields.Length > 0)
        {
            draft.AddReplace(change with { Reason = "The asset's identifier or type differs, which Fleet does not change in place; while a declaration refers to it, it cannot be replaced either." });
        }
    }

    // Fleet allows a name once in a fleet. Renames come before new assets, but not before one another, and deletions come last.
    private static AssetState? Namesake(IReadOnlyList<AssetState> desired, IReadOnlyList<AssetState> observed, AssetState wanted, AssetState? there) => there?.Name == wanted.Name
        ? null
        : observed.FirstOrDefault(other => other.Name == wanted.Name && !ReferenceEquals(other, there)
            && !(there is null && desired.Any(renamed => renamed.Identifier == other.Identifier && renamed.Name != other.Name)));

    private static IEnumerable<FieldChange> Compare(AssetState there, AssetState wanted)
    {
        IEnumerable<FieldChange> named = PlanFields.Different([("name", there.Name, wanted.Name), ("identifier", there.Identifier, wanted.Identifier)]);
        return there.Contents is { } before && wanted.Contents is { } after && !before.Span.SequenceEqual(after.Span)
            ? named.Append(new FieldChange("contents", before.IsEmpty ? null : PlanFields.Contents(before), PlanFields.Contents(after)))
            : named;
    }

    private static string? Type(AssetState asset)
    {
        try
        {
            return asset.Contents is { } contents && JsonElement.Parse(contents.Span) is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("Type", out JsonElement type) ? type.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
