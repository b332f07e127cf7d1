using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans custom host vitals. Fleet can rename one, but a repository cannot say so, except for the case of its letters: for Fleet, such names are equal.</summary>
internal static class CustomHostVitalPlanner
{
    public static void Plan(PlanDraft draft, IReadOnlyList<CustomHostVitalState>? desired, IReadOnlyList<CustomHostVitalState>? observed)
    {
        if (draft.IsUnmanaged(desired))
        {
            return;
        }

        if (observed is null)
        {
            draft.AddUnreadable(PlannedObjectKind.CustomHostVital, null, desired, "custom host vitals");
            return;
        }

        foreach (CustomHostVitalState wanted in desired)
        {
            CustomHostVitalState? there = observed.FirstOrDefault(one => IsSame(one, wanted));
            if (there?.Name != wanted.Name)
            {
                draft.Add(new PlannedChange(there is null ? ChangeKind.Create : ChangeKind.Update, PlannedObjectKind.CustomHostVital, null, wanted.Name, there is null ? "Fleet has no custom host vital of this name." : "The name is written another way.")
                {
                    Desired = wanted,
                    Observed = there,
                    Fields = [new FieldChange("name", there?.Name, wanted.Name)],
                    Cost = new PlanCost(),
                });
            }
        }

        if (draft.IsComplete)
        {
            foreach (CustomHostVitalState extra in observed.Where(there => !desired.Any(wanted => IsSame(there, wanted))))
            {
                draft.AddDelete(PlannedObjectKind.CustomHostVital, null, extra.Name, extra, "It is not part of the desired state; the values of all hosts go with it. A vital that only has another name is renamed in Fleet first.");
            }
        }
    }

    private static bool IsSame(CustomHostVitalState one, CustomHostVitalState other) => string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);
}
