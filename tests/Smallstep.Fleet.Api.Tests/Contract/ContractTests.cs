using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Every endpoint: verb, exact encoded path and query, headers and body bytes.</summary>
public sealed class ContractTests
{
    private static readonly Dictionary<string, ContractCase> Cases = ContractTable.All().ToDictionary(item => item.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_Endpoint_SendsExactly(string name)
    {
        ContractCase contract = Cases[name];
        using var fleet = new FleetFixture();
        fleet.On(contract.Method, contract.Path, contract.Answer, contract.Status);

        await contract.Call(fleet.Client);

        Sent sent = fleet.Requests.Should().ContainSingle().Subject;
        sent.Authorization.Should().Be(name == "login" ? null : "Bearer " + FleetFixture.Token);
        sent.Headers["Accept"].Should().Be("application/json");
        sent.Body.Should().Be(contract.Body ?? "");
        sent.ContentType.Should().Be(contract.Body is null ? null : "application/json");
    }

    [Theory]
    [InlineData("team_id", "fleet_id")]
    [InlineData("team_name", "fleet_name")]
    public void Requests_All_UseOldNamesOnly(string old, string renamed)
    {
        // Endpoints that came later than the new names know no others.
        foreach (ContractCase contract in Cases.Values.Where(contract => !contract.Path.StartsWith("assets", StringComparison.Ordinal)))
        {
            $"{contract.Path} {contract.Body}".Should().NotContain($"\"{renamed}\"", $"{old} is the name that every release takes ({contract.Name})")
                .And.NotContain($"{renamed}=").And.NotContain("fleets/").And.NotContain("reports/");
        }
    }

    [Fact]
    public void Bodies_All_AreJson() =>
        Cases.Values.Where(item => item.Body is not null).Should().AllSatisfy(item => JsonDocument.Parse(item.Body!).Dispose());
}
