using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Api.Tests;

public sealed partial class SocketTests
{
    [Fact]
    public async Task CustomHostVitals_OverASocket_Agree()
    {
        CustomHostVital made = await Fleet.CustomHostVitals.CreateAsync("Asset tag");
        made.Should().Match<CustomHostVital>(vital => vital.Id > 0 && vital.Name == "Asset tag" && vital.CreatedAt == null);
        (await Fleet.CustomHostVitals.RenameAsync(made.Id, "Lease")).Name.Should().Be("Lease");
        (await Fleet.CustomHostVitals.ListAsync()).Should().ContainSingle().Which.Should().Match<CustomHostVital>(vital => vital.Id == made.Id && vital.Name == "Lease" && vital.CreatedAt != null);
        (await Fleet.Hosts.GetAsync(Mac)).CustomHostVitals.Should().BeEmpty();
        await Fleet.CustomHostVitals.SetValueAsync(Mac, made.Id, "LEASE-1");
        (await Fleet.Hosts.GetAsync(Mac)).CustomHostVitals.Should().ContainSingle().Which.Should().Match<HostVitalValue>(value => value.CustomHostVitalId == made.Id && value.Name == "Lease" && value.Value == "LEASE-1");

        Label label = await Fleet.Labels.CreateAsync(new() { Name = "Leased", Criteria = new() { Vital = "custom_host_vital", Value = "LEASE-1", CustomHostVitalId = made.Id } });
        (await Fleet.Labels.GetAsync(label.Id)).Criteria!.CustomHostVitalId.Should().Be(made.Id);
        (await Fleet.Invoking(c => c.CustomHostVitals.DeleteAsync(made.Id)).Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("is used by the \"Leased\" label");
        await Fleet.Labels.DeleteAsync(label.Id);
        await Fleet.CustomHostVitals.ApplySpecAsync(["Floor"], dryRun: true);
        await Fleet.CustomHostVitals.ApplySpecAsync(["Floor"]);
        CustomHostVital floor = (await Fleet.CustomHostVitals.ListAsync()).Should().ContainSingle().Subject;
        floor.Name.Should().Be("Floor");
        await Fleet.CustomHostVitals.DeleteAsync(floor.Id);
    }

    [Fact]
    public async Task MicrosoftGraph_OverASocket_Agrees()
    {
        const string Tenant = "11111111-2222-3333-4444-555555555555";
        var request = new MicrosoftGraphCredentialRequest(Tenant.ToUpperInvariant(), "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee") { ClientSecret = new Secret("graph #1") };
        await Fleet.MicrosoftGraph.ReplaceCredentialsAsync([request], dryRun: true);
        (await Fleet.MicrosoftGraph.ListCredentialsAsync()).Should().BeEmpty();
        await Fleet.MicrosoftGraph.ReplaceCredentialsAsync([request]);
        await Fleet.MicrosoftGraph.ReplaceCredentialsAsync([request with { ClientSecret = null }]);
        (await Fleet.MicrosoftGraph.ListCredentialsAsync()).Should().ContainSingle().Which.Should().Match<MicrosoftGraphCredential>(one => one.TenantId == Tenant && one.ClientId == "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee" && !one.CredentialInvalid && one.LastSyncedAt == null);

        FleetApiException refused = (await Fleet.Invoking(c => c.MicrosoftGraph.ReplaceCredentialsAsync([new(Tenant, Tenant)])).Should().ThrowAsync<FleetApiException>()).Which;
        refused.Message.Should().Contain("client_secret must be provided");
        await Fleet.MicrosoftGraph.ReplaceCredentialsAsync([]);
    }
}
