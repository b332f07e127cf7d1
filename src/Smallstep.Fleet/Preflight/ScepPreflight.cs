using Smallstep.Fleet.Scep;

namespace Smallstep.Fleet;

/// <summary>Checks the SCEP servers that the spec names, and on demand where their challenges come from.</summary>
internal sealed class ScepPreflight(HttpClient http, IntegrationSpec spec, TimeProvider time)
{
    public async Task<CheckOutcome> CertificatesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Uri> urls = spec.ScepUrls;
        if (urls.Count == 0)
        {
            return CheckOutcome.Skip("no platform of the spec enrols by SCEP");
        }

        IReadOnlyList<Finding>[] findings = await Task.WhenAll(urls.Select(url => CheckAsync(url, cancellationToken))).ConfigureAwait(false);
        return new CheckOutcome([.. findings.SelectMany(some => some)], string.Join(", ", urls.Select(url => url.Host).Distinct()));
    }

    public async Task<CheckOutcome> ChallengesAsync(CancellationToken cancellationToken)
    {
        List<Task<Finding?>> attempts = [];
        if (spec.NeedsSmallstepAuthority && spec.Authority.Scep is { } scep)
        {
            var webhook = new ScepChallengeClientOptions { Url = scep.ChallengeUrl.AbsoluteUri, Username = scep.Username, Password = scep.Password };
            attempts.Add(TryAsync(new ScepChallengeClient(http, webhook, time), scep.ChallengeUrl, scep.ScepUrl, cancellationToken));
        }

        if (spec.NeedsNdes && spec.Authority.Ndes is { } ndes)
        {
            var page = new NdesChallengeClientOptions { Url = ndes.AdminUrl.AbsoluteUri, Username = ndes.Username, Password = ndes.Password };
            attempts.Add(TryAsync(new NdesChallengeClient(http, page, time), ndes.AdminUrl, ndes.ScepUrl, cancellationToken));
        }

        return attempts.Count == 0
            ? CheckOutcome.Skip("no platform of the spec enrols with a dynamic challenge")
            : new CheckOutcome([.. (await Task.WhenAll(attempts).ConfigureAwait(false)).OfType<Finding>()]);
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            await ScepCertificates.ReadAsync(http, url, spec.Authority, cancellationToken).ConfigureAwait(false);
            ScepCapabilities capabilities = await ScepCertificates.CapabilitiesAsync(http, url, spec.Authority, cancellationToken).ConfigureAwait(false);
            return capabilities.SupportsAes && capabilities.Supports(ScepDigest.Sha256)
                ? []
                : [WorkflowRules.ScepWeak.At($"{url} offers {(capabilities.Keywords.Count > 0 ? string.Join(", ", capabilities.Keywords) : "nothing")}; AES and SHA-256 are expected.")];
        }
        catch (IntegrationException known)
        {
            return known.Findings;
        }
        catch (Exception problem) when (problem is ScepException or HttpRequestException or TimeoutException)
        {
            return [WorkflowRules.ScepUnreachable.At($"{url} gives its certificates and not its capabilities: {problem.Message}", remedy: "Fleet's proxy asks for the capabilities (GetCACaps) before each enrolment; look at the SCEP server.")];
        }
    }

    private static async Task<Finding?> TryAsync(IScepChallengeSource source, Uri url, Uri scepUrl, CancellationToken cancellationToken)
    {
        try
        {
            await source.GetChallengeAsync(new ScepChallengeRequest { ScepServerUrl = scepUrl.AbsoluteUri }, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception problem) when (problem is SmallstepFleetException or HttpRequestException or TimeoutException)
        {
            return WorkflowRules.ChallengeRefused.At($"{url.Host}: {problem.Message}");
        }
    }
}
