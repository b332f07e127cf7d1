using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans the licence agreement and the logos that the server keeps.</summary>
/// <remarks>Fleet logs no activity of an agreement.</remarks>
internal static class OrganizationFilesPlanner
{
    public const string Agreement = "licence agreement";
    private const string NeedsAdministrator = "Fleet takes logos from a global administrator alone; apply with such a token.";

    /// <param name="draft">Takes the changes.</param>
    /// <param name="desired">What is wanted.</param>
    /// <param name="observed">What is there.</param>
    /// <param name="mayChangeLogos">Whether the token is a global administrator's: Fleet takes logos from no other, and shows the server's agent options to no other.</param>
    public static void Plan(PlanDraft draft, OrganizationFilesState? desired, OrganizationFilesState? observed, bool mayChangeLogos)
    {
        if (desired is null)
        {
            return;
        }

        if (!desired.IsLicenseAgreementOpen)
        {
            PlanAgreement(draft, desired.LicenseAgreement, observed is { IsLicenseAgreementOpen: false } known ? known : null);
        }

        foreach ((LogoMode mode, OrganizationFileState? wanted, bool isOpen, OrganizationFileState? there) in Logos(desired, observed))
        {
            PlanLogo(draft, LogoAddresses.NameOf(mode), wanted, isOpen, there, mayChangeLogos);
        }
    }

    private static (LogoMode, OrganizationFileState?, bool, OrganizationFileState?)[] Logos(OrganizationFilesState desired, OrganizationFilesState? observed) =>
        [(LogoMode.Light, desired.LightLogo, desired.IsLightLogoOpen, observed?.LightLogo), (LogoMode.Dark, desired.DarkLogo, desired.IsDarkLogoOpen, observed?.DarkLogo)];

    private static void PlanAgreement(PlanDraft draft, OrganizationFileState? wanted, OrganizationFilesState? observed)
    {
        OrganizationFileState? there = observed?.LicenseAgreement;
        if (wanted is null)
        {
            Absent(draft, Agreement, there, PlanCost.None);
        }
        else if (observed is null)
        {
            draft.AddUnreadable(PlannedObjectKind.OrganizationFile, null, Agreement);
        }
        else if (there is null)
        {
            draft.Add(Change(ChangeKind.Create, Agreement, wanted, null, "The server has none."));
        }
        else if (!wanted.HasSameContents(there))
        {
            // As for fleetctl, another name alone makes no other agreement.
            draft.AddReplace(Change(ChangeKind.Replace, Agreement, wanted, there, "The agreement differs, and Fleet takes another only once this one is gone."));
        }
    }

    private static void PlanLogo(PlanDraft draft, string name, OrganizationFileState? wanted, bool isOpen, OrganizationFileState? there, bool mayChange)
    {
        if (wanted is null)
        {
            if (!isOpen)
            {
                Absent(draft, name, there, new PlanCost(), mayChange ? null : NeedsAdministrator);
            }
        }
        else if (there is { Contents: null })
        {
            draft.AddUnreadable(PlannedObjectKind.OrganizationFile, null, name);
        }
        else if (!wanted.HasSameContents(there))
        {
            draft.Add(Change(there is null ? ChangeKind.Create : ChangeKind.Update, name, wanted, there, there is null ? "The server keeps none." : "The image differs.") with
            {
                Cost = new PlanCost(),
                Blocker = draft.Capabilities.KeepsLogos ? mayChange ? null : NeedsAdministrator : $"Fleet {draft.Capabilities.Version} keeps no logos, which 4.86 does; give an address instead.",
            });
        }
    }

    private static PlannedChange Change(ChangeKind kind, string name, OrganizationFileState wanted, OrganizationFileState? there, string reason) => new(kind, PlannedObjectKind.OrganizationFile, null, name, reason)
    {
        Desired = wanted,
        Observed = there,
        Fields = [new FieldChange("contents", Show(there), Show(wanted))],
    };

    private static void Absent(PlanDraft draft, string name, OrganizationFileState? there, PlanCost cost, string? blocker = null)
    {
        if (draft.IsComplete && there is not null)
        {
            draft.AddDelete(PlannedObjectKind.OrganizationFile, null, name, there, cost: cost, blocker: blocker);
        }
    }

    private static string? Show(OrganizationFileState? file) => file?.Contents is { } contents ? $"{PlanFields.Digest(contents.Span)} ({contents.Length} bytes)" : null;
}
