using Smallstep.Fleet;
using Smallstep.Fleet.Scep.AspNetCore;

namespace ScepProxy;

/// <summary>Relays for the hosts that a file names, to one CA.</summary>
internal sealed class ListedHosts(string file, CaName caName, Uri upstream) : IScepProxyBackend
{
    public async ValueTask<ScepProxyDecision> AuthorizeAsync(ScepProxyIdentifier identifier, string operation, CancellationToken cancellationToken)
    {
        if (identifier.CaName != caName.Value)
        {
            return ScepProxyDecision.Refuse(ScepProxyMessages.NotConfigured);
        }

        string[] hosts = await File.ReadAllLinesAsync(file, cancellationToken);
        return hosts.Contains(identifier.HostUuid, StringComparer.OrdinalIgnoreCase)
            ? ScepProxyDecision.Relay(upstream)
            : ScepProxyDecision.Refuse(ScepProxyMessages.UnknownIdentifier);
    }

    public ValueTask ReportFailureAsync(ScepProxyIdentifier identifier, string reason, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"Host {identifier.HostUuid}: {reason}");
        return ValueTask.CompletedTask;
    }
}
