using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>The variables of one kind of SCEP authority that a document uses.</summary>
internal sealed class AuthoritySet(AuthorityKind kind)
{
    private readonly SortedSet<string> _challenges = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _urls = new(StringComparer.Ordinal);

    public AuthorityKind Kind => kind;

    /// <summary>The authorities by their URL variables, sorted; NDES counts as one without a name.</summary>
    public IReadOnlyCollection<string> Names => _urls;

    /// <summary>The names of the variables.</summary>
    public IEnumerable<string> Variables => _challenges.Select(name => ChallengePrefix + name).Concat(_urls.Select(name => UrlPrefix + name));

    public bool IsUsed => _challenges.Count + _urls.Count > 0;

    public string ChallengePrefix => kind switch
    {
        AuthorityKind.Ndes => "NDES_SCEP_CHALLENGE",
        AuthorityKind.CustomScep => "CUSTOM_SCEP_CHALLENGE_",
        _ => "SMALLSTEP_SCEP_CHALLENGE_",
    };

    public string UrlPrefix => kind switch
    {
        AuthorityKind.Ndes => "NDES_SCEP_PROXY_URL",
        AuthorityKind.CustomScep => "CUSTOM_SCEP_PROXY_URL_",
        _ => "SMALLSTEP_SCEP_PROXY_URL_",
    };

    /// <summary>Adds a challenge or URL variable; <see langword="false"/> when it was there already.</summary>
    public bool Add(FleetVariable variable, string name) =>
        (string.Equals(variable.Name, ChallengePrefix, StringComparison.Ordinal) ? _challenges : _urls).Add(variable.AuthorityNameOf(name));

    /// <summary>What Fleet says when a part is missing; <see langword="null"/> when the set is complete.</summary>
    public string? Missing(bool renewalId, FleetVersion version, bool renewalRequired)
    {
        if (_challenges.Count == 0 || _urls.Count == 0 || (!renewalId && renewalRequired))
        {
            (string words, string suffix) = kind switch
            {
                AuthorityKind.Ndes => ("NDES", ""),
                AuthorityKind.CustomScep => ("custom SCEP", "<CA_NAME>"),
                _ => ("Smallstep", "<CA_NAME>"),
            };
            return $"SCEP profile for {words} certificate authority requires: $FLEET_VAR_{ChallengePrefix}{suffix}, $FLEET_VAR_{UrlPrefix}{suffix}, and {FleetWords.RenewalId(version)} variables.";
        }

        return _challenges.FirstOrDefault(name => !_urls.Contains(name)) is { } withoutUrl ? $"Missing $FLEET_VAR_{UrlPrefix}{withoutUrl} in the profile"
            : _urls.FirstOrDefault(name => !_challenges.Contains(name)) is { } withoutChallenge ? $"Missing $FLEET_VAR_{ChallengePrefix}{withoutChallenge} in the profile"
            : null;
    }
}
