using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Smallstep.Fleet.Scep;

/// <summary>What happens between a request and its outcome. Nothing is issued on any other path than <see cref="IssueAsync"/>.</summary>
internal sealed class ScepMessageHandler(
    ScepResponderOptions options,
    ScepCredential credential,
    ICertificateIssuer issuer,
    IScepAuthorizer authorizer,
    IScepTransactionStore transactions,
    TimeProvider time,
    ILogger logger)
{
    private const string AnotherRequest = "the transaction belongs to another request";
    private const int IssuingLooks = 50;
    private static readonly TimeSpan IssuingPause = TimeSpan.FromMilliseconds(20);

    private readonly ReadOnlyMemory<byte> _caName = CertificateView.Read(issuer.CaCertificates[0].RawDataMemory).Subject;

    /// <summary>Handles a message; whatever goes wrong becomes a failure, and the details stay here.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "One bad message or a failing issuer must not stop the server, nor show its insides.")]
    public async ValueTask<ScepOutcome> HandleAsync(PkiMessage message, ScepWorkspace workspace, CancellationToken cancellationToken)
    {
        try
        {
            CertificateView signer = VerifySigner(message, workspace);
            return message.MessageType switch
            {
                ScepMessageType.PkcsReq or ScepMessageType.RenewalReq =>
                    await EnrollAsync(message, signer, workspace, cancellationToken).ConfigureAwait(false),
                ScepMessageType.CertPoll => await PollAsync(message, signer, workspace, cancellationToken).ConfigureAwait(false),
                ScepMessageType.GetCert or ScepMessageType.GetCrl =>
                    await QueryAsync(message, signer, workspace, cancellationToken).ConfigureAwait(false),
                _ => ScepOutcome.Failed(ScepFailInfo.BadRequest, "messages of this type are not served"),
            };
        }
        catch (ScepException failure)
        {
            return ScepOutcome.Failed(failure.FailInfo ?? ScepFailInfo.BadRequest, failure.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure, message.MessageType, LoggedId.Of(message.TransactionId));
            return ScepOutcome.Failed(ScepFailInfo.BadRequest, "see the error before this");
        }
    }

    private CertificateView VerifySigner(PkiMessage message, ScepWorkspace workspace)
    {
        CertificateView signer = message.SignedData.Signer
            ?? throw new ScepException("The message does not carry its signer's certificate.", ScepFailInfo.BadMessageCheck);
        RsaKeyRules.Check(signer.SubjectPublicKeyInfo, options.Policy);
        PublicKeyImport.Import(workspace.Peer, signer.SubjectPublicKeyInfo.Span);
        message.SignedData.VerifySignature(workspace.Peer, options.Policy);
        return signer;
    }

    private async ValueTask<ScepOutcome> EnrollAsync(
        PkiMessage message, CertificateView signer, ScepWorkspace workspace, CancellationToken cancellationToken)
    {
        Pkcs10Request request = OpenRequest(message, signer, workspace, out ScepCipher cipher);
        bool isCurrent = await IsCurrentAsync(signer, cancellationToken).ConfigureAwait(false);
        var claim = new ScepTransactionRecord
        {
            Id = TransactionKey(message, signer, isCurrent),
            RequestHash = SHA256.HashData(request.Encoded.Span),
            MessageType = message.MessageType,
        };
        if (await transactions.FindAsync(claim.Id, cancellationToken).ConfigureAwait(false) is { State: not ScepTransactionState.Pending } known)
        {
            return await RepeatAsync(known, claim, cipher, cancellationToken).ConfigureAwait(false);
        }

        var authorization = new ScepAuthorizationRequest
        {
            MessageType = message.MessageType,
            TransactionId = message.TransactionId,
            Request = request,
            SignerCertificate = signer.Encoded,
            IsSignerCurrent = isCurrent,
        };
        return await DecideAsync(authorization, claim, signer, cipher, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ScepOutcome> DecideAsync(
        ScepAuthorizationRequest authorization, ScepTransactionRecord claim, CertificateView signer, ScepCipher cipher, CancellationToken cancellationToken)
    {
        ScepDecision decision = await authorizer.AuthorizeAsync(authorization, cancellationToken).ConfigureAwait(false);
        ScepTransactionRecord? known = await transactions.FindAsync(claim.Id, cancellationToken).ConfigureAwait(false);
        if (known is not null && !known.RequestHash.Span.SequenceEqual(claim.RequestHash.Span))
        {
            return ScepOutcome.Failed(ScepFailInfo.BadRequest, AnotherRequest);
        }

        if (known is { State: not ScepTransactionState.Pending })
        {
            return await RepeatAsync(known, claim, cipher, cancellationToken).ConfigureAwait(false);
        }

        switch (decision.Kind)
        {
            case ScepDecisionKind.Allowed:
                claim = known is null ? claim : claim with { SignerKeyHash = known.SignerKeyHash };
                return await IssueAsync(authorization, decision, claim, known, cipher, cancellationToken).ConfigureAwait(false);
            case ScepDecisionKind.Pending:
                return known is not null || await transactions.TryAddAsync(
                    claim with
                    {
                        State = ScepTransactionState.Pending,
                        Request = authorization.Request.Encoded.ToArray(),
                        SignerKeyHash = SHA256.HashData(signer.SubjectPublicKeyInfo.Span),
                    },
                    cancellationToken).ConfigureAwait(false)
                    ? ScepOutcome.Pending
                    : ScepOutcome.Failed(ScepFailInfo.BadRequest, "no room for another pending transaction");
            default:
                return ScepOutcome.Failed(ScepFailInfo.BadRequest, "not authorised", decision.Text);
        }
    }

    private async ValueTask<ScepOutcome> IssueAsync(
        ScepAuthorizationRequest authorization,
        ScepDecision decision,
        ScepTransactionRecord claim,
        ScepTransactionRecord? pending,
        ScepCipher cipher,
        CancellationToken cancellationToken)
    {
        bool isClaimed = pending is null
            ? await transactions.TryAddAsync(claim, cancellationToken).ConfigureAwait(false)
            : await transactions.TryClaimAsync(claim, cancellationToken).ConfigureAwait(false);
        if (!isClaimed)
        {
            ScepTransactionRecord? winner = await transactions.FindAsync(claim.Id, cancellationToken).ConfigureAwait(false);
            return winner is null
                ? ScepOutcome.Failed(ScepFailInfo.BadRequest, "no room for another transaction")
                : await RepeatAsync(winner, claim, cipher, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            ReadOnlyMemory<byte> certificate =
                await issuer.IssueAsync(Describe(authorization.Request, decision), cancellationToken).ConfigureAwait(false);
            claim.Complete(certificate);
            await transactions.UpdateAsync(claim, cancellationToken).ConfigureAwait(false);
            return Deliver(certificate, cipher);
        }
        catch
        {
            await (pending is null
                ? transactions.RemoveAsync(claim.Id, CancellationToken.None)
                : transactions.UpdateAsync(pending, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }

    private static CertificateIssueRequest Describe(Pkcs10Request request, ScepDecision decision) => new()
    {
        SubjectName = decision.Subject?.RawData ?? request.SubjectName,
        SubjectPublicKeyInfo = request.SubjectPublicKeyInfo,
        SubjectAlternativeNames = decision.SubjectAlternativeNames is { } names
            ? names.Count > 0 ? SubjectAlternativeName.WriteAll(names) : default
            : request.FindExtension(CmsOid.SubjectAltName) ?? default,
        Template = decision.Template,
    };

    /// <summary>A repeated message gets the same certificate; another request under the same id gets nothing.</summary>
    private async ValueTask<ScepOutcome> RepeatAsync(
        ScepTransactionRecord known, ScepTransactionRecord claim, ScepCipher cipher, CancellationToken cancellationToken)
    {
        ScepTransactionRecord? current = known;
        for (int look = 0; current is { State: ScepTransactionState.Issuing } && look < IssuingLooks; look++)
        {
            await Task.Delay(IssuingPause, time, cancellationToken).ConfigureAwait(false);
            current = await transactions.FindAsync(claim.Id, cancellationToken).ConfigureAwait(false);
        }

        if (current is null || !current.RequestHash.Span.SequenceEqual(claim.RequestHash.Span))
        {
            return ScepOutcome.Failed(ScepFailInfo.BadRequest, AnotherRequest);
        }

        return current.State == ScepTransactionState.Issued ? Deliver(current.Certificate, cipher) : ScepOutcome.Pending;
    }

    private async ValueTask<ScepOutcome> PollAsync(
        PkiMessage message, CertificateView signer, ScepWorkspace workspace, CancellationToken cancellationToken)
    {
        // RFC 8894 §3.3.3: the transaction decides, what the envelope says should be ignored; it must decrypt all the same.
        Open(message, workspace, out ScepCipher cipher);
        bool isCurrent = await IsCurrentAsync(signer, cancellationToken).ConfigureAwait(false);
        string key = TransactionKey(message, signer, isCurrent);
        ScepTransactionRecord? known = await transactions.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (known is null || !MaySee(known, signer))
        {
            return ScepOutcome.Failed(ScepFailInfo.BadCertId, "no such transaction of this signer");
        }

        if (known.State != ScepTransactionState.Pending)
        {
            return await RepeatAsync(known, known, cipher, cancellationToken).ConfigureAwait(false);
        }

        var authorization = new ScepAuthorizationRequest
        {
            MessageType = known.MessageType,
            TransactionId = message.TransactionId,
            Request = Pkcs10Request.Parse(known.Request),
            SignerCertificate = signer.Encoded,
            IsSignerCurrent = isCurrent,
            IsPoll = true,
        };
        var claim = new ScepTransactionRecord
        {
            Id = key,
            RequestHash = known.RequestHash,
            SignerKeyHash = known.SignerKeyHash,
            MessageType = known.MessageType,
        };
        return await DecideAsync(authorization, claim, signer, cipher, cancellationToken).ConfigureAwait(false);
    }

    private static bool MaySee(ScepTransactionRecord known, in CertificateView signer)
    {
        if (known.SignerKeyHash.IsEmpty)
        {
            // Issued at once: whoever repeats the id must hold the certified key.
            return !known.Certificate.IsEmpty
                && CertificateView.Read(known.Certificate).SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span);
        }

        return known.SignerKeyHash.Span.SequenceEqual(SHA256.HashData(signer.SubjectPublicKeyInfo.Span));
    }

    private async ValueTask<ScepOutcome> QueryAsync(
        PkiMessage message, CertificateView signer, ScepWorkspace workspace, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> serial = OpenQuery(message, workspace, out bool isOurs, out ScepCipher cipher);
        if (!options.AllowAnonymousQueries && !await IsCurrentAsync(signer, cancellationToken).ConfigureAwait(false))
        {
            return ScepOutcome.Failed(ScepFailInfo.BadRequest, "the signer holds no current certificate of this CA");
        }

        if (isOurs && message.MessageType == ScepMessageType.GetCert
            && await issuer.FindAsync(serial, cancellationToken).ConfigureAwait(false) is { } certificate)
        {
            return Deliver(certificate, cipher);
        }

        if (isOurs && message.MessageType == ScepMessageType.GetCrl
            && await issuer.GetRevocationListAsync(cancellationToken).ConfigureAwait(false) is { } list)
        {
            return new ScepOutcome(ScepPkiStatus.Success) { RevocationList = list, Cipher = cipher };
        }

        return ScepOutcome.Failed(ScepFailInfo.BadCertId, "nothing is known by this name");
    }

    private ReadOnlyMemory<byte> OpenQuery(PkiMessage message, ScepWorkspace workspace, out bool isOurs, out ScepCipher cipher)
    {
        ReadOnlyMemory<byte> content = Open(message, workspace, out cipher);
        try
        {
            (ReadOnlyMemory<byte> issuerName, ReadOnlyMemory<byte> serial) = IssuerAndSerial.Read(content);
            isOurs = issuerName.Span.SequenceEqual(_caName.Span);
            return serial;
        }
        catch (ScepException)
        {
            throw ScepException.Undecipherable();
        }
    }

    /// <summary>Decrypts the request and checks its own signature; from the private key on every failure is one and the same.</summary>
    private Pkcs10Request OpenRequest(PkiMessage message, in CertificateView signer, ScepWorkspace workspace, out ScepCipher cipher)
    {
        ReadOnlyMemory<byte> content = Open(message, workspace, out cipher);
        try
        {
            var request = Pkcs10Request.Parse(content);
            if (request.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
            {
                request.VerifySignature(workspace.Peer, options.Policy);
            }
            else
            {
                request.VerifySignature(options.Policy);
            }

            return request;
        }
        catch (ScepException)
        {
            throw ScepException.Undecipherable();
        }
    }

    private ReadOnlyMemory<byte> Open(PkiMessage message, ScepWorkspace workspace, out ScepCipher cipher)
    {
        CmsEnvelopedData envelope = message.ReadEnvelope();
        CmsRecipient recipient = envelope.FindRecipient(credential.View);
        cipher = ReplyCipher(envelope.Cipher);
        return EnvelopeDecryption.Decrypt(envelope, recipient, credential.Key, options.Policy, workspace);
    }

    // The client can read what it wrote; nothing is ever written in single DES, and Go's clients do not read AES-192.
    private static ScepCipher ReplyCipher(ScepCipher? requested) => requested switch
    {
        ScepCipher.TripleDes => ScepCipher.TripleDes,
        ScepCipher.Aes192 or ScepCipher.Aes256 => ScepCipher.Aes256,
        _ => ScepCipher.Aes128,
    };

    private ScepOutcome Deliver(ReadOnlyMemory<byte> certificate, ScepCipher cipher) => new(ScepPkiStatus.Success)
    {
        Certificate = certificate,
        Cipher = cipher,
        Chain = options.IncludeChainInReply ? [.. issuer.CaCertificates.Select(ca => ca.RawDataMemory)] : null,
    };

    private async ValueTask<bool> IsCurrentAsync(CertificateView signer, CancellationToken cancellationToken) =>
        signer.Issuer.Span.SequenceEqual(_caName.Span)
        && !signer.Issuer.Span.SequenceEqual(signer.Subject.Span)
        && await issuer.IsCurrentAsync(signer.Encoded, cancellationToken).ConfigureAwait(false);

    // Clients derive the id from the key, so a renewal with the same key bears the id of the first enrolment: it is told apart by the
    // certificate that it renews. No id that a stranger makes up is the key of a renewal: with a slash it begins with one.
    private static string TransactionKey(PkiMessage message, in CertificateView signer, bool isCurrent) =>
        isCurrent ? Convert.ToHexString(signer.Serial.Span) + "/" + message.TransactionId
        : message.TransactionId.Contains('/', StringComparison.Ordinal) ? "/" + message.TransactionId
        : message.TransactionId;
}
