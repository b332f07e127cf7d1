using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Smallstep.Fleet;

/// <summary>Repeats calls that are safe to repeat, after exponential delays with jitter, and limits each attempt.</summary>
internal sealed class RetryHandler(RetrySettings options, TimeProvider time) : DelegatingHandler
{
    /// <summary>Set by the client on requests that may be repeated.</summary>
    public static readonly HttpRequestOptionsKey<bool> Repeatable = new("Smallstep.Fleet.Repeatable");

    /// <summary>Set by the client on requests whose one attempt may take as long as the call.</summary>
    public static readonly HttpRequestOptionsKey<bool> Transfer = new("Smallstep.Fleet.Transfer");

    /// <summary>Set here once a request is repeated after an attempt that may have worked.</summary>
    public static readonly HttpRequestOptionsKey<bool> Repeated = new("Smallstep.Fleet.Repeated");

    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    /// <summary>Whether an answer says that what was to be deleted is gone, after an attempt that may have deleted it.</summary>
    public static bool HasDeletedBefore(HttpRequestMessage request, HttpStatusCode status) =>
        status == HttpStatusCode.NotFound && request.Method == HttpMethod.Delete && request.Options.TryGetValue(Repeated, out bool repeated) && repeated;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool repeatable = request.Options.TryGetValue(Repeatable, out bool flag) && flag;
        for (int attempt = 0; ; attempt++)
        {
            bool last = !repeatable || attempt >= options.MaxRetries;
            HttpResponseMessage? response = null;
            try
            {
                response = await AttemptAsync(request, cancellationToken).ConfigureAwait(false);
                if (last || !IsTransient(response.StatusCode))
                {
                    return response;
                }
            }
            catch (Exception exception) when (!last && exception is (HttpRequestException { InnerException: not AuthenticationException } or TimeoutException))
            {
                // Nothing came; try again.
            }

            TimeSpan delay = Delay(attempt);
            if (response is not null)
            {
                TimeSpan asked = RetryAfter.Of(response, time) ?? TimeSpan.Zero;
                if (asked > options.MaxRetryAfter)
                {
                    return response;
                }

                delay = asked > delay ? asked : delay;
                response.Dispose();
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            if (response?.StatusCode != HttpStatusCode.TooManyRequests)
            {
                request.Options.Set(Repeated, true);
            }
        }
    }

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(Transfer, out bool transfer) && transfer)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        using var limit = new CancellationTokenSource(options.AttemptTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await base.SendAsync(request, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The server did not begin to answer within {options.AttemptTimeout}.", exception);
        }
    }

    private TimeSpan Delay(int attempt)
    {
        double jitter = RandomNumberGenerator.GetInt32(1000) / 2000.0;
        TimeSpan delay = options.Delay * Math.Pow(2, attempt);
        return (delay < MaxDelay ? delay : MaxDelay) * (1 + jitter);
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
