namespace Smallstep.Fleet.GitOps;

/// <summary>Reads the lists of the global file that hold the same for the whole organization. An absent key is an empty list, as fleetctl takes it; releases that do not know a key leave the list alone.</summary>
internal static class OrganizationLists
{
    public static IReadOnlyList<CustomHostVitalState>? CustomHostVitals(RunScope scope, ParsedFile global) => scope.Capabilities.CustomHostVitals
        ? [.. Items(global.Root["custom_host_vitals"]).Select(vital => new CustomHostVitalState(Text(vital, "name"))).Where(vital => vital.Name.Length > 0).DistinctBy(vital => vital.Name)]
        : null;

    public static IReadOnlyList<MicrosoftGraphCredentialState>? MicrosoftGraphCredentials(RunScope scope, ParsedFile global) => scope.Capabilities.MicrosoftGraphCredentials
        ? [.. Items(global.Settings?["microsoft_graph_credentials"]).Select(credential => new MicrosoftGraphCredentialState(Id(credential, "tenant_id"), Id(credential, "client_id")) { ClientSecret = Secret(scope, credential["client_secret"]) })]
        : null;

    private static IEnumerable<GitOpsNode> Items(GitOpsNode? list) => (list?.Items ?? []).Where(item => item.Kind == GitOpsNodeKind.Mapping);

    private static SecretValue Secret(RunScope scope, GitOpsNode? node)
    {
        InsertedValue? inserted = node is null ? null : scope.InsertedAt(node);
        bool isUnknown = inserted is { Value: null } || node?.AsText() is null or "" or SettingsState.Masked;
        return new SecretValue(isUnknown ? null : new Secret(node!.Text), inserted?.Name);
    }

    // Fleet compares ids without regard to case, and keeps them in lower case.
    private static string Id(GitOpsNode node, string key) => Text(node, key).Trim().ToLowerInvariant();

    private static string Text(GitOpsNode node, string key) => node[key]?.AsText() ?? "";
}
