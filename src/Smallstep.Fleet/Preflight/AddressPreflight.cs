using System.Net;
using System.Net.Sockets;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet;

/// <summary>Checks the form of addresses, and whether this Fleet calls them at all.</summary>
internal sealed class AddressPreflight(FleetClient fleet, IntegrationSpec spec)
{
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(3);

    public async Task<CheckOutcome> CheckAsync(CancellationToken cancellationToken)
    {
        List<Finding> findings = [.. ScepUrlForm()];
        FleetVersion version = await fleet.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        // A Fleet on this machine is a test's, and started so that it may call its neighbours.
        if (version.Capabilities.BlocksPrivateNetworks && !fleet.Address.IsLoopback)
        {
            foreach (Uri called in Called().DistinctBy(address => address.Host))
            {
                if (await PrivateAsync(called, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    findings.Add(found);
                }
            }
        }

        FleetConfiguration configuration = await fleet.Configuration.GetAsync(cancellationToken).ConfigureAwait(false);
        findings.AddRange(ServerUrl(configuration.ServerSettings.ServerUrl));
        return new CheckOutcome(findings, configuration.ServerSettings.ServerUrl);
    }

    private IEnumerable<Finding> ScepUrlForm()
    {
        if (!spec.NeedsSmallstepAuthority || spec.Authority.Scep is not { ScepUrl: var scep })
        {
            yield break;
        }

        bool isExpected = scep.Host.EndsWith(".scep.smallstep.com", StringComparison.OrdinalIgnoreCase) && scep.AbsolutePath.StartsWith("/p/agents/integration-fleet-", StringComparison.Ordinal);
        if (!isExpected && !PrivateNetwork.Holds(scep))
        {
            yield return WorkflowRules.ScepUrlForm.At($"The SCEP URL is {scep}.", remedy: Rewrite(scep));
        }
    }

    private IEnumerable<Finding> ServerUrl(string configured)
    {
        if (!Uri.TryCreate(configured, UriKind.Absolute, out Uri? server))
        {
            yield return WorkflowRules.ServerUrlDiffers.At("Fleet's settings hold no server URL; profiles carry it to devices.");
        }
        else if (!string.Equals(server.Host, fleet.Address.Host, StringComparison.OrdinalIgnoreCase))
        {
            yield return WorkflowRules.ServerUrlDiffers.At($"Fleet calls itself {server}, and it was reached at {fleet.Address}.");
        }
        else if (server.Scheme != Uri.UriSchemeHttps && !PrivateNetwork.Holds(server))
        {
            yield return WorkflowRules.ServerUrlDiffers.At($"Fleet calls itself {server}; devices enrol over https only.");
        }
    }

    /// <summary>What the Fleet server calls itself: SCEP servers through its proxy, and where challenges come from.</summary>
    private IEnumerable<Uri> Called()
    {
        if (spec.NeedsSmallstepAuthority && spec.Authority.Scep is { } smallstep)
        {
            yield return smallstep.ChallengeUrl;
        }

        if (spec.NeedsNdes && spec.Authority.Ndes is { } ndes)
        {
            yield return ndes.AdminUrl;
        }

        foreach (Uri scep in spec.ScepUrls)
        {
            yield return scep;
        }
    }

    /// <summary>Fleet looks at the address behind a name when it connects; what the name stands for here is the best guess.</summary>
    private static async Task<Finding?> PrivateAsync(Uri called, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ResolveTimeout);
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(called.DnsSafeHost, limit.Token).ConfigureAwait(false);
            return found.FirstOrDefault(PrivateNetwork.Holds) is { } ip ? Private(called, ip) : null;
        }
        catch (Exception problem) when (problem is SocketException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Finding Private(Uri called, IPAddress ip)
    {
        string where = IPAddress.TryParse(called.DnsSafeHost, out _) ? "" : $" here ({ip})";
        return WorkflowRules.PrivateAddress.At(
            $"{called.Host} is a private address{where}, and Fleet does not call those from 4.89 on.",
            remedy: PrivateNetwork.IsOwnMachine(ip) ? "Use an address of another network: only server.bypass_network_blocking (from 4.90, for tests) lets Fleet call loopback and link-local addresses." : null);
    }

    private static string Rewrite(Uri scep)
    {
        string[] labels = scep.Host.Split('.');
        return labels is ["agents", var team, "ca", "smallstep", "com"] && scep.AbsolutePath.StartsWith("/scep/", StringComparison.Ordinal)
            ? $"Use https://{team}.scep.smallstep.com/p/agents/{scep.AbsolutePath["/scep/".Length..]}, whose TLS certificate Fleet trusts."
            : WorkflowRules.ScepUrlForm.Remedy;
    }
}
