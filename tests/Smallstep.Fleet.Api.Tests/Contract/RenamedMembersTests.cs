using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Every sample under the old names alone, as releases before 4.82 send it, reads like the same under the new names alone.</summary>
public sealed class RenamedMembersTests
{
    private static readonly (string Old, string New)[] Names =
    [
        ("team_id", "fleet_id"), ("team_name", "fleet_name"), ("team", "fleet"), ("teams", "fleets"), ("available_teams", "available_fleets"),
        ("query", "report"), ("queries", "reports"), ("query_id", "report_id"), ("query_report_cap", "report_cap"), ("query_reports_disabled", "discard_reports_data"),
    ];

    public static TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            foreach (int row in Enumerable.Range(0, SampleTable.All.Count).Where(row => SampleTable.All[row].Typed is not null))
            {
                JsonNode sample = SampleFile.Of(SampleTable.All[row].Endpoint);
                if (!JsonNode.DeepEquals(Renamed(sample, toNew: false), Renamed(sample, toNew: true)))
                {
                    rows.Add(row, SampleTable.All[row].Endpoint);
                }
            }

            return rows;
        }
    }

    [Fact]
    public void Samples_WithRenamedMembers_AreMany() => Rows.Count.Should().BeGreaterThan(15);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Sample_UnderEitherNames_ReadsTheSame(int row, string endpoint)
    {
        JsonObject sample = SampleFile.Of(endpoint);

        object? old = await ReadAsync(SampleTable.All[row], Renamed(sample, toNew: false)!);
        object? renamed = await ReadAsync(SampleTable.All[row], Renamed(sample, toNew: true)!);

        renamed.Should().BeEquivalentTo(old, options => options.RespectingRuntimeTypes().WithStrictOrdering()
            .Excluding(member => member.Name == nameof(FleetObject.Unknown) || member.Type == typeof(JsonElement) || member.Type == typeof(JsonElement?)));
    }

    private static async Task<object?> ReadAsync(SampleRow row, JsonNode sample)
    {
        using var fleet = new FleetFixture(row.Endpoint == "GET /version" ? null : "4.95.0");
        fleet.On(row.Endpoint.Split(' ')[0], row.Path, sample.ToJsonString());
        return await row.Typed!(fleet.Client);
    }

    /// <summary>The sample with each renamed member under one of its names; "query" stays where it is SQL.</summary>
    private static JsonNode? Renamed(JsonNode? node, bool toNew)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Renamed(item, toNew))]);
            case JsonObject members:
                var copy = new JsonObject();
                foreach ((string name, JsonNode? value) in members)
                {
                    (string Old, string New) pair = Names.FirstOrDefault(pair => (name == pair.Old && (name != "query" || value is JsonObject)) || (name == pair.New && members.ContainsKey(pair.Old)));
                    string target = pair.Old is null ? name : toNew ? pair.New : pair.Old;
                    if (!copy.ContainsKey(target))
                    {
                        copy[target] = Renamed(value, toNew);
                    }
                }

                return copy;
            default:
                return node?.DeepClone();
        }
    }
}
