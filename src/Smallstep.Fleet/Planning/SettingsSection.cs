using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>One section of settings, as a change of a plan holds it.</summary>
/// <param name="Settings">The settings that the section is of.</param>
/// <param name="Name">The section's newest name; empty for agent options, which are one value.</param>
internal sealed record SettingsSection(SettingsState Settings, string Name);
