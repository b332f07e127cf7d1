namespace Smallstep.Fleet.Testing;

/// <summary>Something that happened, for the activity feed.</summary>
internal sealed record ActivityRecord(long Id, DateTimeOffset At, UserRecord? Actor, string Type, IReadOnlyList<(string Name, object? Value)> Details);
