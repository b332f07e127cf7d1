namespace Smallstep.Fleet.GitOps;

/// <summary>The keys of <c>org_settings</c> and <c>settings</c>; their values are read as anything, so only keys are checked.</summary>
internal static class SettingsSchema
{
    /// <summary>The authorities by type. A type that is a list has its items checked; anything else surfaces when it is applied.</summary>
    public static GoStruct CertificateAuthorities { get; } = FleetSchema.Struct(
        "fleet.GroupedCertificateAuthorities",
        ("ndes_scep_proxy", Authority("NDESSCEPProxyCA", "url", "admin_url", "username", "password")),
        ("digicert", new GoList(FleetSchema.Struct("fleet.DigiCertCA", [.. Texts("name", "url", "api_token", "profile_id", "certificate_common_name", "certificate_seat_id"), ("certificate_user_principal_names", GoType.Texts)]))),
        ("custom_scep_proxy", new GoList(Authority("CustomSCEPProxyCA", "name", "url", "challenge"))),
        ("hydrant", new GoList(Authority("HydrantCA", "name", "url", "client_id", "client_secret"))),
        ("custom_est_proxy", new GoList(Authority("ESTProxyCA", "name", "url", "username", "password"))),
        ("smallstep", new GoList(Authority("SmallstepSCEPProxyCA", "name", "url", "challenge_url", "username", "password"))));

    /// <summary>The credentials for Microsoft Graph.</summary>
    public static GoList MicrosoftGraphCredentials { get; } = new(FleetSchema.Struct("fleet.MicrosoftGraphCredential", Texts("tenant_id", "client_id", "client_secret")));

    /// <summary>The section <c>org_settings</c>.</summary>
    public static GoStruct OrgSettings { get; } = FleetSchema.Struct(
        "spec.GitOpsOrgSettings",
        [
            .. FleetSchema.Of(GoType.Any, "secrets", "microsoft_graph_credentials", "path", "agent_options", "host_settings", "scripts", "smtp_test", "ui_settings", "android_enabled_and_configured", "sandbox_enabled"),
            ("smtp_settings", FleetSchema.Keys("fleet.SMTPSettings", "enable_smtp", "configured", "sender_address", "server", "port", "authentication_type", "user_name", "password",
                "enable_ssl_tls", "authentication_method", "domain", "verify_ssl_certs", "enable_start_tls")),
            ("host_expiry_settings", HostExpiry()),
            ("activity_expiry_settings", FleetSchema.Keys("fleet.ActivityExpirySettings", "activity_expiry_enabled", "activity_expiry_window", "preserve_host_activities_on_reenrollment")),
            ("features", Features()),
            ("sso_settings", FleetSchema.Keys("fleet.SSOSettings", "entity_id", "issuer_uri", "metadata", "metadata_url", "idp_name", "idp_image_url", "enable_sso", "enable_sso_idp_login",
                "enable_jit_provisioning", "enable_jit_role_sync", "sso_server_url")),
            ("fleet_desktop", FleetSchema.Keys("fleet.FleetDesktopSettings", "transparency_url", "alternative_browser_host", "sso_enabled")),
            ("vulnerability_settings", FleetSchema.Keys("fleet.VulnerabilitySettings", "databases_path")),
            ("webhook_settings", Nested("fleet.WebhookSettings", [("interval", GoType.Any), ("activities_webhook", Webhook("activities")), ("host_status_webhook", HostStatusWebhook()),
                ("failing_policies_webhook", Webhook("failing_policies", "policy_ids", "host_batch_size")), ("vulnerabilities_webhook", Webhook("vulnerabilities", "host_batch_size"))])),
            ("mdm", DeviceManagement()),
            ("yara_rules", new GoList(FleetSchema.Keys("fleet.YaraRule", "path"))),
            ("conditional_access", FleetSchema.Keys("fleet.ConditionalAccessSettings", "bypass_disabled", "microsoft_entra_connection_configured", "microsoft_entra_tenant_id",
                "okta_assertion_consumer_service_url", "okta_audience_uri", "okta_certificate", "okta_idp_id")),
            ("org_info", FleetSchema.Keys("spec.GitOpsOrgInfo", "org_name", "org_logo_url", "org_logo_url_light_background", "org_logo_url_dark_mode", "org_logo_url_light_mode", "org_logo_path_dark_mode", "org_logo_path_light_mode", "contact_url")),
            ("server_settings", FleetSchema.Keys("fleet.ServerSettings", "server_url", "live_query_disabled", "live_reporting_disabled", "enable_analytics", "debug_host_ids", "deferred_save_host",
                "query_reports_disabled", "discard_reports_data", "scripts_disabled", "ai_features_disabled", "query_report_cap", "report_cap")),
            ("integrations", FleetSchema.Keys("fleet.Integrations", "jira", "zendesk", "google_calendar", "google_workspace", "conditional_access_enabled", "certificates_disable_host_end_user_binding",
                "certificates_idp_client_ids", "certificates_idp_introspection_urls")),
            ("gitops", FleetSchema.Keys("fleet.GitOpsConfig", "gitops_mode_enabled", "repository_url", "exceptions")),
            ("certificate_authorities", CertificateAuthorities),
        ]) with
    { IsUntyped = true };

