namespace Smallstep.Fleet.Variables;

/// <summary>A detail that Fleet puts on a profile which it could not deliver.</summary>
/// <param name="When">When it does.</param>
/// <param name="Text">Its words; <c>{0}</c> stands for the authority's name, <c>&lt;…&gt;</c> for what differs from case to case.</param>
public sealed record VariableFailure(string When, string Text);
