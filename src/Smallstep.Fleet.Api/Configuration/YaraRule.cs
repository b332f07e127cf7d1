namespace Smallstep.Fleet.Api;

/// <summary>A file of YARA rules that Fleet hands to osquery at <c>/api/osquery/yara/NAME</c>.</summary>
/// <param name="Name">The file's name, by which a query asks for it.</param>
/// <param name="Contents">The rules.</param>
public sealed record YaraRule(string Name, string Contents);
