namespace Smallstep.Fleet.Testing;

/// <summary>A label and its members.</summary>
internal sealed class LabelRecord
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public long? AuthorId { get; init; }

    public long? TeamId { get; init; }

    public string Description { get; set; } = "";

    public string Query { get; set; } = "";

    public string Platform { get; set; } = "";

    public string MembershipType { get; set; } = "dynamic";

    /// <summary>For labels by host vitals: the vital and its value.</summary>
    public (string Vital, string Value)? Criteria { get; set; }

    /// <summary>Which custom host vital the criteria are about.</summary>
    public long? CustomHostVitalId { get; init; }

    public bool IsBuiltIn { get; init; }

    public HashSet<long> Members { get; } = [];
}
