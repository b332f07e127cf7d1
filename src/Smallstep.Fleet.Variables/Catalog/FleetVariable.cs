namespace Smallstep.Fleet.Variables;

/// <summary>One of Fleet's variables, or a family of them whose names end in the name of a certificate authority.</summary>
/// <param name="Name">The name without <c>FLEET_VAR_</c>; for a family the prefix, which ends in <c>_</c>.</param>
/// <param name="IsFamily">Whether a certificate authority's name follows <paramref name="Name"/>.</param>
/// <param name="Authority">The kind of authority that the variable belongs to, if any.</param>
/// <param name="Targets">The documents that take it at upload.</param>
/// <param name="Source">What the value is at delivery.</param>
/// <param name="Escaping">How the value is written.</param>
/// <param name="FailureText">The detail of the failed profile when there is no value; <c>{0}</c> stands for the authority's name; empty where delivery cannot fail.</param>
/// <param name="Since">The first Fleet release with it, where known.</param>
/// <param name="Note">What else to know; may be empty.</param>
public sealed record FleetVariable(
    string Name,
    bool IsFamily,
    AuthorityKind? Authority,
    VariableTargets Targets,
    string Source,
    VariableEscaping Escaping,
    string FailureText,
    FleetVersion? Since = null,
    string Note = "")
{
    /// <summary>What else Fleet says when it cannot deliver the variable, beside <see cref="FailureText"/>.</summary>
    public IReadOnlyList<VariableFailure> OtherFailures { get; init; } = [];

    /// <summary>What every variable begins with in its bare form.</summary>
    public const string Prefix = "$FLEET_VAR_";

    /// <summary>The last Fleet release with it.</summary>
    /// <value><see langword="null"/> while the newest known release takes it.</value>
    public FleetVersion? Until { get; init; }

    /// <summary>The bare token: <c>$FLEET_VAR_HOST_UUID</c>.</summary>
    public string Bare => Prefix + Name;

    /// <summary>Whether a release knows it; <see cref="VariableCatalog.IsSupported"/> also asks where.</summary>
    public bool IsKnownTo(FleetVersion version) => !(version < Since) && !(version > Until);

    /// <summary>Whether a name is this variable's, or one of this family's; the part after the prefix may be empty, as for Fleet.</summary>
    public bool Matches(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsFamily ? name.StartsWith(Name, StringComparison.Ordinal) : string.Equals(name, Name, StringComparison.Ordinal);
    }

    /// <summary>The authority's name in the name of one of this family's variables; empty for other variables.</summary>
    public string AuthorityNameOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsFamily && Matches(name) ? name[Name.Length..] : "";
    }
}
