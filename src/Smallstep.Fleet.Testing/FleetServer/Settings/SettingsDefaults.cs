using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>The settings of a new server and of a new fleet, under the names that the oldest release has. They also say which members are known.</summary>
internal static class SettingsDefaults
{
    private const string Updates = """{"minimum_version":"","deadline":""}""";

    private const string SetUp = """
        {"bootstrap_package":"","enable_end_user_authentication":false,"lock_end_user_info":false,"macos_setup_assistant":"","enable_release_device_manually":false,
         "script":"","software":[],"manual_agent_install":false,"require_all_software_macos":false,"require_all_software_windows":false,
         "enable_managed_local_account":false,"end_user_local_account_type":"admin"}
        """;

    // What a fleet can have of its own.
    private const string DeviceManagement = $$"""
        "enable_disk_encryption":false,"enable_recovery_lock_password":false,"windows_require_bitlocker_pin":false,"name_template":"",
        "macos_updates":{"minimum_version":"","deadline":"","update_new_hosts":false},"ios_updates":{{Updates}},"ipados_updates":{{Updates}},"windows_updates":{"deadline_days":null,"grace_period_days":null},
        "macos_settings":{"custom_settings":null},"windows_settings":{"custom_settings":null},"android_settings":{"custom_settings":null,"certificates":null},"macos_setup":{{SetUp}}
        """;

    private const string Features = """{"enable_host_users":true,"enable_software_inventory":true}""";

    private const string HostStatus = """{"enable_host_status_webhook":false,"destination_url":"","host_percentage":0,"days_count":0}""";

    private const string FailingPolicies = """{"enable_failing_policies_webhook":false,"destination_url":"","policy_ids":null,"host_batch_size":0}""";

    private const string Server = $$"""
        {"org_info":{"org_name":"","org_logo_url":"","org_logo_url_light_background":"","contact_url":"https://fleetdm.com/company/contact"},
         "server_settings":{"server_url":"","live_query_disabled":false,"query_reports_disabled":false,"query_report_cap":0,"scripts_disabled":false,"enable_analytics":true,"deferred_save_host":false,"ai_features_disabled":false},
         "smtp_settings":{"enable_smtp":false,"configured":false,"sender_address":"","server":"","port":587,"authentication_type":"authtype_username_password","user_name":"","password":"",
            "enable_ssl_tls":true,"authentication_method":"authmethod_plain","domain":"","verify_ssl_certs":true,"enable_start_tls":true},
         "host_expiry_settings":{"host_expiry_enabled":false,"host_expiry_window":0},
         "activity_expiry_settings":{"activity_expiry_enabled":false,"activity_expiry_window":0},
         "features":{{Features}},
         "sso_settings":{"entity_id":"","issuer_uri":"","metadata":"","metadata_url":"","idp_name":"","idp_image_url":"","enable_sso":false,"enable_sso_idp_login":false,"enable_jit_provisioning":false,"enable_jit_role_sync":false,"sso_server_url":""},
         "fleet_desktop":{"transparency_url":"https://fleetdm.com/transparency","alternative_browser_host":""},
         "vulnerability_settings":{"databases_path":""},
         "webhook_settings":{"activities_webhook":{"enable_activities_webhook":false,"destination_url":""},"host_status_webhook":{{HostStatus}},"failing_policies_webhook":{{FailingPolicies}},
            "vulnerabilities_webhook":{"enable_vulnerabilities_webhook":false,"destination_url":"","host_batch_size":0},"interval":"24h0m0s"},
         "integrations":{"jira":[],"zendesk":[],"google_calendar":[],"google_workspace":[],"conditional_access_enabled":null},
         "mdm":{"apple_bm_enabled_and_configured":false,"apple_bm_terms_expired":false,"enabled_and_configured":false,"windows_enabled_and_configured":false,"android_enabled_and_configured":false,
            "apple_server_url":"","apple_business_manager":null,"volume_purchasing_program":null,"windows_migration_enabled":false,"enable_turn_on_windows_mdm_manually":false,
            "windows_entra_tenant_ids":[],"windows_entra_client_ids":[],"apple_require_hardware_attestation":false,
            "macos_migration":{"enable":false,"mode":"","webhook_url":""},"end_user_authentication":{"entity_id":"","issuer_uri":"","metadata":"","metadata_url":"","idp_name":""},
            "apple_account_provisioning":{"oauth_idp_token_url":"","oauth_idp_client_id":"","oauth_idp_client_secret":null},{{DeviceManagement}}},
         "gitops":{"gitops_mode_enabled":false,"repository_url":""},
         "scripts":null}
        """;

