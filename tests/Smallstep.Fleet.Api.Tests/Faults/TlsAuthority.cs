using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Faults;

/// <summary>A private authority: root, intermediate, and certificates for servers and clients, each with its key.</summary>
internal sealed class TlsAuthority : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2046, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TlsAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request("CN=Test Root", key, isAuthority: true);
        Root = request.CreateSelfSigned(From, To);
        Intermediate = Issue(Root, "CN=Test Intermediate", isAuthority: true, From, To);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>A server's certificate for the loopback address, or for a name.</summary>
    public X509Certificate2 IssueServer(string? name = null, bool expired = false) =>
        Issue(Intermediate, "CN=server", isAuthority: false, From, expired ? From.AddDays(1) : To, name ?? "127.0.0.1");

    /// <summary>A device's certificate, which bears a server's name but is for clients alone.</summary>
    public X509Certificate2 IssueDevice() => Issue(Intermediate, "CN=device", isAuthority: false, From, To, "127.0.0.1", "1.3.6.1.5.5.7.3.2");

    /// <summary>A client's certificate.</summary>
    public X509Certificate2 IssueClient() => Issue(Intermediate, "CN=client", isAuthority: false, From, To);

    /// <summary>What a server presents: its certificate and the intermediate.</summary>
    public SslServerAuthenticationOptions Options(X509Certificate2 server) =>
        new() { ServerCertificateContext = SslStreamCertificateContext.Create(server, [Intermediate], offline: true) };

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
    }

    private static X509Certificate2 Issue(X509Certificate2 issuer, string subject, bool isAuthority, DateTimeOffset from, DateTimeOffset to, string? name = null, string? purpose = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(subject, key, isAuthority);
        if (purpose is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        }

        if (name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 bare = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string subject, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
