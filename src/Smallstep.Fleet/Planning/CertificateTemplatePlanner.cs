using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans the templates from which Android devices get certificates. A template never changes: another takes its place.</summary>
internal static class CertificateTemplatePlanner
{
    public static void Plan(PlanDraft draft, string team, IReadOnlyList<CertificateTemplateState>? desired, IReadOnlyList<CertificateTemplateState>? observed)
    {
        if (draft.IsUnmanaged(desired))
        {
            return;
        }

        if (observed is null)
        {
            if (desired.Count > 0)
            {
                draft.AddUnreadable(PlannedObjectKind.CertificateTemplate, team, "all");
            }

            return;
        }

        foreach (CertificateTemplateState wanted in desired)
        {
            PlanOne(draft, team, wanted, observed.FirstOrDefault(there => there.Name == wanted.Name));
        }

        if (draft.IsComplete)
        {
            foreach (CertificateTemplateState extra in observed.Where(there => desired.All(wanted => wanted.Name != there.Name)))
            {
                draft.AddDelete(PlannedObjectKind.CertificateTemplate, team, extra.Name, extra, "It is not part of the desired state; devices lose its certificates.");
            }
        }
    }

    private static void PlanOne(PlanDraft draft, string team, CertificateTemplateState wanted, CertificateTemplateState? there)
    {
        FieldChange[] fields = [.. PlanFields.Different(
        [
            ("certificate_authority_name", there?.CertificateAuthorityName ?? "", wanted.CertificateAuthorityName),
            ("subject_name", there?.SubjectName ?? "", wanted.SubjectName),
            ("subject_alternative_name", there?.SubjectAlternativeName ?? "", wanted.SubjectAlternativeName),
        ])];
        var change = new PlannedChange(ChangeKind.Create, PlannedObjectKind.CertificateTemplate, team, wanted.Name, "The fleet has no template of this name.")
        {
            Desired = wanted,
            Observed = there,
            Fields = fields,
            Cost = new PlanCost(0, ChallengePerHost: true),
        };
        if (there is null)
        {
            draft.Add(change);
        }
        else if (fields.Length > 0)
        {
            draft.AddReplace(change with { Reason = "The template differs, and Fleet cannot change it; devices get certificates anew." });
        }
    }
}
