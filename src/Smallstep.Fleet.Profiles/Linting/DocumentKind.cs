namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>What a file is, by its extension and, for JSON, its keys.</summary>
internal enum DocumentKind
{
    Unknown,
    AppleProfile,
    WindowsProfile,
    Declaration,
    AndroidProfile,
    Script,
}
