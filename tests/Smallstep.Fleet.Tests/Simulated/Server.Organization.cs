using System.Text;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>What holds for the whole organization, in the releases that have it: custom host vitals with what uses them, and the credential for Microsoft Graph.</summary>
internal static partial class Server
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Registration = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    public static async Task OrganizationAsync(World world, FleetClient fleet)
    {
        if (world.Fleet.Version.Capabilities.CustomHostVitals)
        {
            CustomHostVital tag = await fleet.CustomHostVitals.CreateAsync("Asset tag: $5");
            await fleet.CustomHostVitals.CreateAsync("Floor");
            await fleet.Labels.CreateAsync(new LabelRequest { Name = "Leased", Criteria = new LabelCriteria { Vital = "custom_host_vital", Value = "LEASE-1", CustomHostVitalId = tag.Id } });
            await fleet.Scripts.UploadAsync(new ScriptUpload("tag.sh", $"#!/bin/sh\necho $FLEET_HOST_VITAL_{tag.Id}\n"));
            string xml = Xml.Replace("<Data>1</Data>", $"<Data>${{FLEET_HOST_VITAL_{tag.Id}}}</Data>", StringComparison.Ordinal);
            await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "tag.xml", Contents = Encoding.UTF8.GetBytes(xml) });
        }

        if (world.Fleet.Version.Capabilities.MicrosoftGraphCredentials)
        {
            await fleet.MicrosoftGraph.ReplaceCredentialsAsync([new MicrosoftGraphCredentialRequest(Tenant, Registration) { ClientSecret = new Secret("graph #1") }]);
        }
    }
}
