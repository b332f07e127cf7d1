namespace Smallstep.Fleet.Variables;

/// <summary>The first loop of Fleet's Apple delivery: licence and existence of the authorities, before any value is asked for.</summary>
internal static class AppleDeliveryCheck
{
    /// <summary>Fleet's words for NDES variables on a server without NDES.</summary>
    public const string NdesNotConfigured = "NDES SCEP Proxy is not configured. Please configure in Settings > Integrations > Certificates.";

    /// <summary>The detail of the failed profile, or <see langword="null"/>.</summary>
    public static string? Run(IReadOnlyList<string> names, DeliveryContext context)
    {
        string? detail = null;
        foreach (string name in names)
        {
            FleetVariable? variable = VariableCatalog.Find(name);
            if (variable is null || !variable.Targets.HasFlag(VariableTargets.AppleProfile))
            {
                // Fleet goes on after an unknown name, so a later problem overwrites this one.
                detail = $"Unknown Fleet variable $FLEET_VAR_{name} found in profile. Please update or remove.";
            }
            else if (Authority(variable, name, context) is { } problem)
            {
                return problem;
            }
        }

        return detail;
    }

    private static string? Authority(FleetVariable variable, string name, DeliveryContext context)
    {
        if (variable.Authority is not { } kind)
        {
            return null;
        }

        if (!context.IsPremium)
        {
            return NeedsPremium(kind);
        }

        string authority = variable.AuthorityNameOf(name);
        if (context.CertificateAuthorities.Contains(kind, authority))
        {
            return null;
        }

        return kind == AuthorityKind.Ndes
            ? NdesNotConfigured
            : AuthorityValues.Missing(name, authority);
    }

    /// <summary>Fleet's words for an authority's variable on a free licence.</summary>
    public static string NeedsPremium(AuthorityKind kind) => kind switch
    {
        AuthorityKind.Ndes => "NDES SCEP Proxy requires a Fleet Premium license.",
        AuthorityKind.DigiCert => "DigiCert integration requires a Fleet Premium license.",
        AuthorityKind.CustomScep => "Custom SCEP integration requires a Fleet Premium license.",
        _ => "Smallstep SCEP integration requires a Fleet Premium license.",
    };
}
