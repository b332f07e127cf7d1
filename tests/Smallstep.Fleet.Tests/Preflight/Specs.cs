using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Tests.Preflight;

/// <summary>Specs of servers that nobody calls.</summary>
internal static class Specs
{
    private static readonly byte[] Root = CreateRoot();

    public static string RootPem { get; } = PemEncoding.WriteString("CERTIFICATE", Root);

    public static IntegrationSpec Any() => new()
    {
        Authority = new SmallstepAuthority
        {
            Scep = new SmallstepScep(new Uri("https://acme.scep.smallstep.com/p/agents/integration-fleet-1a2b"), new Uri("https://acme.scep.smallstep.com/webhook/1/challenge"), "fleet", new Secret("p")),
            Team = TeamSlug.Parse("acme"),
            RootCertificate = Root,
        },
    };

    public static IntegrationOptions Options() => new()
    {
        FleetUrl = "https://fleet.example.org",
        FleetToken = "t",
        ScepUrl = "https://acme.scep.smallstep.com/p/agents/integration-fleet-1a2b",
        ChallengeUrl = "https://acme.scep.smallstep.com/webhook/1/challenge",
        ChallengeUsername = "fleet",
        ChallengePassword = "p",
        TeamSlug = "acme",
        RootCertificate = RootPem,
    };

    public static byte[] CreateRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Acme Root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return root.RawData;
    }
}
