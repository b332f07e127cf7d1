using System.Text.RegularExpressions;

namespace Smallstep.Fleet.GitOps;

/// <summary>Judges <c>org_settings.certificate_authorities</c>: its shape when the client reads it, its values as the server checks them before it asks the addresses.</summary>
internal sealed partial class AuthorityJudge(RunScope scope, ParsedFile file, RunJudgement judgement)
{
    private const string Path = "org_settings.certificate_authorities";

    // In the client's order, with the key of the type that it decodes into.
    private static readonly string[] ShapeOrder = ["ndes_scep_proxy", "digicert", "custom_scep_proxy", "hydrant", "custom_est_proxy", "smallstep"];

    // In the server's order, with the name that it calls the type.
    private static readonly (string Kind, string Display)[] NameOrder =
        [("digicert", "DigiCert"), ("custom_scep_proxy", "Custom SCEP Proxy"), ("hydrant", "Hydrant"), ("custom_est_proxy", "Custom EST Proxy"), ("smallstep", "Smallstep")];

    private bool _isSound;

    /// <summary>Whether NDES authorities are a list with names; through 4.9x there is one, without a name.</summary>
    public static bool HasNdesLists(FleetVersion version) => version >= new FleetVersion(5, 0);

    /// <summary>Checks the shape, before anything of the file is sent.</summary>
    public void CheckShape()
    {
        if (Section() is { } authorities)
        {
            _isSound = authorities.Kind == GitOpsNodeKind.Mapping ? ShapeOrder.All(kind => HasShape(kind, authorities[kind])) : Shape(authorities, $"{Path} config is not a map");
        }
    }

    /// <summary>Checks the values as the server does, once the shape is sound.</summary>
    public void CheckValues()
    {
        if (!_isSound || Section() is not { } authorities)
        {
            return;
        }

        if (!scope.Run.Server.IsPremium && ShapeOrder.Any(kind => kind is not ("smallstep" or "custom_est_proxy") && authorities[kind] is { IsNull: false }))
        {
            judgement.Refuse(GitOpsStage.ClientApply, Problem(authorities, $"Couldn't edit \"{file.Path}\" at \"certificate_authorities\": Missing or invalid license. Certificate authorities are available in Fleet Premium only."));
        }
        else
        {
            Values(authorities);
        }
    }

    private GitOpsNode? Section() => file.Settings?["certificate_authorities"] is { IsNull: false } authorities ? authorities : null;

    private bool HasShape(string kind, GitOpsNode? node)
    {
        if (node is null or { IsNull: true })
        {
            return true;
        }

        if (kind == CertificateAuthorityState.Ndes && node.Kind != GitOpsNodeKind.Mapping)
        {
            return (node.Kind == GitOpsNodeKind.Sequence && HasNdesLists(scope.Run.FleetVersion)) || Shape(node, $"{Path}.{kind} config is not a map");
        }

        if (SettingsSchema.CertificateAuthorities.Fields[kind].Check(node) is not { } mismatch)
        {
            return true;
        }

        return Shape(mismatch.Node, $"{Path}.{kind} cannot be parsed: json: cannot unmarshal {mismatch.Got} into Go {mismatch.Where} of type {mismatch.Type}");
    }

    private bool Shape(GitOpsNode node, string words)
    {
        judgement.Refuse(GitOpsStage.ClientApply, Problem(node, "invalid certificate_authorities: " + words));
        return false;
    }

    private void Values(GitOpsNode authorities)
    {
        foreach ((string kind, string display) in NameOrder)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (GitOpsNode item in authorities[kind]?.Items ?? [])
            {
                string name = Field(item, "name");
                if (name.Length == 0)
                {
                    Server(item, $"certificate_authorities.{kind}: CA name cannot be empty.");
                }
                else if (!seen.Add(name))
                {
                    Server(item, $"certificate_authorities.{kind}.name: Couldn’t edit certificate authority. \"{name}\" name is already used by another {display} certificate authority. Please choose a different name and try again.");
                }
            }
        }

        GitOpsNode? ndes = authorities[CertificateAuthorityState.Ndes];
        foreach (GitOpsNode item in ndes is { Kind: GitOpsNodeKind.Mapping } ? [ndes] : ndes?.Items ?? [])
        {
            if (NdesError(item) is { } words)
            {
                Server(item, words);
            }
        }

