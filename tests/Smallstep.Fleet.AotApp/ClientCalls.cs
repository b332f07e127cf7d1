using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Smallstep.Fleet;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Platform;

/// <summary>One call of every area of both clients: what reflection would have to serve shows here.</summary>
internal static class ClientCalls
{
    public static async Task<int> MakeAsync(FleetClient fleet, SmallstepClient smallstep, CancellationToken cancellationToken)
    {
        int calls = 0;
        void Require(bool condition, string what)
        {
            calls++;
            _ = condition ? true : throw new InvalidOperationException($"Under Native AOT this call fails: {what}");
        }

        CurrentUser me = await fleet.Sessions.GetMeAsync(cancellationToken);
        Require(me.User.GlobalRole == FleetRole.Admin, "Sessions");
        CreatedUser user = await fleet.Users.CreateApiOnlyAsync(new ApiUserRequest { Name = "aot", GlobalRole = FleetRole.Observer }, cancellationToken);
        Require(user.Token is not null, "Users");
        Require((await fleet.Configuration.PatchAsync(new JsonObject { ["gitops"] = new JsonObject { ["repository_url"] = "https://git.example" } }, cancellationToken: cancellationToken)).GitOps.RepositoryUrl.Length > 0, "Configuration");
        HostSummary host = await FirstAsync(fleet.Hosts.ListSummariesAsync(cancellationToken: cancellationToken));
        Require((await fleet.Hosts.GetAsync(host.Id, cancellationToken: cancellationToken)).Labels.Count > 0, "Hosts");
        Require((await FirstAsync(fleet.Hosts.ListAsync(new HostQuery { PopulateLabels = true }, cancellationToken: cancellationToken))).Id == host.Id, "Hosts, whole");
        Team team = await fleet.Teams.CreateAsync("Aot", cancellationToken: cancellationToken);
        Require(team.Id > 0, "Teams");
        Require((await fleet.Teams.SetAgentOptionsAsync(team.Id, new JsonObject { ["config"] = new JsonObject() }, cancellationToken: cancellationToken)).Id == team.Id, "Teams, agent options");
        Require((await fleet.Teams.GetDocumentAsync(team.Id, cancellationToken)).TryGetProperty("mdm", out _) && (await fleet.Configuration.GetDocumentAsync(cancellationToken)).TryGetProperty("mdm", out _), "documents");
        Require((await fleet.Spec.ListEnrollSecretsAsync(cancellationToken)).Count >= 0, "Spec, enrol secrets");
        Require((await fleet.Labels.CreateAsync(new LabelRequest { Name = "Aot", HostIds = [host.Id] }, cancellationToken)).HostCount == 1, "Labels");
        Require((await fleet.CertificateAuthorities.GetSpecAsync(cancellationToken: cancellationToken)).Authorities.Count > 0, "CertificateAuthorities");
        Require((await fleet.Profiles.ListAsync(cancellationToken: cancellationToken)).Count > 0, "Profiles");
        Require((await FirstAsync(fleet.Software.ListTitlesAsync(0, cancellationToken))).Id > 0, "Software");
        MaintainedApp maintained = (await fleet.Apps.ListMaintainedAppsAsync(team.Id, cancellationToken))[0];
        long app = await fleet.Apps.AddMaintainedAppAsync(new MaintainedAppRequest { MaintainedAppId = maintained.Id, TeamId = team.Id }, cancellationToken);
        Require((await fleet.Software.GetTitleAsync(app, team.Id, cancellationToken)).SoftwarePackage?.FleetMaintainedAppId == maintained.Id, "Apps");
        await fleet.SetupExperience.SetSoftwareAsync(team.Id, "macos", [app], cancellationToken);
        Require((await fleet.SetupExperience.ListSoftwareAsync(team.Id, "macos", cancellationToken))[0].SoftwarePackage?.InstallDuringSetup == true, "SetupExperience");
        Require((await fleet.CertificateTemplates.ListAsync(team.Id, cancellationToken)).Count == 0, "CertificateTemplates");
        Require(await fleet.Scripts.UploadAsync(new ScriptUpload("aot.sh", "#!/bin/sh\n", team.Id), cancellationToken) > 0, "Scripts");
        Require((await fleet.Variables.CreateAsync("AOT", new Secret("v"), cancellationToken)).Id > 0, "Variables");
        MdmCommand command = await fleet.Commands.RunAsync([host.Uuid], "<plist/>"u8.ToArray(), cancellationToken);
        Require(command.CommandUuid.Length > 0, "Commands");
        Report report = await fleet.Reports.CreateAsync(new ReportRequest { Name = "Aot", Sql = "SELECT 1;" }, cancellationToken);
        Require(!(await fleet.Reports.GetResultsAsync(report.Id, cancellationToken: cancellationToken)).IsClipped, "Reports");
        Policy policy = await fleet.Policies.CreateAsync(new PolicyRequest { Name = "Aot", Sql = "SELECT 1;", TeamId = team.Id }, cancellationToken);
        Require((await fleet.Policies.ListAsync(team.Id, cancellationToken: cancellationToken))[0].Id == policy.Id, "Policies");
        Require((await FirstAsync(fleet.Activities.ListAsync(cancellationToken: cancellationToken))).Type.Length > 0, "Activities");
        Require((await fleet.Spec.ApplyTeamsAsync(new JsonArray(new JsonObject { ["name"] = "Aot" }), cancellationToken: cancellationToken)).ContainsKey("Aot"), "Spec");
        Require((await fleet.SendAsync(HttpMethod.Get, "version", AotContext.Default.JsonElement, cancellationToken: cancellationToken)).TryGetProperty("version", out _), "SendAsync");
        FleetApiException missing = await FailureAsync(() => fleet.Hosts.GetAsync(999_999, cancellationToken: cancellationToken));
        Require(missing.IsNotFound && missing.Reasons.Count == 1, "errors");

        Device device = await smallstep.Devices.EnsureAsync(new DeviceRequest { PermanentIdentifier = "aot-1", Tags = ["fleet"], Metadata = new Dictionary<string, string> { ["a"] = "b" } }, cancellationToken);
        Require((await smallstep.Devices.PatchAsync(DeviceId.Parse(device.Id), new DevicePatch { Tags = null, DisplayName = "Aot" }, cancellationToken)).DisplayName == "Aot", "Devices");
        Require((await smallstep.EnrollmentPolicy.EnsureAutoApproveAsync(DeviceSource.Fleet, dryRun: true, cancellationToken)) is not null, "EnrollmentPolicy");
        Authority authority = (await smallstep.Authorities.ListAsync(cancellationToken))[0];
        Require(authority.Domain.Length > 0, "Authorities");
        Require((await FirstAsync(smallstep.Certificates.ListAsync(cancellationToken: cancellationToken))).SerialNumber.Length > 0, "Certificates");
        return calls;
    }

    private static async Task<T> FirstAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (T item in items)
        {
            return item;
        }

        throw new InvalidOperationException($"Under Native AOT a list of {typeof(T).Name} is empty.");
    }

    private static async Task<FleetApiException> FailureAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (FleetApiException exception)
        {
            return exception;
        }

        throw new InvalidOperationException("Under Native AOT a call that must fail did not.");
    }
}

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AotContext : JsonSerializerContext;
