namespace Smallstep.Fleet.GitOps;

/// <summary>A value of the wrong type.</summary>
/// <param name="Field">The path from the section, without list indexes; empty for the section itself.</param>
/// <param name="Type">The type that is wanted.</param>
/// <param name="Got">JSON's word for what is there.</param>
/// <param name="Node">The value.</param>
internal sealed record GoMismatch(string Field, string Type, string Got, GitOpsNode Node)
{
    /// <summary>The struct whose field it is, where there is one.</summary>
    public string Struct { get; init; } = "";

    /// <summary>Where it is, as Go's decoder of JSON says it.</summary>
    public string Where => Field.Length == 0 ? "value" : $"struct field {Struct}.{Field}";

    /// <summary>The mismatch seen from one level up.</summary>
    public GoMismatch Under(string key, string structName) =>
        this with { Field = Field.Length == 0 ? key : key + "." + Field, Struct = Struct.Length == 0 ? structName : Struct };
}
