namespace Smallstep.Fleet.Scep;

/// <summary>The CA refused.</summary>
public sealed record ScepRejected : ScepResult
{
    /// <summary>The CA's reason. <see cref="ScepFailInfo.BadRequest"/> is the answer to a wrong challenge, and stands for a reason that the CA left out.</summary>
    public required ScepFailInfo FailInfo { get; init; }

    /// <summary>The CA's words, or <see langword="null"/>.</summary>
    public string? FailInfoText { get; init; }
}
