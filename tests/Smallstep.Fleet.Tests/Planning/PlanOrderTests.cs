using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Tests.Planning;

public sealed class PlanOrderTests
{
    [Fact]
    public void ToPlan_DeletedFleet_GoesBeforeTheLabelsAndAuthoritiesThatItUses()
    {
        var draft = new PlanDraft(new FleetState(), FleetVersion.NewestKnown.Capabilities, new PlanPolicy { AllowDeletes = true });
        draft.AddDelete(PlannedObjectKind.CertificateAuthority, null, "Gone", new object());
        draft.AddDelete(PlannedObjectKind.Label, null, "Gone", new object());
        draft.AddDelete(PlannedObjectKind.Team, null, "Gone", new object());
        draft.Add(new PlannedChange(ChangeKind.Create, PlannedObjectKind.Label, null, "New", "New."));

        draft.ToPlan().Changes.Select(change => (change.Kind, change.ObjectKind)).Should().Equal(
            (ChangeKind.Create, PlannedObjectKind.Label),
            (ChangeKind.Delete, PlannedObjectKind.Team),
            (ChangeKind.Delete, PlannedObjectKind.Label),
            (ChangeKind.Delete, PlannedObjectKind.CertificateAuthority));
    }
}
