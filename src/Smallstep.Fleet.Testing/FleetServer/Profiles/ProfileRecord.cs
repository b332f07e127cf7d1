using System.Text;

namespace Smallstep.Fleet.Testing;

/// <summary>A configuration profile as uploaded.</summary>
internal sealed class ProfileRecord
{
    public required string Uuid { get; init; }

    public required long? TeamId { get; init; }

    public required string Name { get; set; }

    /// <summary><c>darwin</c> (also iOS and iPadOS) or <c>windows</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The PayloadIdentifier, or a declaration's Identifier; empty on Windows.</summary>
    public string Identifier { get; init; } = "";

    public string Scope { get; set; } = "System";

    public required string FileExtension { get; init; }

    public required byte[] Contents { get; set; }

    /// <summary>The activation that came with a declaration; <see langword="null"/> where Fleet makes one.</summary>
    public byte[]? Activation { get; set; }

    /// <summary>All that may refer to variables: the contents, and the activation.</summary>
    public string Text => Encoding.UTF8.GetString(Contents) + "\n" + Encoding.UTF8.GetString(Activation ?? []);

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UploadedAt { get; set; }

    public LabelScope Labels { get; set; } = LabelScope.All;

    public bool IsDeclaration => Uuid[0] == 'd';

    public bool IsApple => Platform == "darwin";

    /// <summary>Counts the versions of the contents, so that hosts know an older one.</summary>
    public int Revision { get; set; } = 1;
}
