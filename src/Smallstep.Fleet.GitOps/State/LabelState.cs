namespace Smallstep.Fleet.GitOps;

/// <summary>A label in Fleet.</summary>
/// <param name="Name">The name, unique across the server.</param>
public sealed record LabelState(string Name)
{
    /// <summary>The description.</summary>
    public string Description { get; init; } = "";

    /// <summary>The osquery query of a dynamic label; empty otherwise. Immutable on the server.</summary>
    public string Query { get; init; } = "";

    /// <summary>The platform that the query runs on; empty for all. Immutable on the server.</summary>
    public string Platform { get; init; } = "";

    /// <summary>How hosts become members: <c>dynamic</c>, <c>manual</c>, <c>host_vitals</c>.</summary>
    public string MembershipType { get; init; } = "dynamic";

    /// <summary>The members of a manual label, or <see langword="null"/> where they are not managed.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>The attribute that selects the hosts of a <c>host_vitals</c> label, such as <c>end_user_idp_group</c>; empty otherwise. Immutable on the server.</summary>
    public string Vital { get; init; } = "";

    /// <summary>The value that the attribute must have. Immutable on the server.</summary>
    public string VitalValue { get; init; } = "";

    /// <summary>Which custom host vital the value is of, where <see cref="Vital"/> is <c>custom_host_vital</c>: its id on the server, by which a repository names it too (4.90). Immutable on the server.</summary>
    public long? CustomHostVitalId { get; init; }

    /// <summary>The id on the server, where observed.</summary>
    public long? Id { get; init; }
}
