using System.Net;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet;

/// <summary>Turns failures of requests into findings with a remedy.</summary>
internal static class FleetErrors
{
    public static Finding Explain(Exception failure, string doing) => failure switch
    {
        IntegrationException known when known.Findings.Count > 0 => known.Findings[0],
        FleetApiException api => Explain(api, doing),
        FleetVersionException version => WorkflowRules.FleetTooOld.At($"{doing}: {version.Message}"),
        Smallstep.Fleet.Platform.SmallstepApiException smallstep => SmallstepErrors.Explain(smallstep, doing),
        TimeoutException late => WorkflowRules.FleetUnreachable.At($"{doing}: {late.Message}"),
        HttpRequestException transport => WorkflowRules.FleetUnreachable.At($"{doing}: {transport.Message}"),
        IOException transport => WorkflowRules.FleetUnreachable.At($"{doing}: {transport.Message}"),
        _ => WorkflowRules.RequestRefused.At($"{doing}: {failure.Message}"),
    };

    public static Finding HostsForbidden(Exception failure) => WorkflowRules.FleetRoleTooWeak.At(
        $"Cannot list hosts: {failure.Message}", remedy: "Give a token with the role observer (FleetObserverToken); the role gitops may not read hosts.");

    public static bool IsForbidden(Exception failure) => failure is FleetApiException { Status: HttpStatusCode.Forbidden };

    private static Finding Explain(FleetApiException failure, string doing)
    {
        string said = Said(failure);
        string message = $"{doing}: {said}{(said.EndsWith('.') ? "" : ".")}";
        return failure.Status switch
        {
            null => WorkflowRules.FleetUnreachable.At(message),
            HttpStatusCode.Unauthorized => WorkflowRules.FleetTokenRefused.At(message),
            HttpStatusCode.PaymentRequired => WorkflowRules.PremiumMissing.At(message),
            HttpStatusCode.Forbidden => WorkflowRules.FleetRoleTooWeak.At(failure.RequiredRoles is { } roles ? $"{message} It needs the role {roles}." : message),
            HttpStatusCode.BadRequest when said.Contains("Invalid challenge URL or credentials", StringComparison.Ordinal) => WorkflowRules.ChallengeRefused.At(message),
            HttpStatusCode.BadRequest when said.Contains("SCEP URL", StringComparison.Ordinal) => WorkflowRules.ScepUnreachable.At(message),
            HttpStatusCode.BadRequest when said.Contains("MDM isn't turned on", StringComparison.Ordinal) => WorkflowRules.AppleMdmOff.At(message, remedy: "Turn on MDM for the platform under Settings → Integrations → MDM."),
            >= HttpStatusCode.InternalServerError => WorkflowRules.FleetUnreachable.At(message, remedy: "Fleet failed; look at its log (the request id is in the exception) and run it again."),
            _ => WorkflowRules.RequestRefused.At(message),
        };
    }

    private static string Said(FleetApiException failure) => failure.Reasons.Count > 0
        ? string.Join(" ", failure.Reasons.Select(reason => reason.Reason))
        : failure.Message;
}
