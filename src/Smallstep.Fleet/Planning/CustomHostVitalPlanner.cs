using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans custom host vitals. Fleet can rename one, but a repository cannot say so.</summary>
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

        foreach (CustomHostVitalState wanted in desired.Where(wanted => observed.All(there => there.Name != wanted.Name)))
        {
            draft.Add(new PlannedChange(ChangeKind.Create, PlannedObjectKind.CustomHostVital, null, wanted.Name, "Fleet has no custom host vital of this name.") { Desired = wanted, Cost = new PlanCost() });
        }

        if (draft.IsComplete)
        {
            foreach (CustomHostVitalState extra in observed.Where(there => desired.All(wanted => wanted.Name != there.Name)))
            {
                draft.AddDelete(PlannedObjectKind.CustomHostVital, null, extra.Name, extra, "It is not part of the desired state; the values of all hosts go with it. A vital that only has another name is renamed in Fleet first.");
            }
        }
    }
}
