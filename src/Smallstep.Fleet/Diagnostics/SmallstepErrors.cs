using System.Net;
using Smallstep.Fleet.Platform;

namespace Smallstep.Fleet;

/// <summary>Turns failures of Smallstep's API into findings, and missing scopes into unknown.</summary>
internal static class SmallstepErrors
{
    public static async Task<T?> TryReadAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (SmallstepApiException failure) when (failure.Status == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    public static Finding Explain(Exception failure, string doing) => failure switch
    {
        SmallstepApiException { Status: HttpStatusCode.Unauthorized } => WorkflowRules.SmallstepTokenRefused.At($"{doing}: {failure.Message}"),
        SmallstepApiException { Status: HttpStatusCode.Forbidden } => WorkflowRules.SmallstepScopeMissing.At($"{doing}: {failure.Message}"),
        SmallstepApiException { Status: null or >= HttpStatusCode.InternalServerError } or TimeoutException or HttpRequestException or IOException => WorkflowRules.SmallstepUnreachable.At($"{doing}: {failure.Message}"),
        _ => WorkflowRules.RequestRefused.At($"{doing}: {failure.Message}"),
    };
}
