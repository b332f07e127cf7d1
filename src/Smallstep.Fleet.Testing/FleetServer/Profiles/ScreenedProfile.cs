namespace Smallstep.Fleet.Testing;

/// <summary>A profile that passed Fleet's checks.</summary>
/// <param name="Kind">The letter of its UUID: <c>a</c> Apple, <c>d</c> Apple declaration, <c>w</c> Windows.</param>
/// <param name="Name">Its name in Fleet.</param>
/// <param name="Identifier">Its PayloadIdentifier, or a declaration's Identifier; empty on Windows.</param>
/// <param name="Scope"><c>System</c> or <c>User</c>.</param>
/// <param name="FileExtension">The extension with its dot.</param>
/// <param name="Contents">The bytes.</param>
internal sealed record ScreenedProfile(char Kind, string Name, string Identifier, string Scope, string FileExtension, ReadOnlyMemory<byte> Contents);
