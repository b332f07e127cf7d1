using Smallstep.Fleet.Platform;

namespace Smallstep.Fleet;

/// <summary>Plans and makes the one change on Smallstep's side: approving what its Fleet connection brings.</summary>
internal static class EnrollmentPolicyPlanner
{
    /// <summary>What is asked for and cannot be done.</summary>
    public static IReadOnlyList<Finding> Check(IntegrationSpec spec, SmallstepClient? smallstep) => spec.AutoApprove && smallstep is null
        ? [WorkflowRules.ManualApproval.At("The spec asks for automatic approval, and without a Smallstep API token nobody can switch it on.", remedy: "Give a token with the scopes get- and put-device-enrollment-policy, or approve devices in the console.")]
        : [];

    public static async Task<PlannedChange?> PlanAsync(IntegrationSpec spec, SmallstepClient? smallstep, CancellationToken cancellationToken)
    {
        if (!spec.AutoApprove || smallstep is null)
        {
            return null;
        }

        EnrollmentPolicyChange change;
        try
        {
            change = await smallstep.EnrollmentPolicy.EnsureAutoApproveAsync(DeviceSource.Fleet, dryRun: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is SmallstepApiException or TimeoutException)
        {
            throw new IntegrationException([SmallstepErrors.Explain(problem, "Cannot read Smallstep's enrolment policy")], problem);
        }

        return !change.IsChanged ? null : new PlannedChange(ChangeKind.Update, PlannedObjectKind.EnrollmentPolicy, null, "Smallstep", "Smallstep does not approve devices of the source Fleet by itself.")
        {
            Fields = [new FieldChange("autoApproveSources", Words(change.Before), Words(change.After))],
        };
    }

    public static Task ApplyAsync(SmallstepClient smallstep, CancellationToken cancellationToken) =>
        smallstep.EnrollmentPolicy.EnsureAutoApproveAsync(DeviceSource.Fleet, dryRun: false, cancellationToken);

    private static string Words(DeviceEnrollmentPolicy policy) => string.Join(", ", policy.AutoApproveSources.Select(source => source.Value));
}
