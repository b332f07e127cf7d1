using System.Security.Authentication;

namespace Smallstep.Fleet;

/// <summary>Speaks to the domains that devices and the Fleet server need, from here.</summary>
internal sealed class DomainPreflight(HttpClient http, IntegrationSpec spec)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public IReadOnlyList<DomainRequirement> Required { get; private set; } =
        [.. AgentFacts.Domains(spec.Authority.Team).Select(domain => new DomainRequirement(domain.Host, domain.Purpose))];

    public async Task<CheckOutcome> CheckAsync(bool isWanted, CancellationToken cancellationToken)
    {
        if (!isWanted || IsOnThisNetwork())
        {
            return CheckOutcome.Skip(isWanted ? "Smallstep is on this network" : "not asked for (CheckDomains)");
        }

        (DomainRequirement Domain, Finding? Finding)[] tried = await Task.WhenAll(Required.Select(domain => TryAsync(domain, cancellationToken))).ConfigureAwait(false);
        Required = [.. tried.Select(one => one.Domain)];
        return new CheckOutcome([.. tried.Select(one => one.Finding).OfType<Finding>()], $"{Required.Count(domain => domain.IsReachable == true)} of {Required.Count} answer here");
    }

    /// <summary>Whether Smallstep stands beside this, as a simulator does.</summary>
    private bool IsOnThisNetwork() => (spec.Authority.Scep?.ScepUrl ?? spec.Packages?.BaseAddress) is { } address && PrivateNetwork.Holds(address);

    /// <summary>Any answer will do; the team's own authority has a certificate that no system trusts, so a refused handshake is an answer there.</summary>
    private async Task<(DomainRequirement Domain, Finding? Finding)> TryAsync(DomainRequirement domain, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, $"https://{domain.Host}/");
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return (domain with { IsReachable = true }, null);
        }
        catch (HttpRequestException problem) when (problem.InnerException is AuthenticationException)
        {
            bool hasPrivateRoot = domain.Host.EndsWith(".ca.smallstep.com", StringComparison.Ordinal);
            return (domain with { IsReachable = true }, hasPrivateRoot ? null : Unreachable(domain, "its TLS certificate is not trusted; does a proxy open the connection?"));
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (domain with { IsReachable = false }, Unreachable(domain, problem is HttpRequestException ? problem.Message : "no answer in 5 s"));
        }
    }

    private static Finding Unreachable(DomainRequirement domain, string why) => WorkflowRules.DomainUnreachable.At($"{domain.Host} ({domain.Purpose}): {why}");
}
