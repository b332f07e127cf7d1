using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet;

/// <summary>Connections: no redirects, no cookies, decompression, and the trust of the options.</summary>
internal static class ApiConnection
{
    public static SocketsHttpHandler CreateHandler(string? trustedRootsPem, IEnumerable<string> pinnedFingerprints)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(5), // a server that looks a token up takes its time
            PlaintextStreamFilter = static (context, _) => new ValueTask<Stream>(new ReadAheadStream(context.PlaintextStream)),
        };
        string[] pins = [.. pinnedFingerprints];
        if (trustedRootsPem is not null || pins.Length > 0)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = Validator(trustedRootsPem, pins);
        }

        return handler;
    }

    internal static RemoteCertificateValidationCallback Validator(string? trustedRootsPem, IEnumerable<string> pinnedFingerprints)
    {
        X509Certificate2Collection? roots = null;
        if (trustedRootsPem is { } pem)
        {
            roots = [];
            roots.ImportFromPem(pem);
        }

        Sha256Fingerprint[] pins = [.. pinnedFingerprints.Select(Sha256Fingerprint.Parse)];
        return (_, certificate, chain, errors) =>
        {
            // A wrong name or no certificate at all is never made good by a root or a pin.
            if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            {
                return false;
            }

            if (roots is null)
            {
                return errors == SslPolicyErrors.None && IsPinned(chain, pins);
            }

            using X509Chain own = Build(roots, chain);
            return certificate is X509Certificate2 leaf && own.Build(leaf) && IsPinned(own, pins);
        };
    }

    private static X509Chain Build(X509Certificate2Collection roots, X509Chain? presented)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // for servers: a private root issues to devices too
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        }

        foreach (X509ChainElement element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain;
    }

    private static bool IsPinned(X509Chain? chain, Sha256Fingerprint[] pins) =>
        pins.Length == 0 || (chain is not null && chain.ChainElements.Any(element => pins.Contains(Sha256Fingerprint.Of(element.Certificate))));
}
