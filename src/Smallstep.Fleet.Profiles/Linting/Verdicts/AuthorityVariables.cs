using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's bookkeeping of certificate authorities in a profile, the same for Apple and Windows; the placement is judged by the caller.</summary>
internal sealed class AuthorityVariables(string text, ProfileLintContext context, VariablePlaces places)
{
    private readonly AuthoritySet[] _sets = [new(AuthorityKind.CustomScep), new(AuthorityKind.Ndes), new(AuthorityKind.Smallstep)];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _digiCertData = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _digiCertPasswords = new(StringComparer.Ordinal);
    private bool _renewalId;

    /// <summary>Whether the renewal id stands in the document.</summary>
    public bool HasRenewalId => _renewalId;

    /// <summary>The DigiCert authorities, sorted.</summary>
    public IReadOnlyCollection<string> DigiCert => _digiCertData;

    /// <summary>Judges the document.</summary>
    /// <param name="hasRenewablePayload">Whether a payload may use the renewal id alone.</param>
    /// <param name="renewalRequired">Whether a SCEP profile must hold the renewal id.</param>
    /// <param name="placeDigiCert">Judges where the DigiCert variables stand.</param>
    /// <param name="place">Judges where the variables of one kind of authority stand.</param>
    /// <returns>Fleet's words, or <see langword="null"/>.</returns>
    public Refusal? Judge(Func<bool> hasRenewablePayload, bool renewalRequired, Func<AuthorityVariables, Refusal?> placeDigiCert, Func<AuthoritySet, Refusal?> place)
    {
        foreach (string name in VariableFinder.FindKeepDuplicates(text))
        {
            if (Count(name) is { } problem)
            {
                return problem;
            }
        }

        return DigiCertProblem(placeDigiCert)
            ?? RenewalOnly(hasRenewablePayload)
            ?? _sets.Where(set => set.IsUsed)
                .Select(set => set.Missing(_renewalId, context.FleetVersion, renewalRequired) is { } missing ? places.At([.. set.Variables], missing) : place(set))
                .FirstOrDefault(problem => problem is not null);
    }

    private Refusal? Count(string name)
    {
        if (FleetWords.RenewalIds.Contains(name))
        {
            bool again = _renewalId;
            _renewalId = true;
            return again ? places.At(FleetWords.RenewalIds, FleetWords.MustBeInOu(context.FleetVersion), 1) : null;
        }

        if (VariableCatalog.Find(name) is not { Authority: { } kind } variable)
        {
            return null;
        }

        string authority = variable.AuthorityNameOf(name);
        if (kind != AuthorityKind.Ndes && !context.CertificateAuthorities.Contains(kind, authority))
        {
            return places.At(name, $"Fleet variable $FLEET_VAR_{name} does not exist.");
        }

        if (!_seen.Add(name))
        {
            return places.At(name, $"Fleet variable $FLEET_VAR_{name} is already present in configuration profile.", 1);
        }

        if (kind == AuthorityKind.DigiCert)
        {
            (variable.Name == "DIGICERT_DATA_" ? _digiCertData : _digiCertPasswords).Add(authority);
        }
        else
        {
            _sets.First(set => set.Kind == kind).Add(variable, name);
        }

        return null;
    }

    private Refusal? DigiCertProblem(Func<AuthorityVariables, Refusal?> place)
    {
        if (_digiCertData.Count + _digiCertPasswords.Count == 0)
        {
            return null;
        }

        const string Data = "DIGICERT_DATA_", Password = "DIGICERT_PASSWORD_";
        return _digiCertPasswords.FirstOrDefault(name => !_digiCertData.Contains(name)) is { } withoutData ? places.At(Password + withoutData, $"Missing $FLEET_VAR_{Data}{withoutData} in the profile")
            : _digiCertData.FirstOrDefault(name => !_digiCertPasswords.Contains(name)) is { } withoutPassword ? places.At(Data + withoutPassword, $"Missing $FLEET_VAR_{Password}{withoutPassword} in the profile")
            : place(this);
    }

    private Refusal? RenewalOnly(Func<bool> hasRenewablePayload) =>
        _renewalId && !_sets.Any(set => set.IsUsed) && !(context.FleetVersion.Capabilities.AcceptsCertificateRenewalId && hasRenewablePayload())
            ? places.At(FleetWords.RenewalIds, $"Variable \"{FleetWords.RenewalId(context.FleetVersion)}\" can't be used if variables for SCEP URL and Challenge are not specified.")
            : null;
}