    private const string Fleet = $$"""
        {"host_expiry_settings":{"host_expiry_enabled":false,"host_expiry_window":0},
         "webhook_settings":{"host_status_webhook":null,"failing_policies_webhook":{{FailingPolicies}}},
         "integrations":{"jira":null,"zendesk":null,"google_calendar":null,"conditional_access_enabled":null},
         "features":{{Features}},
         "mdm":{
           {{DeviceManagement}}
         }
        }
        """;

    // Members that a release leaves out while they have no value.
    private const string Optional = """
        {"agent_options":null,"yara_rules":[{"name":"","contents":""}],"smtp_test":false,"host_settings":null,"conditional_access":null,"license":null,"vulnerabilities":null,"sandbox_enabled":false,
         "org_info":{"org_logo_url_dark_mode":"","org_logo_url_light_mode":"","org_logo_path_dark_mode":"","org_logo_path_light_mode":""},
         "server_settings":{"debug_host_ids":null},
         "activity_expiry_settings":{"preserve_host_activities_on_reenrollment":false},
         "features":{"additional_queries":null,"detail_query_overrides":null,"historical_data":null,"vulnerability_exposure_historical_reporting":null},
         "fleet_desktop":{"sso_enabled":false},
         "integrations":{"certificates_disable_host_end_user_binding":false,"certificates_idp_client_ids":null,"certificates_idp_introspection_urls":null},
         "webhook_settings":{"host_activities_webhook":{"enable_host_activities_webhook":false,"destination_url":""},"host_status_webhook":{"enable_host_status_webhook":false,"destination_url":"","host_percentage":0,"days_count":0}},
         "gitops":{"exceptions":null},
         "mdm":{"apple_bm_default_team":"","apple_business":null,"linux_settings":null,"tvos_updates":null,"end_user_license_agreement":"","windows_automatic_enrollment":null,"only_allow_apple_business_enrollment":false,
            "microsoft_graph_credential_invalid":false,
            "macos_updates":{"deadline_days":null},"ios_updates":{"deadline_days":null,"update_new_hosts":null},"ipados_updates":{"deadline_days":null,"update_new_hosts":null},
            "macos_settings":{"enable_disk_encryption":false,"enable_escrow_disk_encryption_key":false,"assets":null},
            "windows_settings":{"enable_disk_encryption":false,"require_bitlocker_pin":false,"enable_managed_local_account":false,"enable_create_local_admin_account":false},
            "macos_setup":{"macos_bootstrap_package_manual_enrollment":""}}}
        """;

    /// <summary>The members of all releases; the item of a list, where there is one, is what its items look like.</summary>
    public static JsonObject AllKnown { get; } = Union(Union(Object(Server), Object(Fleet)), Object(Optional));

    /// <summary>The settings of a new server.</summary>
    public static JsonObject OfServer() => Object(Server);

    /// <summary>The settings of a new fleet.</summary>
    public static JsonObject OfFleet() => Object(Fleet);

    private static JsonObject Union(JsonObject one, JsonObject other)
    {
        foreach ((string name, JsonNode? value) in other)
        {
            one[name] = one[name] is JsonObject mine && value is JsonObject theirs ? Union((JsonObject)mine.DeepClone(), theirs) : one[name] is JsonObject kept ? kept.DeepClone() : value?.DeepClone();
        }

        return one;
    }

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
