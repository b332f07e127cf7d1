using System.Text;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>A Fleet that holds every kind of object that a repository can declare here.</summary>
internal static partial class Server
{
    public const string Mobileconfig = """
        <?xml version="1.0" encoding="UTF-8"?>
        <plist version="1.0">
        <dict>
          <key>PayloadContent</key>
          <array>
            <dict>
              <key>PayloadType</key><string>com.apple.MCX</string>
              <key>PayloadIdentifier</key><string>com.example.mcx</string>
              <key>PayloadUUID</key><string>5B2A1B2C-8A55-4B1E-9D0A-2C6C0D3B7A11</string>
              <key>PayloadVersion</key><integer>1</integer>
              <key>Owner</key><string>$FLEET_VAR_HOST_HARDWARE_SERIAL costs $5</string>
            </dict>
          </array>
          <key>PayloadDisplayName</key><string>Acme base</string>
          <key>PayloadIdentifier</key><string>com.example.base</string>
          <key>PayloadType</key><string>Configuration</string>
          <key>PayloadUUID</key><string>0E6D1B3E-8A55-4B1E-9D0A-2C6C0D3B7A11</string>
          <key>PayloadVersion</key><integer>1</integer>
        </dict>
        </plist>
        """;

    public const string Xml = """
        <Replace>
          <Item>
            <Meta><Format xmlns="syncml:metinf">int</Format></Meta>
            <Target><LocURI>./Device/Vendor/MSFT/Policy/Config/System/AllowTelemetry</LocURI></Target>
            <Data>1</Data>
          </Item>
        </Replace>
        """;

    public const string Declaration = """{"Type": "com.apple.configuration.passcode.settings", "Identifier": "com.example.passcode", "Payload": {"RequirePasscode": true}}""";

