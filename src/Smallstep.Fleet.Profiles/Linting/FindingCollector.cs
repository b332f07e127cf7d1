namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Everything that is found in a document.</summary>
internal static class FindingCollector
{
    public static IEnumerable<Finding> Collect(LintDocument document, DocumentKind kind, Refusal? refusal)
    {
        var findings = new List<Finding>();
        if (refusal is not null)
        {
            string? remedy = SignedProfile.IsSigned(document.Bytes.Span) ? "Upload the profile that was signed; SignedProfile.Read takes it out." : null;
            findings.Add(ProfileRules.Refused.At(refusal.Message, document.FileName, refusal.Line, refusal.Column, remedy));
        }

        findings.AddRange(TextFindings.Collect(document, kind));
        findings.AddRange(VariableFindings.Collect(document, kind));
        if (kind == DocumentKind.AppleProfile)
        {
            findings.AddRange(new AppleFindings(document).Collect());
        }
        else if (kind == DocumentKind.WindowsProfile)
        {
            findings.AddRange(new WindowsFindings(document).Collect());
        }

        return findings;
    }
}
