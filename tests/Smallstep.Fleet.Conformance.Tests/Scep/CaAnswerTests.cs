using System.Security.Cryptography.X509Certificates;
using System.Text;
using Smallstep.Fleet.Scep;

namespace Smallstep.Fleet.Conformance.Tests.Scep;

public sealed class CaAnswerTests
{
    [CaseTheory(typeof(ScepCase), nameof(ScepCase.Capabilities))]
    [CaseData(typeof(ScepCase), nameof(ScepCase.Capabilities))]
    public void ParseCapabilities_CapturedAnswer_KeepsEveryKeyword(string file)
    {
        var expected = ScepCase.Get(file);

        var capabilities = ScepCapabilities.Parse(expected.Bytes);

        string text = expected.Text("text") ?? Encoding.UTF8.GetString(expected.Bytes);
        string[] lines = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        capabilities.Keywords.Should().BeEquivalentTo(lines.Distinct(StringComparer.OrdinalIgnoreCase));
    }

    [CaseTheory(typeof(ScepCase), nameof(ScepCase.CaCertificates))]
    [CaseData(typeof(ScepCase), nameof(ScepCase.CaCertificates))]
    public void ReadCaCertificates_CapturedAnswer_HoldsCertificates(string file)
    {
        var expected = ScepCase.Get(file);

        IReadOnlyList<X509Certificate2> certificates = CaCertificateMessage.Read(expected.Bytes);

        certificates.Should().NotBeEmpty().And.OnlyContain(certificate => certificate.Subject.Length > 0);
        if (expected.Text("certCount") is { } count)
        {
            certificates.Should().HaveCount(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [CaseTheory(typeof(ScepCase), nameof(ScepCase.NextCaCertificates))]
    [CaseData(typeof(ScepCase), nameof(ScepCase.NextCaCertificates))]
    public void ReadNextCaCertificates_CapturedAnswer_IsSignedAndHoldsCertificates(string file)
    {
        var signed = CmsSignedData.Parse(ScepCase.Get(file).Bytes);

        signed.VerifySignature(PkiMessageTests.Anything);

        CaCertificateMessage.Read(signed.Content).Should().NotBeEmpty();
    }
}
