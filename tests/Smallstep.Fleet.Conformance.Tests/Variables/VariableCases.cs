using System.Text.Json;

namespace Smallstep.Fleet.Conformance.Tests.Variables;

/// <summary>The table <c>variables.json</c>, and <c>variables-more.json</c> beside it: our own cases for every rule of the contract.</summary>
internal static class VariableCases
{
    private static readonly IReadOnlyDictionary<string, JsonElement> All = Load();

    public static IEnumerable<string> Operations => All.Values.Select(testCase => testCase.GetProperty("op").GetString()!).Distinct(StringComparer.Ordinal);

    public static JsonElement Get(string id) => All[id];

    public static IReadOnlyList<string> IdsOf(params string[] operations) =>
        [.. All.Where(entry => operations.Contains(entry.Value.GetProperty("op").GetString())).Select(entry => entry.Key)];

    private static Dictionary<string, JsonElement> Load()
    {
        var cases = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (string path in new[] { "variables.json", "variables-more.json" }.Select(table => CaseFolder.Find(table)).OfType<string>())
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                cases.Add(element.GetProperty("id").GetString()!, element.Clone());
            }
        }

        return cases;
    }
}