    /// <summary>The section <c>settings</c> of a fleet.</summary>
    public static GoStruct FleetSettings { get; } = Nested(
        "spec.GitOpsFleetSettings",
        [
            .. FleetSchema.Of(GoType.Any, "secrets", "path", "agent_options", "mdm", "scripts", "software"),
            ("webhook_settings", Nested("fleet.TeamWebhookSettings", [("failing_policies_webhook", Webhook("failing_policies", "policy_ids", "host_batch_size")),
                ("host_activities_webhook", Webhook("host_activities")), ("host_status_webhook", HostStatusWebhook())])),
            ("integrations", FleetSchema.Keys("fleet.TeamIntegrations", "jira", "zendesk", "google_calendar", "conditional_access_enabled")),
            ("features", Features()),
            ("host_expiry_settings", HostExpiry()),
        ]);

    private static GoStruct Nested(string name, (string, GoType)[] fields) => FleetSchema.Struct(name, fields) with { IsUntyped = true };

    private static GoStruct HostExpiry() => FleetSchema.Keys("fleet.HostExpirySettings", "host_expiry_enabled", "host_expiry_window");

    private static GoStruct Features() =>
        FleetSchema.Keys("fleet.Features", "enable_host_users", "enable_software_inventory", "additional_queries", "detail_query_overrides", "historical_data", "vulnerability_exposure_historical_reporting");

    private static GoStruct Webhook(string name, params string[] more) => FleetSchema.Keys("fleet.Webhook", ["enable_" + name + "_webhook", "destination_url", .. more]);

    private static GoStruct HostStatusWebhook() => Webhook("host_status", "host_percentage", "days_count");

    private static GoStruct DeviceManagement() => Nested(
        "spec.GitOpsMDM",
        [
            .. FleetSchema.Of(GoType.Any, "android_enabled_and_configured", "android_settings", "apple_account_provisioning", "apple_bm_default_team", "apple_bm_enabled_and_configured", "apple_bm_terms_expired",
                "apple_business", "apple_business_manager", "apple_require_hardware_attestation", "apple_server_url", "apple_settings", "enable_disk_encryption", "enable_recovery_lock_password",
                "enable_turn_on_windows_mdm_manually", "enabled_and_configured", "end_user_license_agreement", "linux_settings", "macos_settings", "microsoft_graph_credential_invalid", "name_template",
                "only_allow_apple_business_enrollment", "volume_purchasing_program", "windows_automatic_enrollment", "windows_enabled_and_configured", "windows_entra_client_ids", "windows_entra_tenant_ids",
                "windows_migration_enabled", "windows_require_bitlocker_pin", "windows_settings"),
            .. FleetSchema.Of(FleetSchema.AppleUpdates, "macos_updates", "ios_updates", "ipados_updates", "tvos_updates"),
            .. FleetSchema.Of(FleetSchema.SetupExperience, "macos_setup", "setup_experience"),
            ("windows_updates", FleetSchema.WindowsUpdates), ("macos_migration", FleetSchema.MacOSMigration),
            ("end_user_authentication", FleetSchema.Keys("fleet.MDMEndUserAuthentication", "entity_id", "idp_name", "issuer_uri", "metadata", "metadata_url")),
        ]);

    private static GoStruct Authority(string name, params string[] keys) => FleetSchema.Struct("fleet." + name, Texts(keys));

    private static (string, GoType)[] Texts(params string[] keys) => FleetSchema.Of(GoType.Text, keys);
}
