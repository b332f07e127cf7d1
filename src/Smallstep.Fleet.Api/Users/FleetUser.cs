using System.Text.Json.Serialization;

namespace Smallstep.Fleet.Api;

/// <summary>A user of Fleet.</summary>
public sealed record FleetUser : FleetObject
{
    /// <summary>The id.</summary>
    public long Id { get; init; }

    /// <summary>The full name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The e-mail address.</summary>
    public string Email { get => field ?? ""; init; }

    /// <summary>The role on the whole server, or <see langword="null"/> for a user with roles in fleets.</summary>
    public FleetRole? GlobalRole { get; init; }

    /// <summary>Whether the user has a token that never expires and cannot sign in to the console.</summary>
    public bool ApiOnly { get; init; }

    /// <summary>Whether the user signs in by single sign-on.</summary>
    public bool SsoEnabled { get; init; }

    /// <summary>Whether the user must confirm sign-ins by mail.</summary>
    public bool MfaEnabled { get; init; }

    /// <summary>Whether the user must change the password before anything else.</summary>
    public bool ForcePasswordReset { get; init; }

    /// <summary>When the user was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the user last signed in (4.92).</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>When the user last did anything (4.92).</summary>
    public DateTimeOffset? LastActivityAt { get; init; }

    /// <summary><c>active</c>, <c>inactive</c>, <c>no_access</c>, or a newer word (4.92); empty before.</summary>
    public string Status { get => field ?? ""; init; }

    /// <summary>The roles in fleets.</summary>
    [JsonIgnore]
    public IReadOnlyList<TeamRole> Teams
    {
        get => FleetsMember ?? TeamsMember ?? [];
        init => (TeamsMember, FleetsMember) = (value, null);
    }

    [JsonInclude, JsonPropertyName("teams")]
    internal IReadOnlyList<TeamRole>? TeamsMember { get; init; }

    [JsonInclude, JsonPropertyName("fleets")]
    internal IReadOnlyList<TeamRole>? FleetsMember { get; init; }
}
