using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.GitOps;

/// <summary>Whether authorities and the variables of profiles agree, and whether secrets are in the repository.</summary>
internal sealed class AuthorityFindings
{
    private static readonly (string Prefix, string Kind)[] Families =
    [
        ("SMALLSTEP_SCEP_CHALLENGE_", "smallstep"), ("SMALLSTEP_SCEP_PROXY_URL_", "smallstep"),
        ("CUSTOM_SCEP_CHALLENGE_", "custom_scep_proxy"), ("CUSTOM_SCEP_PROXY_URL_", "custom_scep_proxy"),
        ("DIGICERT_DATA_", "digicert"), ("DIGICERT_PASSWORD_", "digicert"),
    ];

    private static readonly string[] SecretFields = ["password", "challenge", "api_token", "client_secret"];
    private readonly RunScope _scope;
    private readonly IReadOnlyList<ParsedFile> _files;
    private readonly GitOpsNode? _authorities;
    private readonly GitOpsNode? _graph;
    private readonly bool _isDeclared;

    public AuthorityFindings(RunScope scope, IReadOnlyList<ParsedFile> files)
    {
        _scope = scope;
        _files = files;
        ParsedFile? global = files.FirstOrDefault(file => file.Name is null && file.Settings is not null);
        _isDeclared = global is not null;
        _authorities = global?.Settings?["certificate_authorities"];
        _graph = global?.Settings?["microsoft_graph_credentials"];
        Names = new CertificateAuthorityNames
        {
            Smallstep = [.. NamesOf("smallstep")],
            CustomScep = [.. NamesOf("custom_scep_proxy")],
            DigiCert = [.. NamesOf("digicert")],
            Ndes = _authorities?["ndes_scep_proxy"] is { IsNull: false },
        };
    }

    /// <summary>The authorities that the run declares.</summary>
    public CertificateAuthorityNames Names { get; }

    /// <summary>Whether the run has the global file, without which authorities stay as they are.</summary>
    public bool AreDeclared => _isDeclared;

    public IEnumerable<Finding> Find() => Secrets().Concat(_isDeclared ? Variables() : []);

    private IEnumerable<Finding> Secrets()
    {
        IEnumerable<GitOpsNode> items = (_authorities?.Effective() ?? [])
            .SelectMany(kind => kind.Value.Kind == GitOpsNodeKind.Sequence ? kind.Value.Items : [kind.Value]).Concat(_graph?.Items ?? []);
        IEnumerable<(string Key, GitOpsNode Node)> secrets = items.SelectMany(item => SecretFields.Where(item.Has).Select(key => (key, item[key]!)))
            .Concat(_files.SelectMany(file => file.EnrollSecrets).Select(secret => ("secret", secret.Node["secret"]!)));
        foreach ((string key, GitOpsNode node) in secrets.Where(secret => secret.Node.Text.Length > 0 && _scope.InsertedAt(secret.Node) is null))
        {
            yield return node.Text == AuthorityJudge.MaskedValue
                ? GitOpsRules.MaskedSecret.At($"{key} is masked.", node.File, node.Line, node.Column)
                : GitOpsRules.SecretInClear.At($"{key} stands in the repository.", node.File, node.Line, node.Column);
        }
    }

    private IEnumerable<Finding> Variables()
    {
        var used = new HashSet<(string Kind, string Name)>();
        ParsedProfile[] profiles = [.. _files.SelectMany(file => file.Profiles.Values).SelectMany(list => list)];
        foreach (string path in profiles.Select(profile => profile.Path).Distinct())
        {
            string text = _scope.Text(path) ?? "";
            foreach (string variable in VariableFinder.Find(text))
            {
                (string prefix, string kind) = Families.FirstOrDefault(family => variable.StartsWith(family.Prefix, StringComparison.Ordinal));
                if (prefix is null)
                {
                    continue;
                }

                string name = variable[prefix.Length..];
                used.Add((kind, name));
                if (!NamesOf(kind).Contains(name))
                {
                    string before = text[..Math.Max(0, text.IndexOf(variable, StringComparison.Ordinal))];
                    int line = before.Count(c => c == '\n') + 1;
                    yield return GitOpsRules.MissingAuthority.At($"$FLEET_VAR_{variable} names the {kind} authority {name}, which the repository does not declare.", path, line, before.Length - before.LastIndexOf('\n'));
                }
            }
        }

        GitOpsNode[] certificates = [.. _files.SelectMany(AndroidCertificates.In).Where(certificate => certificate["certificate_authority_name"]?.AsText() is { Length: > 0 })];
        foreach (GitOpsNode certificate in certificates)
        {
            string name = certificate["certificate_authority_name"]!.Text;
            used.Add((CertificateAuthorityState.CustomScep, name));
            if (!NamesOf(CertificateAuthorityState.CustomScep).Contains(name))
            {
                yield return GitOpsRules.MissingAuthority.At($"The Android certificate names the custom_scep_proxy authority {name}, which the repository does not declare.", certificate.File, certificate.Line, certificate.Column);
            }
        }

        foreach ((string kind, GitOpsNode item) in profiles.Length + certificates.Length == 0 ? [] : Named().Where(ca => !used.Contains((ca.Kind, ca.Item["name"]!.Text))))
        {
            yield return GitOpsRules.UnusedAuthority.At($"No profile uses the {kind} authority {item["name"]!.Text}.", item.File, item.Line, item.Column);
        }
    }

    private IEnumerable<string> NamesOf(string kind) => (_authorities?[kind]?.Items ?? []).Select(item => item["name"]?.AsText() ?? "").Where(name => name.Length > 0);

    private IEnumerable<(string Kind, GitOpsNode Item)> Named() =>
        ((string[])["smallstep", "custom_scep_proxy", "digicert"]).SelectMany(kind => (_authorities?[kind]?.Items ?? []).Where(item => item["name"]?.AsText() is not null).Select(item => (kind, item)));
}
