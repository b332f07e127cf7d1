using System.Text.Json.Serialization;

namespace Smallstep.Fleet.Api;

/// <summary>The licence agreement that people see when a Mac enrols by itself.</summary>
public sealed record EndUserLicenseAgreement : FleetObject
{
    /// <summary>The file name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>What <see cref="SetupExperienceClient.DownloadLicenseAgreementAsync"/> asks for.</summary>
    [JsonPropertyName("token")]
    public string DownloadId { get => field ?? ""; init; }

    /// <summary>The SHA-256 hash of the file in hexadecimal digits; <see langword="null"/> on servers that do not give it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
