using System.Text;
using Smallstep.Fleet.Profiles.Linting;
using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Profiles;

/// <summary>
/// Says what Fleet would say to a profile, declaration or script, in its order and its words, and what devices would make of it.
/// Immutable and safe to share between threads.
/// </summary>
public sealed class ProfileLinter
{
    /// <summary>
    /// Lints a file; the extension decides the kind, as at upload: <c>.mobileconfig</c>, <c>.xml</c>, <c>.json</c> (a declaration, or an
    /// Android profile where the keys begin with lower-case letters); and scripts: <c>.sh</c>, <c>.ps1</c>, <c>.py</c>. A Windows profile's
    /// name is the file's name without its last extension.
    /// </summary>
    /// <param name="profile">The bytes.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="context">What is known about the server.</param>
    /// <returns>Fleet's verdict, and all findings.</returns>
    public LintResult Lint(ReadOnlyMemory<byte> profile, string fileName, ProfileLintContext context)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(context);
        DocumentKind kind = KindOf(fileName);
        string text = kind is DocumentKind.AppleProfile or DocumentKind.WindowsProfile ? Utf8Text.Decode(profile.Span) : Encoding.UTF8.GetString(profile.Span);
        kind = kind == DocumentKind.Declaration && JsonKeys.Of(text).AreAndroid ? DocumentKind.AndroidProfile : kind;
        string name = Path.GetFileNameWithoutExtension(fileName);
        Refusal? refusal = kind switch
        {
            DocumentKind.AppleProfile => new AppleVerdict(text, context).Judge(),
            DocumentKind.WindowsProfile => new WindowsVerdict(text, name, context).Judge(),
            DocumentKind.Declaration => new DeclarationVerdict(text, name, context).Judge(),
            DocumentKind.AndroidProfile => new AndroidVerdict(text, name, context).Judge(),
            DocumentKind.Script => ScriptVerdict.Judge(text, context),
            _ => FleetWords.FileKind,
        };
        Verdict verdict = refusal is null ? Verdict.Accepted : Verdict.Rejected(FleetWords.Stage, refusal.Message);
        return LintResult.Create(verdict, FindingCollector.Collect(new LintDocument(profile, text, fileName, context), kind, refusal));
    }

    private static DocumentKind KindOf(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".mobileconfig" => DocumentKind.AppleProfile,
        ".xml" => DocumentKind.WindowsProfile,
        ".json" => DocumentKind.Declaration,
        ".sh" or ".ps1" or ".py" => DocumentKind.Script,
        _ => DocumentKind.Unknown,
    };
}
