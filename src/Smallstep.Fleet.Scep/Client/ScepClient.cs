using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>
/// A SCEP client (RFC 8894): enrols, renews, polls and asks for certificates and lists, with the CA pinned. Thread-safe; capabilities
/// and CA certificates are fetched once and kept for a while.
/// </summary>
public sealed partial class ScepClient : IDisposable
{
    private const int TransactionIdBytes = 16;

    private readonly ScepClientOptions _options;
    private readonly ScepTransport _transport;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private CaState? _ca;

    /// <summary>Creates a client.</summary>
    /// <param name="http">The HTTP client; it is not disposed.</param>
    /// <param name="options">Which CA, how it is recognised, and what is too weak.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <exception cref="ArgumentException">The URL is missing, or neither http nor https; a fingerprint is none; or a time is not positive or longer than 24 days.</exception>
    public ScepClient(HttpClient http, ScepClientOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (ScepClientOptionsValidator.Failures(options).FirstOrDefault() is { } failure)
        {
            throw new ArgumentException(failure, nameof(options));
        }

        _options = options;
        _time = time ?? TimeProvider.System;
        _transport = new ScepTransport(http, options, _time);
    }

    /// <summary>Asks what the CA can do. An empty answer or an HTTP error means no capability (RFC 8894 §3.5.2).</summary>
    public async Task<ScepCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken = default) =>
        (await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false)).Capabilities;

    /// <summary>The certificates of CA and RA in the order of the answer; those that do not lead to the pin are left out.</summary>
    /// <exception cref="ScepException">The answer cannot be read, or does not lead to the pinned certificate.</exception>
    public async Task<IReadOnlyList<X509Certificate2>> GetCaCertificatesAsync(CancellationToken cancellationToken = default) =>
        (await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false)).Certificates.Certificates;

    /// <summary>Fetches capabilities and CA certificates again, whatever their age.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken = default) => GetCaAsync(refresh: true, cancellationToken);

    /// <summary>The CA's next certificates, signed by the current ones (RFC 8894 §4.7).</summary>
    /// <exception cref="ScepException">The CA has none, or the answer is not signed by the current CA.</exception>
    public async Task<IReadOnlyList<X509Certificate2>> GetNextCaCertificatesAsync(CancellationToken cancellationToken = default)
    {
        CaState ca = await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        byte[] body = await _transport.GetAsync("GetNextCACert", cancellationToken).ConfigureAwait(false);
        var message = CmsSignedData.Parse(body);
        ScepReplyReader.VerifySignature(ca.Certificates, message, _options.Policy);
        return CaCertificateMessage.Read(message.Content);
    }

    /// <summary>Asks for a first certificate.</summary>
    /// <exception cref="ArgumentException">The subject is no X.500 string.</exception>
    /// <exception cref="ScepException">The CA cannot be reached or believed.</exception>
    /// <exception cref="TimeoutException">The CA did not answer in time.</exception>
    public async Task<ScepResult> EnrollAsync(ScepEnrollment request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        X500DistinguishedName subject = request.SubjectName ?? ParseSubject(request.Subject);
        CaState ca = await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        byte[] csr = new Pkcs10Builder
        {
            Subject = subject,
            Challenge = request.Challenge,
            SubjectAlternativeNames = request.SubjectAlternativeNames,
            KeyUsage = request.KeyUsage,
            ExtendedKeyUsages = request.ExtendedKeyUsages,
            Digest = ChooseDigest(ca.Capabilities),
        }.Build(request.Key);
        byte[] signer = SignerCertificate.Create(subject, request.Key, _time.GetUtcNow());
        return await RequestAsync(ca, ScepMessageType.PkcsReq, NewTransaction(signer, csr), csr, request.Key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for a certificate in place of one that the CA issued before, with the same names and usages.</summary>
    /// <exception cref="ScepException">The CA cannot be reached or believed.</exception>
    /// <exception cref="TimeoutException">The CA did not answer in time.</exception>
    public async Task<ScepResult> RenewAsync(ScepRenewal request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        CaState ca = await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        CertificateView old = CertificateView.Read(request.Certificate.RawDataMemory);
        byte[] csr = new Pkcs10Builder
        {
            Subject = request.Certificate.SubjectName,
            Challenge = request.Challenge,
            EncodedAlternativeNames = old.FindExtension(CmsOid.SubjectAltName) ?? default,
            KeyUsage = Find<X509KeyUsageExtension>(request.Certificate)?.KeyUsages ?? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment,
            ExtendedKeyUsages = [.. Find<X509EnhancedKeyUsageExtension>(request.Certificate)?.EnhancedKeyUsages.Cast<Oid>().Select(usage => usage.Value!) ?? []],
            Digest = ChooseDigest(ca.Capabilities),
        }.Build(request.NewKey ?? request.Key);
        bool asPkcsReq = request.AsPkcsReq ?? !ca.Capabilities.SupportsRenewal;
        return await RequestAsync(
            ca,
            asPkcsReq ? ScepMessageType.PkcsReq : ScepMessageType.RenewalReq,
            NewTransaction(request.Certificate.RawData, csr),
            csr,
            request.Key,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks once after a pending request.</summary>
    /// <param name="transaction">The pending transaction.</param>
    /// <param name="key">The key that the request was signed with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ScepResult> PollAsync(ScepPendingTransaction transaction, RSA key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(key);
        CaState ca = await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        byte[] content = ScepQueryContent.IssuerAndSubject(CertificateView.Read(ca.Certificates.Issuer.RawDataMemory).Subject, transaction.Subject);
        return await RequestAsync(ca, ScepMessageType.CertPoll, transaction, content, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks after a pending request until the CA has decided; the pauses double up to <see cref="ScepClientOptions.MaximumPollInterval"/>.</summary>
    /// <param name="transaction">The pending transaction.</param>
    /// <param name="key">The key that the request was signed with.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ScepResult> WaitAsync(ScepPendingTransaction transaction, RSA key, CancellationToken cancellationToken = default)
    {
        TimeSpan pause = _options.PollInterval;
        while (true)
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            ScepResult result = await PollAsync(transaction, key, cancellationToken).ConfigureAwait(false);
            if (result is not ScepPending)
            {
                return result;
            }

            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _options.MaximumPollInterval.Ticks));
        }
    }

    /// <summary>Asks for a copy of a certificate that the CA issued.</summary>
    /// <param name="serialNumber">The serial number, big-endian, as <c>X509Certificate2.SerialNumberBytes</c> has it.</param>
    /// <param name="certificate">A current certificate of this CA to sign the request with.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate, or <see langword="null"/> where the CA refuses or knows none.</returns>
    public async Task<X509Certificate2?> GetCertificateAsync(
        ReadOnlyMemory<byte> serialNumber, X509Certificate2 certificate, RSA key, CancellationToken cancellationToken = default)
    {
        byte[]? content = await QueryAsync(ScepMessageType.GetCert, serialNumber, certificate, key, cancellationToken).ConfigureAwait(false);
        return content is null ? null : Deciphered(content, CaCertificateMessage.Read).FirstOrDefault(found => found.SerialNumberBytes.Span.SequenceEqual(serialNumber.Span));
    }

    /// <summary>Asks for the CA's revocation list.</summary>
    /// <param name="certificate">A current certificate of this CA to sign the request with.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The list as DER, or <see langword="null"/> where the CA refuses or keeps none.</returns>
    public async Task<byte[]?> GetRevocationListAsync(X509Certificate2 certificate, RSA key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        byte[]? content = await QueryAsync(ScepMessageType.GetCrl, certificate.SerialNumberBytes, certificate, key, cancellationToken).ConfigureAwait(false);
        return content is not null && Deciphered(content, CmsSignedData.Parse).RevocationLists is [var list, ..] ? list.ToArray() : null;
    }

    /// <summary>Lets go of the cached CA certificates; the HTTP client stays open.</summary>
    public void Dispose() => _gate.Dispose();
}
