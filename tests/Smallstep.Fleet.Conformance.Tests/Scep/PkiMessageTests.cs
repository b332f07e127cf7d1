using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Smallstep.Fleet.Scep;

namespace Smallstep.Fleet.Conformance.Tests.Scep;

public sealed class PkiMessageTests
{
    private const string TransactionId = "2.16.840.1.113733.1.9.7";

    /// <summary>Captures hold whatever peers send by default.</summary>
    internal static readonly ScepAlgorithmPolicy Anything = ScepAlgorithmPolicy.Legacy with { MinimumKeyBits = 512, MaximumKeyBits = 16384 };

    [CaseTheory(typeof(ScepCase), nameof(ScepCase.Messages))]
    [CaseData(typeof(ScepCase), nameof(ScepCase.Messages))]
    public void Parse_CapturedMessage_ReadsWhatTheManifestSays(string file)
    {
        var expected = ScepCase.Get(file);
        var signed = CmsSignedData.Parse(expected.Bytes);

        CompareSignedData(signed, expected);
        bool isRead = PkiMessage.TryParse(expected.Bytes, out PkiMessage? message);
        if (MustBeRead(expected) is { } must)
        {
            isRead.Should().Be(must, "a pkiMessage has a type, and no number that RFC 8894 does not know");
        }

        if (isRead)
        {
            ComparePkiMessage(message!, expected);
        }

        if (expected.Text("contentEncryptionOid") is not null)
        {
            CompareEnvelope(CmsEnvelopedData.Parse(signed.Content), expected);
        }
    }

    [CaseTheory(typeof(ScepCase), nameof(ScepCase.Others))]
    [CaseData(typeof(ScepCase), nameof(ScepCase.Others))]
    public void Parse_SomethingElse_IsRefused(string file)
    {
        var expected = ScepCase.Get(file);

        PkiMessage.TryParse(expected.Bytes, out _).Should().BeFalse();
        if (Path.GetFileName(file).StartsWith("enveloped", StringComparison.Ordinal))
        {
            var envelope = CmsEnvelopedData.Parse(expected.Bytes);
            envelope.RecipientCount.Should().BePositive();
            CompareEnvelope(envelope, expected);
        }
    }

    [CaseTheory(typeof(ScepCase), nameof(ScepCase.Files))]
    [CaseData(typeof(ScepCase), nameof(ScepCase.Files))]
    public void Manifest_File_IsTheOneThatWasDescribed(string file)
    {
        var expected = ScepCase.Get(file);

        AssertText(expected, "bytes", Number(expected.Bytes.Length));
        AssertText(expected, "sha256", Hash(expected.Bytes));
    }

    // What a manifest leaves out may be missing in the message as well, and then it may be refused.
    private static bool? MustBeRead(ScepCase expected)
    {
        string? type = expected.Text("messageType"), status = expected.Text("pkiStatus");
        bool isKnown = type is "3" or "17" or "18" or "19" or "20" or "21" or "22"
            && status is null or "0" or "2" or "3"
            && expected.Text("failInfo") is null or "0" or "1" or "2" or "3" or "4";
        bool isComplete = expected.Text("transactionId") is not null && (type != "3" || status is not null);
        return !isKnown ? false : isComplete ? true : null;
    }

    private static void CompareSignedData(CmsSignedData signed, ScepCase expected)
    {
        AssertText(expected, "digestOid", signed.DigestAlgorithm);
        AssertText(expected, "signatureOid", signed.SignatureAlgorithm);
        AssertText(expected, "certCount", Number(signed.CertificateCount));
        if (signed.SignerCertificate is { } encoded)
        {
            using X509Certificate2 signer = X509CertificateLoader.LoadCertificate(encoded.Span);
            AssertText(expected, "signerSubject", signer.Subject);
            AssertText(expected, "signerIssuer", signer.Issuer);
        }
        else
        {
            expected.Text("signerSubject").Should().BeNull();
        }

        if (expected.Flag("signatureValid") is { } valid)
        {
            // With the certificate's key as it is: which keys are too weak is a matter of policy.
            using RSA? key = LoadSignerKey(signed);
            Action verify = () =>
            {
                if (key is null)
                {
                    signed.VerifySignature(Anything);
                }
                else
                {
                    signed.VerifySignature(key, Anything);
                }
            };
            if (valid)
            {
                verify.Should().NotThrow();
            }
            else if (expected.Text("signerSubject") is not null || key is null)
            {
                // Otherwise whoever wrote the manifest did not find the certificate that is found here.
                verify.Should().Throw<ScepException>();
            }
        }
    }

