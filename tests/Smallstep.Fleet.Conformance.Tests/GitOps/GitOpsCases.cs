using System.Text.Json;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Conformance.Tests.GitOps;

/// <summary>The tables <c>gitops/cases.json</c> and <c>gitops-more/cases.json</c>, which goes on where the first leaves off, and their folders.</summary>
internal static class GitOpsCases
{
    private static readonly Dictionary<string, (string Table, JsonElement Case)> All = Load("gitops", "gitops-more");

    public static IReadOnlyList<string> Ids => [.. All.Keys];

    public static JsonElement Get(string id) => All[id].Case;

    /// <summary>The case's folder, read for one release.</summary>
    public static FleetRepository Repository(string id, FleetVersion version)
    {
        (string table, JsonElement testCase) = All[id];
        JsonElement server = Member(testCase, "server");
        JsonElement exceptions = Member(server, "exceptions");
        var run = new GitOpsRun
        {
            Arguments = Texts(testCase.GetProperty("args")),
            Environment = Members(testCase, "env").ToDictionary(variable => variable.Name, variable => variable.Value.ValueKind == JsonValueKind.String ? variable.Value.GetString()! : variable.Value.GetRawText()),
            FleetVersion = version,
            Server = new ServerFacts
            {
                IsPremium = Member(server, "license") is not { ValueKind: JsonValueKind.String } license || license.GetString() == "premium",
                Labels = Texts(Member(server, "server_labels")),
                Exceptions = new GitOpsExceptions(Flag(exceptions, "labels"), Flag(exceptions, "secrets"), Flag(exceptions, "software")),
            },
        };
        string folder = CaseFolder.Find(table, testCase.GetProperty("dir").GetString()!)!;
        return FleetRepository.Load(new FolderFiles(folder), run);
    }

    /// <summary>The texts of a list; one text counts as a list of one, and nothing as none.</summary>
    public static IReadOnlyList<string> Texts(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Array => [.. list.EnumerateArray().Select(item => item.GetString()!)],
        JsonValueKind.String => [list.GetString()!],
        _ => [],
    };

    /// <summary>A member that a case may leave out.</summary>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>The members of an object that a case may leave out.</summary>
    public static IEnumerable<JsonProperty> Members(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.Object } value ? value.EnumerateObject() : [];

    private static bool Flag(JsonElement element, string name) => Member(element, name).ValueKind == JsonValueKind.True;

    private static Dictionary<string, (string Table, JsonElement Case)> Load(params string[] tables)
    {
        var cases = new Dictionary<string, (string, JsonElement)>(StringComparer.Ordinal);
        foreach (string table in tables)
        {
            if (CaseFolder.Find(table, "cases.json") is { } path)
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
                foreach (JsonElement element in document.RootElement.GetProperty("cases").EnumerateArray())
                {
                    cases.Add(element.GetProperty("id").GetString()!, (table, element.Clone()));
                }
            }
        }

        return cases;
    }
}
