namespace Smallstep.Fleet.GitOps;

/// <summary>A file of YARA rules that the server hands to its hosts.</summary>
/// <param name="Name">The file's name, by which a query asks for it.</param>
/// <param name="Contents">The rules, or <see langword="null"/> where they could not be read.</param>
public sealed record YaraRuleState(string Name, string? Contents);
