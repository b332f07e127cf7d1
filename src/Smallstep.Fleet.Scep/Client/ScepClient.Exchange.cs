using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

public sealed partial class ScepClient
{
    private async Task<ScepResult> RequestAsync(
        CaState ca, ScepMessageType type, ScepPendingTransaction transaction, byte[] content, RSA key, CancellationToken cancellationToken)
    {
        CertificateView signer = CertificateView.Read(transaction.SignerCertificate);
        (ScepReply reply, CaState answering) = await ExchangeAsync(ca, Write(ca), key, cancellationToken).ConfigureAwait(false);
        if (answering != ca && reply.Message.PkiStatus == ScepPkiStatus.Failure)
        {
            // The CA has rolled over and could not read what was encrypted to its old certificate; once more, to the new one.
            (reply, _) = await ExchangeAsync(answering, Write(answering), key, cancellationToken).ConfigureAwait(false);
        }

        return reply.Message.PkiStatus switch
        {
            ScepPkiStatus.Pending => new ScepPending { TransactionId = transaction.TransactionId, Transaction = transaction },
            ScepPkiStatus.Failure => new ScepRejected
            {
                TransactionId = transaction.TransactionId,
                FailInfo = reply.Message.FailInfo ?? ScepFailInfo.BadRequest,
                FailInfoText = reply.Message.FailInfoText,
            },
            _ => await AcceptAsync(transaction, reply.Content, cancellationToken).ConfigureAwait(false),
        };

        ScepExchange Write(CaState to) => ScepExchange.Create(
            type,
            transaction.TransactionId,
            content,
            key,
            signer,
            to.Certificates,
            ChooseDigest(to.Capabilities),
            ChooseCipher(to.Capabilities),
            _options.KeyTransport);
    }

    /// <summary>Sends a request and reads the reply; returns the CA's state that the reply was verified with, fetched anew where need be.</summary>
    private async Task<(ScepReply Reply, CaState Ca)> ExchangeAsync(CaState ca, ScepExchange exchange, RSA key, CancellationToken cancellationToken)
    {
        bool usePost = _options.PreferPost && ca.Capabilities.SupportsPost;
        byte[] body = await _transport.SendMessageAsync(exchange.Message, usePost, cancellationToken).ConfigureAwait(false);
        if (PkiMessage.TryParse(body, out PkiMessage? message) && !ScepReplyReader.IsFrom(ca.Certificates, message.SignedData))
        {
            // The CA may have changed its certificates since they were fetched.
            ca = await GetCaAsync(refresh: true, cancellationToken).ConfigureAwait(false);
        }

        return (ScepReplyReader.Read(body, ca.Certificates, exchange, key, _options.Policy), ca);
    }

    /// <summary>Takes the certificate of the requested key out of a reply and verifies it up to the pin.</summary>
    private async Task<ScepIssued> AcceptAsync(ScepPendingTransaction transaction, byte[] content, CancellationToken cancellationToken)
    {
        CaState ca = await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<X509Certificate2> delivered = Deciphered(content, CaCertificateMessage.Read);
        X509Certificate2 issued = delivered.FirstOrDefault(certificate =>
                CertificateView.Read(certificate.RawDataMemory).SubjectPublicKeyInfo.Span.SequenceEqual(transaction.SubjectPublicKeyInfo))
            ?? throw new ScepException("The reply holds no certificate for the requested key.", transactionId: transaction.TransactionId);
        return new ScepIssued
        {
            TransactionId = transaction.TransactionId,
            Certificate = issued,
            Chain = ca.Certificates.Verify(issued, delivered, _time.GetUtcNow()),
        };
    }

    // What a wrong key deciphers may end like a message by chance; that it is none must not show by another text.
    private static T Deciphered<T>(byte[] content, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(content);
        }
        catch (ScepException)
        {
            throw ScepException.Undecipherable();
        }
    }

    private async Task<byte[]?> QueryAsync(
        ScepMessageType type, ReadOnlyMemory<byte> serialNumber, X509Certificate2 certificate, RSA key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        CaState ca = await GetCaAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        byte[] content = ScepQueryContent.IssuerAndSerialNumber(CertificateView.Read(ca.Certificates.Issuer.RawDataMemory).Subject, serialNumber);
        var exchange = ScepExchange.Create(
            type,
            NewTransactionId(),
            content,
            key,
            CertificateView.Read(certificate.RawDataMemory),
            ca.Certificates,
            ChooseDigest(ca.Capabilities),
            ChooseCipher(ca.Capabilities),
            _options.KeyTransport);
        (ScepReply reply, _) = await ExchangeAsync(ca, exchange, key, cancellationToken).ConfigureAwait(false);
        return reply.Message.PkiStatus == ScepPkiStatus.Success ? reply.Content : null;
    }

    private async Task<CaState> GetCaAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (!refresh && _ca is { } known && IsFresh(known))
        {
            return known;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!refresh && _ca is { } meanwhile && IsFresh(meanwhile))
            {
                return meanwhile;
            }

            byte[]? capabilities = await _transport.TryGetAsync("GetCACaps", cancellationToken).ConfigureAwait(false);
            byte[] body = await _transport.GetAsync("GetCACert", cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = _time.GetUtcNow();
            var certificates = new CaCertificateSet(CaCertificateMessage.Read(body), _options, now);
            return _ca = new CaState(ScepCapabilities.Parse(capabilities), certificates, now);
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool IsFresh(CaState ca)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return now - ca.FetchedAt < _options.CacheLifetime && ca.Certificates.Recipient.NotAfter.ToUniversalTime() > now;
    }

    // GetCACaps is not authenticated: it may raise the choice above the minimum, never lower it.
    private ScepDigest ChooseDigest(ScepCapabilities capabilities)
    {
        var digest = (ScepDigest)Math.Max((int)_options.MinimumDigest, (int)ScepDigest.Sha256);
        return capabilities.Supports(digest) || _options.MinimumDigest >= ScepDigest.Sha256
            ? digest
            : Enum.GetValues<ScepDigest>().Where(known => known > digest && capabilities.Supports(known)).Append(_options.MinimumDigest).First();
    }

    private ScepCipher ChooseCipher(ScepCapabilities capabilities)
    {
        var cipher = (ScepCipher)Math.Max((int)_options.MinimumCipher, (int)ScepCipher.Aes128);
        return capabilities.SupportsAes || _options.MinimumCipher > ScepCipher.TripleDes ? cipher : ScepCipher.TripleDes;
    }

    private static ScepPendingTransaction NewTransaction(byte[] signerCertificate, byte[] csr)
    {
        var request = Pkcs10Request.Parse(csr);
        return new ScepPendingTransaction
        {
            TransactionId = NewTransactionId(),
            SignerCertificate = signerCertificate,
            Subject = request.SubjectName.ToArray(),
            SubjectPublicKeyInfo = request.SubjectPublicKeyInfo.ToArray(),
        };
    }

    private static X500DistinguishedName ParseSubject(string subject)
    {
        try
        {
            return new X500DistinguishedName(subject);
        }
        catch (CryptographicException wrong)
        {
            throw new ArgumentException("The subject is no X.500 string such as 'CN=laptop-1,O=Example'.", nameof(subject), wrong);
        }
    }

    private static T? Find<T>(X509Certificate2 certificate)
        where T : X509Extension => certificate.Extensions.OfType<T>().FirstOrDefault();

    private static string NewTransactionId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(TransactionIdBytes));

    private sealed record CaState(ScepCapabilities Capabilities, CaCertificateSet Certificates, DateTimeOffset FetchedAt);
}
