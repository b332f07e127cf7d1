namespace Smallstep.Fleet.Api.Tests;

/// <summary>The examples of docs/fleet-api/organization.md, compiled; <see cref="DocsTests"/> holds both together.</summary>
internal static class OrganizationExamples
{
    public static async Task VitalsAsync(FleetClient fleet)
    {
        CustomHostVital tag = await fleet.CustomHostVitals.CreateAsync("Asset tag");
        await fleet.CustomHostVitals.SetValueAsync(208, tag.Id, "LEASE-17");
        Label leased = await fleet.Labels.CreateAsync(new LabelRequest
        {
            Name = "Leased",
            Criteria = new LabelCriteria { Vital = "custom_host_vital", CustomHostVitalId = tag.Id, Value = "LEASE-17" },
        });
        _ = leased;
    }

    public static async Task GraphAsync(FleetClient fleet, string tenantId, string clientId, Secret clientSecret)
    {
        await fleet.MicrosoftGraph.ReplaceCredentialsAsync([new MicrosoftGraphCredentialRequest(tenantId, clientId) { ClientSecret = clientSecret }]);
        IReadOnlyList<MicrosoftGraphCredential> credentials = await fleet.MicrosoftGraph.ListCredentialsAsync();
        _ = credentials;
    }
}
