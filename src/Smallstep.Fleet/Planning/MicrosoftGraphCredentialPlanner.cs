using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans the credentials for Microsoft Graph, one for a tenant. Their secrets cannot be compared.</summary>
internal static class MicrosoftGraphCredentialPlanner
{
    private const string Masked = "***";

    public static void Plan(PlanDraft draft, IReadOnlyList<MicrosoftGraphCredentialState>? desired, IReadOnlyList<MicrosoftGraphCredentialState>? observed)
    {
        if (draft.IsUnmanaged(desired))
        {
            return;
        }

        if (observed is null)
        {
            draft.AddUnreadable(PlannedObjectKind.MicrosoftGraphCredential, null, desired, "Microsoft Graph credentials");
            return;
        }

        Queue<MicrosoftGraphCredentialState> extras = new(draft.IsComplete ? observed.Where(there => Find(desired, there) is null) : []);
        foreach (MicrosoftGraphCredentialState wanted in desired)
        {
            if (Find(observed, wanted) is { } there)
            {
                PlanOne(draft, wanted, there);
            }
            else if (extras.TryDequeue(out MicrosoftGraphCredentialState? gone))
            {
                AddReplace(draft, wanted, gone);
            }
            else
            {
                draft.Add(Change(ChangeKind.Create, wanted, "Fleet has no credential of this tenant.", ("client_id", "", wanted.ClientId)));
            }
        }

        foreach (MicrosoftGraphCredentialState extra in extras)
        {
            draft.AddDelete(PlannedObjectKind.MicrosoftGraphCredential, null, extra.TenantId, extra, "It is not part of the desired state; Fleet no longer reads the tenant.");
        }
    }

    private static void PlanOne(PlanDraft draft, MicrosoftGraphCredentialState wanted, MicrosoftGraphCredentialState there)
    {
        if (wanted.ClientId != there.ClientId)
        {
            draft.Add(Change(ChangeKind.Update, wanted, "The tenant has another app registration; Fleet wants its secret with it.", ("client_id", there.ClientId, wanted.ClientId)) with { Observed = there });
        }
        else if (draft.Policy.SendSecretsAgain)
        {
            draft.Add(Change(ChangeKind.Update, wanted, "The secret is sent again as asked.") with { Observed = there });
        }
        else
        {
            draft.AddUncompared($"Microsoft Graph credential of {wanted.TenantId}: client_secret");
        }
    }

    // Fleet holds one credential, so that another tenant's takes the place of the one that is there, in one call.
    private static void AddReplace(PlanDraft draft, MicrosoftGraphCredentialState wanted, MicrosoftGraphCredentialState gone) =>
        draft.Add(Change(
            ChangeKind.Replace, wanted, $"Fleet holds one credential; that of {gone.TenantId} goes, and Fleet no longer reads that tenant.",
            ("tenant_id", gone.TenantId, wanted.TenantId), ("client_id", gone.ClientId, wanted.ClientId)) with
        {
            Observed = gone,
            Blocker = draft.Policy.AllowReplace ? null : "Replacing removes the credential that is there; set AllowReplace.",
        });

    private static PlannedChange Change(ChangeKind kind, MicrosoftGraphCredentialState wanted, string reason, params (string, string, string)[] fields) =>
        new(kind, PlannedObjectKind.MicrosoftGraphCredential, null, wanted.TenantId, reason)
        {
            Desired = wanted,
            Cost = new PlanCost(),
            Fields = [.. PlanFields.Different(fields), new FieldChange("client_secret", kind == ChangeKind.Create ? null : Masked, Masked)],
        };

    private static MicrosoftGraphCredentialState? Find(IReadOnlyList<MicrosoftGraphCredentialState> list, MicrosoftGraphCredentialState one) =>
        list.FirstOrDefault(other => other.TenantId == one.TenantId);
}
