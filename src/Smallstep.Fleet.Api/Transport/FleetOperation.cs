namespace Smallstep.Fleet.Api;

/// <summary>What is known of a call before it is made: its words, who may make it, and since when.</summary>
/// <param name="Name">What it does, in words that follow "Cannot".</param>
/// <param name="Roles">Who may do it, from Fleet's authorisation matrix.</param>
internal sealed record FleetOperation(string Name, string Roles)
{
    /// <summary>The first release that has it.</summary>
    public FleetVersion? Since { get; init; }

    /// <summary>What a caller whom it is refused can do besides.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Whether it may be repeated although its verb is POST or PATCH.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it carries no token.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Whether a 408 carries a result rather than an error.</summary>
    public bool AnswersWithTimeout { get; init; }

    /// <summary>Whether it moves a package, which takes long.</summary>
    public bool IsTransfer { get; init; }
}