    /// <summary>Fills a server: every authority, label, report, profile, script and package.</summary>
    public static async Task FillAsync(World world)
    {
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        world.AddDevices(VirtualDevice.Linux("LNX1", world.Smallstep), VirtualDevice.MacOS("MAC1"));
        await AuthoritiesAsync(world, fleet);
        FleetIntegration integration = world.Integrate(world.Spec());
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        long team = (await fleet.Teams.FindAsync(World.Team))!.Id;
        await LabelsAsync(fleet, team);
        await fleet.Reports.CreateAsync(new ReportRequest { Name = "Disks: all", Sql = "SELECT * FROM disk_info WHERE name LIKE '%$%';", Description = "What's in there: \"all\"", Interval = 600, Logging = "differential", LabelsIncludeAny = ["Canaries"] });
        await fleet.Reports.CreateAsync(new ReportRequest { Name = "Users", Sql = "SELECT 1\nFROM users;\n", Platform = "darwin,linux", TeamId = team, DiscardData = true, AutomationsEnabled = true, ObserverCanRun = true });
        foreach (long? owner in (long?[])[team, null])
        {
            await AppsAsync(world, fleet, owner);
            await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "base.mobileconfig", Contents = Encoding.UTF8.GetBytes(Mobileconfig), TeamId = owner, LabelsExcludeAny = owner is null ? [] : ["Canaries"] });
            await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "telemetry.xml", Contents = Encoding.UTF8.GetBytes(Xml), TeamId = owner });
            await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "passcode.json", Contents = Encoding.UTF8.GetBytes(Declaration), TeamId = owner });
            await DeclarationsAsync(world, fleet, owner);
            await fleet.Scripts.UploadAsync(new ScriptUpload("setup.sh", "#!/bin/sh\necho $HOME ${TEAM} \\$5\n", owner));
            await fleet.Scripts.UploadAsync(new ScriptUpload("setup.ps1", "Write-Output '$x'\r\n", owner));
        }

        await OrganizationAsync(world, fleet);
        await PoliciesAsync(fleet, team);
        await SettingsAsync(fleet, team);
        await FilesAsync(fleet);
        await SetUpFilesAsync(fleet, team);
        await NoteBootstrapPackageAsync(fleet, team);
    }

    /// <summary>A policy of every scope; those of the fleet name what the fleet holds.</summary>
    public static async Task PoliciesAsync(FleetClient fleet, long team)
    {
        bool resends = (await fleet.GetVersionAsync()).Minor >= 92;
        long? title = (await fleet.Software.ListTitlesAsync(new SoftwareTitleQuery { TeamId = team, PackagesOnly = true }).ToListAsync()).First(one => one.SoftwarePackage!.Name.Contains("step-agent")).Id;
        long script = (await fleet.Scripts.ListAsync(team)).Single(one => one.Name == "setup.sh").Id;
        string profile = (await fleet.Profiles.ListAsync(team)).Single(one => one.Name == "Acme base").ProfileUuid;
        Policy global = await fleet.Policies.CreateAsync(new PolicyRequest { Name = "Disk: encrypted?", Sql = "SELECT 1 FROM disk_encryption\nWHERE encrypted = 1;\n", Description = "Costs $5 # or so", Resolution = "Turn it on:\n\n  Settings", Platform = "windows,darwin", Critical = true, LabelsExcludeAny = ["Nobody"] });
        await fleet.Policies.CreateAsync(new PolicyRequest { Name = "Quiet", Sql = "SELECT 1;", LabelsExcludeAll = ["Canaries", "Nobody"] });
        Policy loud = await fleet.Policies.CreateAsync(new PolicyRequest
        {
            Name = "Agent",
            Sql = "SELECT 1;",
            TeamId = team,
            Platform = "darwin",
            CalendarEventsEnabled = true,
            ConditionalAccessEnabled = true,
            ContinuousAutomationsEnabled = true,
            SoftwareTitleId = title,
            ScriptId = script,
            ProfileUuid = resends ? profile : null,
            LabelsIncludeAll = ["Canaries"],
        });
        await fleet.Policies.CreateAsync(new PolicyRequest { Name = "Quiet", Sql = "SELECT 2;", TeamId = team });
        await fleet.Policies.CreateAsync(new PolicyRequest { Name = "Quiet", Sql = "SELECT 3;", TeamId = 0, ScriptId = (await fleet.Scripts.ListAsync(0)).First().Id });
        await fleet.Configuration.PatchAsync(Webhook(global.Id));
        await fleet.Teams.PatchAsync(team, Webhook(loud.Id));
    }

    /// <summary>What a person would set: enroll secrets as the console shows them, and for what Fleet never shows, the challenge's password.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentAsync(World world, IEnumerable<RequiredVariable> variables)
    {
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        Dictionary<string, string> known = new() { ["SMALLSTEP_CHALLENGE_USERNAME"] = world.Connection.ChallengeUsername };
        IReadOnlyList<EnrollSecret>[] secrets = [await fleet.Spec.ListEnrollSecretsAsync(), await fleet.Teams.ListSecretsAsync(world.TeamId)];
        foreach ((string name, IReadOnlyList<EnrollSecret> list) in ((string[])["FLEET_GLOBAL_ENROLL_SECRET", "FLEET_LAPTOPS_ENROLL_SECRET"]).Zip(secrets))
        {
            for (int i = 0; i < list.Count; i++)
            {
                known[i == 0 ? name : $"{name}_{i + 1}"] = list[i].Value.Reveal();
            }
        }

        return variables.ToDictionary(variable => variable.Name, variable => known.GetValueOrDefault(variable.Name, world.Connection.ChallengePassword.Reveal()));
    }

    public static JsonObject Webhook(long policy) => new()
    {
        ["webhook_settings"] = new JsonObject { ["failing_policies_webhook"] = new JsonObject { ["enable_failing_policies_webhook"] = true, ["destination_url"] = "https://hooks.example.com/policies", ["policy_ids"] = new JsonArray(policy) } },
    };

    private static async Task AuthoritiesAsync(World world, FleetClient fleet)
    {
        CertificateAuthorityRequest[] authorities =
        [
            new CustomScepCaRequest("CUSTOM", world.Connection.ScepUrl.AbsoluteUri, new Secret("challenge #1")),
            new NdesCaRequest(world.Connection.NdesScepUrl.AbsoluteUri, world.Connection.NdesAdminUrl.AbsoluteUri, world.Connection.NdesUsername, world.Connection.NdesPassword),
            new DigiCertCaRequest("DIGI", "https://digicert.example.com", new Secret("token"), "profile-1", "$FLEET_VAR_HOST_HARDWARE_SERIAL", "seat $FLEET_VAR_HOST_HARDWARE_SERIAL") { CertificateUserPrincipalNames = ["$FLEET_VAR_HOST_HARDWARE_SERIAL@example.com"] },
            new HydrantCaRequest("HYDRANT", "https://hydrant.example.com", "client", new Secret("s")),
            new CustomEstCaRequest("EST", "https://est.example.com", "user", new Secret("p")),
        ];
        foreach (CertificateAuthorityRequest authority in authorities)
        {
            await fleet.CertificateAuthorities.CreateAsync(authority);
        }
    }

    private static async Task LabelsAsync(FleetClient fleet, long team)
    {
        await fleet.Labels.CreateAsync(new LabelRequest { Name = "Canaries", Description = "a: b # c", Hosts = ["LNX1", "MAC1"] });
        await fleet.Labels.CreateAsync(new LabelRequest { Name = "Nobody", Hosts = [] });
        await fleet.Labels.CreateAsync(new LabelRequest { Name = "Engineers", Criteria = new LabelCriteria { Vital = "end_user_idp_group", Value = "engineering" } });
        await fleet.Labels.CreateAsync(new LabelRequest { Name = "Old ones", Query = "SELECT 1 FROM os_version WHERE major < 12;", Platform = "darwin", TeamId = team });
    }
}
