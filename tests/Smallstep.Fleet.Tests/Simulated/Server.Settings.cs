using System.Text.Json;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Settings of the server and of a fleet, enroll secrets, and the files of the set-up experience.</summary>
internal static partial class Server
{
    public const string Assistant = """{"profile_name": "Costs $5", "skip_setup_items": ["Siri", "Location"], "allow_pairing": true}""";

    private const string Organization = """
        {
          "org_info": {"org_name": "Acme: $5 & sons", "org_logo_url": "https://example.com/logo.png"},
          "server_settings": {"live_query_disabled": true, "query_report_cap": 2000},
          "smtp_settings": {"enable_smtp": true, "sender_address": "fleet@example.com", "server": "mail.example.com", "port": 25, "user_name": "fleet", "password": "mail $ecret"},
          "sso_settings": {"enable_sso": true, "idp_name": "Okta", "entity_id": "fleet", "metadata_url": "https://okta.example.com/metadata"},
          "host_expiry_settings": {"host_expiry_enabled": true, "host_expiry_window": 30},
          "activity_expiry_settings": {"activity_expiry_enabled": true, "activity_expiry_window": 90},
          "features": {"enable_host_users": false, "additional_queries": {"time": "SELECT * FROM time;"}},
          "fleet_desktop": {"transparency_url": "https://example.com/transparency"},
          "webhook_settings": {"interval": "12h0m0s", "host_status_webhook": {"enable_host_status_webhook": true, "destination_url": "https://hooks.example.com/status", "host_percentage": 5, "days_count": 3}},
          "integrations": {
            "jira": [{"url": "https://jira.example.com", "username": "fleet", "api_token": "jira token", "project_key": "IT"}],
            "zendesk": [{"url": "https://zendesk.example.com", "email": "fleet@example.com", "api_token": "zendesk token", "group_id": 7}],
            "google_calendar": [{"domain": "example.com", "api_key_json": {"client_email": "a@example.com", "private_key": "key"}}]
          },
          "mdm": {
            "end_user_authentication": {"entity_id": "fleet", "idp_name": "Okta", "metadata_url": "https://okta.example.com/mdm"},
            "macos_updates": {"minimum_version": "15.1", "deadline": "2026-01-31"},
            "windows_updates": {"deadline_days": 0, "grace_period_days": 2},
            "macos_migration": {"enable": true, "mode": "voluntary", "webhook_url": "https://hooks.example.com/migrate"},
            "windows_entra_tenant_ids": ["b", "a"],
            "enable_disk_encryption": true,
            "macos_setup": {"enable_end_user_authentication": true, "enable_release_device_manually": true}
          },
          "agent_options": {"config": {"options": {"distributed_interval": 10, "logger_plugin": "tls"}, "decorators": {"load": ["SELECT uuid AS host_uuid FROM system_info;"]}}, "overrides": {}}
        }
        """;

    private const string Fleet = """
        {
          "host_expiry_settings": {"host_expiry_enabled": true, "host_expiry_window": 60},
          "integrations": {"jira": [{"url": "https://jira.example.com", "project_key": "IT", "enable_failing_policies": true}]},
          "mdm": {
            "enable_disk_encryption": true,
            "ios_updates": {"minimum_version": "18.1", "deadline": "2026-02-01"},
            "windows_updates": {"deadline_days": 3, "grace_period_days": 1}
          }
        }
        """;

    public static async Task SettingsAsync(FleetClient fleet, long team)
    {
        await fleet.Configuration.PatchAsync(Object(Organization));
        await fleet.Teams.PatchAsync(team, Object(Fleet));
        await DeclareSetUpAsync(fleet, team);
        await fleet.Teams.SetAgentOptionsAsync(team, Object("""{"config": {"options": {"distributed_interval": 20}}, "command_line_flags": {"verbose": true}}"""));
        await fleet.Spec.ApplyEnrollSecretsAsync([new Secret("global #1"), new Secret("global: 2")]);
        await fleet.Teams.ReplaceSecretsAsync(team, [new Secret("laptops 1"), new Secret("0123")]);
    }

    public static async Task SetUpFilesAsync(FleetClient fleet, long team)
    {
        long authority = (await fleet.CertificateAuthorities.ListAsync()).Single(one => one.Name == "CUSTOM").Id;
        foreach (long owner in (long[])[team, 0])
        {
            await fleet.CertificateTemplates.CreateAsync(new CertificateTemplateRequest("Wi-Fi 1", authority, "CN=$FLEET_VAR_HOST_UUID, O=Acme") { TeamId = owner, SubjectAlternativeName = "DNS=a.example" });
            await fleet.CertificateTemplates.CreateAsync(new CertificateTemplateRequest("VPN", authority, "CN=$FLEET_VAR_HOST_UUID") { TeamId = owner });
            await fleet.SetupExperience.SetAssistantAsync(owner, "automatic.json", JsonElement.Parse(Assistant));
            await fleet.SetupExperience.UploadBootstrapPackageAsync(owner, "first.pkg", new MemoryStream("xar!"u8.ToArray()));
            await fleet.SetupExperience.UploadScriptAsync(new ScriptUpload("welcome.sh", $"#!/bin/sh\necho $HOME {owner}\n", owner));
        }
    }

    /// <summary>What fleetctl notes of a bootstrap package that it got from an address.</summary>
    public static Task NoteBootstrapPackageAsync(FleetClient fleet, long team) =>
        DeclareSetUpAsync(fleet, team, """, "bootstrap_package": "https://example.com/first.pkg" """);

    /// <summary>What only a declaration of the fleet takes; what it leaves out of a set-up is off.</summary>
    public static async Task DeclareSetUpAsync(FleetClient fleet, long team, string members = "", string? file = null)
    {
        var spec = new JsonObject
        {
            ["name"] = (await fleet.Teams.GetAsync(team)).Name,
            ["mdm"] = new JsonObject { ["macos_setup"] = Object($$"""{"enable_end_user_authentication": true, "require_all_software_macos": true{{members}}}""") },
        };
        if (file is not null)
        {
            spec["gitops_filename"] = file;
        }

        await fleet.Spec.ApplyTeamsAsync(new JsonArray(spec));
    }

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