    private static RSA? LoadSignerKey(CmsSignedData signed)
    {
        if (signed.SignerCertificate is not { } encoded)
        {
            return null;
        }

        using X509Certificate2 signer = X509CertificateLoader.LoadCertificate(encoded.Span);
        return signer.GetRSAPublicKey();
    }

    private static void ComparePkiMessage(PkiMessage message, ScepCase expected)
    {
        AssertText(expected, "messageType", Number((int)message.MessageType));
        AssertText(expected, "transactionId", message.TransactionId);
        AssertText(expected, "senderNonce", Convert.ToHexStringLower(message.SenderNonce.Span));
        AssertText(expected, "recipientNonce", Convert.ToHexStringLower(message.RecipientNonce.Span));
        AssertText(expected, "pkiStatus", message.PkiStatus is { } status ? Number((int)status) : null);
        if (message.PkiStatus == ScepPkiStatus.Failure)
        {
            AssertText(expected, "failInfo", message.FailInfo is { } failInfo ? Number((int)failInfo) : null);
        }

        if (expected.TextOfPrefix("failInfoText") is { } text)
        {
            message.FailInfoText.Should().Be(text);
        }

        message.SignedData.FindSignedAttribute(TransactionId).Should().NotBeNull();
    }

    private static void CompareEnvelope(CmsEnvelopedData envelope, ScepCase expected)
    {
        AssertText(expected, "contentEncryptionOid", envelope.ContentEncryptionAlgorithm);
        AssertText(expected, "recipients", Number(envelope.RecipientCount));
        AssertText(expected, "keyEncryptionOid", envelope.KeyEncryptionAlgorithm);
        using RSA? key = expected.LoadKey();
        if (key is not null)
        {
            CompareContent(Decrypt(envelope, key, expected), expected);
        }
    }

    // The manifest does not say whose key it is where there are several recipients.
    private static byte[] Decrypt(CmsEnvelopedData envelope, RSA key, ScepCase expected)
    {
        List<byte[]> opened = [];
        for (int recipient = 0; recipient < envelope.RecipientCount; recipient++)
        {
            try
            {
                opened.Add(envelope.Decrypt(key, recipient, Anything));
            }
            catch (ScepException) when (recipient < envelope.RecipientCount - 1 || opened.Count > 0)
            {
                // Somebody else's.
            }
        }

        return opened.Find(content => expected.Text("innerSha256") == Hash(content)) ?? opened[0];
    }

    private static void CompareContent(byte[] content, ScepCase expected)
    {
        AssertText(expected, "innerBytes", Number(content.Length));
        AssertText(expected, "innerSha256", Hash(content));
        string kind = expected.Text("innerKind") ?? "";
        if (kind == "pkcs10")
        {
            var request = Pkcs10Request.Parse(content);
            if (ScepCase.IsOwn)
            {
                request.Invoking(r => r.VerifySignature(Anything)).Should().NotThrow();
            }
        }
        else if (kind.StartsWith("certs-only", StringComparison.Ordinal))
        {
            IReadOnlyList<ReadOnlyMemory<byte>> certificates = CertsOnlyMessage.Read(content);
            if (kind.Contains('(', StringComparison.Ordinal))
            {
                kind.Should().StartWith($"certs-only({Number(certificates.Count)})");
            }

            if (expected.Text("innerFirstSubject") is { } subject)
            {
                using X509Certificate2 first = X509CertificateLoader.LoadCertificate(certificates[0].Span);
                first.Subject.Should().Be(subject);
            }
        }
    }

    private static void AssertText(ScepCase expected, string field, string? actual)
    {
        if (expected.Text(field) is { } text)
        {
            actual.Should().Be(text, "the manifest says so of {0}", field);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