        foreach (string kind in (string[])["digicert", "custom_scep_proxy", "hydrant", "custom_est_proxy", "smallstep"])
        {
            foreach (GitOpsNode item in authorities[kind]?.Items ?? [])
            {
                if (Field(item, "name").Length > 0 && Error(kind, item) is { } words)
                {
                    Server(item, $"certificate_authorities.{kind}: {words}");
                }
            }
        }
    }

    private static string? NdesError(GitOpsNode ndes) =>
        IsHidden(ndes, "password") ? "certificate_authorities.ndes_scep_proxy.password: NDES SCEP password cannot be empty."
        : UrlError(ndes, "NDES SCEP") is { } url ? "certificate_authorities.ndes_scep_proxy: " + url
        : null;

    private static string? Error(string kind, GitOpsNode item) => kind switch
    {
        "smallstep" => NameError(item) ?? UrlError(item, "Smallstep SCEP")
            ?? (Field(item, "username").Length == 0 ? "Smallstep username cannot be empty" : null)
            ?? (IsHidden(item, "password") ? "Smallstep password cannot be empty" : null),
        "custom_scep_proxy" => NameError(item) ?? UrlError(item, "SCEP") ?? (IsHidden(item, "challenge") ? "Custom SCEP Proxy challenge cannot be empty" : null),
        "hydrant" => NameError(item) ?? UrlError(item, "Hydrant")
            ?? (Field(item, "client_id").Length == 0 ? "Invalid Hydrant Client ID. Please correct and try again." : null)
            ?? (IsHidden(item, "client_secret") ? "Invalid Hydrant Client Secret. Please correct and try again." : null),
        "digicert" => DigiCertError(item),
        _ => NameError(item) ?? UrlError(item, "EST"),
    };

    private static string? DigiCertError(GitOpsNode item) =>
        UrlError(item, "DigiCert")
        ?? (IsHidden(item, "api_token") ? "Invalid API token. Please correct and try again." : null)
        ?? (Field(item, "profile_id").Length == 0 ? "Invalid profile GUID. Please correct and try again." : null)
        ?? NameError(item)
        ?? (Field(item, "certificate_common_name").Trim().Length == 0 ? "CA Common Name (CN) cannot be empty" : null)
        ?? (item.Texts("certificate_user_principal_names").Count > 1 ? "Currently, only one item can be added to certificate_user_principal_names." : null);

    private static string? NameError(GitOpsNode item) => Field(item, "name") switch
    {
        "NDES" => "CA name cannot be NDES",
        { Length: > CaName.MaxLength } => "CA name cannot be longer than 255 characters",
        var name when !Word().IsMatch(name) => "Invalid characters in the \"name\" field. Only letters, numbers and underscores allowed.",
        _ => null,
    };

    // Go's ParseRequestURI: an absolute path or a scheme, no blanks and no control characters.
    private static string? UrlError(GitOpsNode item, string kind)
    {
        string url = Field(item, "url");
        Match scheme = Scheme().Match(url);
        bool parses = (scheme.Success || url.StartsWith('/')) && !url.Any(c => c <= ' ' || c == 0x7f);
        return !parses ? $"Invalid {kind} URL. Please correct and try again."
            : scheme.Success && scheme.Groups[1].Value.ToLowerInvariant() is "http" or "https" ? null
            : $"{kind} URL scheme must be https or http";
    }

    private static bool IsHidden(GitOpsNode item, string key) => Field(item, key) is "" or MaskedValue;

    private static string Field(GitOpsNode item, string key) => item[key]?.AsText() ?? "";

    private void Server(GitOpsNode node, string words)
    {
        GitOpsNode at = IsMasked(node) is { } masked ? masked : node;
        FindingRule rule = ReferenceEquals(at, node) ? GitOpsRules.CertificateAuthority : GitOpsRules.MaskedSecret;
        judgement.Refuse(GitOpsStage.Server, new GitOpsProblem(rule, words, at.File, at.Line, at.Column), "applying certificate authorities: " + words);
    }

    private static GitOpsNode? IsMasked(GitOpsNode node) => node.Effective().FirstOrDefault(entry => entry.Value.AsText() == MaskedValue)?.Value;

    private GitOpsProblem Problem(GitOpsNode node, string words) => new(GitOpsRules.CertificateAuthority, words, node.File, node.Line, node.Column);

    /// <summary>What a server shows instead of a secret.</summary>
    public const string MaskedValue = "********";

    [GeneratedRegex("^[0-9A-Za-z_]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]*):", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
