using System.Text.Json;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Tests.Planning;

public sealed class SettingsComparisonTests
{
    [Fact]
    public void Compare_RemovedMember_ShowsNoTextThatMayHaveBeenASecret()
    {
        IReadOnlyList<FieldChange> fields = Compare("{}", """{"config":{"key":"canary-secret","interval":10}}""", isExact: true);
        IReadOnlyList<FieldChange> inside = Compare("""{"config":{}}""", """{"config":{"key":"canary-secret","interval":10}}""", isExact: true);

        fields.Should().Equal(new FieldChange("config", SettingsComparison.Hidden, null));
        inside.Should().Equal(new FieldChange("config.key", SettingsComparison.Hidden, null), new FieldChange("config.interval", "10", null));
    }

    [Fact]
    public void Compare_ListWithItemsFromTheEnvironment_ShowsNumbersOnBothSides()
    {
        var secrets = new Dictionary<string, SecretValue> { ["keys[0]"] = new(new Secret("\"new-secret\""), "KEY") };

        Compare("""{"keys":["********"]}""", """{"keys":["canary-secret"]}""", isExact: true, secrets)
            .Should().Equal(new FieldChange("keys", "1 entry", "1 entry"));
    }

    private static IReadOnlyList<FieldChange> Compare(string desired, string observed, bool isExact, IReadOnlyDictionary<string, SecretValue>? secrets = null)
    {
        var wanted = new SettingsState(SettingsScope.AgentOptions, JsonElement.Parse(desired)) { Secrets = secrets ?? new Dictionary<string, SecretValue>() };
        var there = new SettingsState(SettingsScope.AgentOptions, JsonElement.Parse(observed));
        var comparison = new SettingsComparison(wanted, there, isExact);
        comparison.Compare(wanted.Values, "", there.Values, "");
        return comparison.Fields;
    }
}
