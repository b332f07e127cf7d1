using Smallstep.Fleet.GitOps;
using static Smallstep.Fleet.Conformance.Tests.GitOps.GitOpsRuleCase;

namespace Smallstep.Fleet.Conformance.Tests.GitOps;

/// <summary><c>controls</c>: old and new names, types, profiles and their labels.</summary>
internal static class ControlsCases
{
    private const string Fleet = "--- fleets/a.yml\nname: A\ncontrols:\n";
    private const string Labels = "labels:\n  - {name: L1, query: SELECT 1;}\n  - {name: L2, query: SELECT 1;}\n";
    private const string Xml = "<Replace><Item><Target><LocURI>./Device/Vendor/MSFT/X</LocURI></Target></Item></Replace>\n";

    public static IReadOnlyList<GitOpsRuleCase> All { get; } =
    [
        Reject("ctl-list", GitOpsStage.Parse, "--- fleets/a.yml\nname: A\ncontrols: []\n", "Couldn't edit \"fleets/a.yml\" at \"controls\", expected type spec.GitOpsControls but got array"),
        Reject("ctl-unknown-key", GitOpsStage.Parse, Fleet + "  script:\n", "unknown key \"controls.script\" in \"fleets/a.yml\"; did you mean \"scripts\"?"),
        Reject("ctl-unknown-update-key", GitOpsStage.Parse, Fleet + "  macos_updates:\n    min_version: '15'\n", "unknown key \"controls.macos_updates.min_version\""),
        Reject("ctl-old-and-new-profiles", GitOpsStage.Parse, Fleet + "  windows_settings:\n    custom_settings:\n    configuration_profiles:\n", "cannot specify both 'controls.windows_settings.custom_settings' (deprecated) and 'controls.windows_settings.configuration_profiles'"),
        Reject("ctl-old-and-new-setup", GitOpsStage.Parse, Fleet + "  macos_setup:\n  setup_experience:\n", "cannot specify both 'controls.macos_setup' (deprecated) and 'controls.setup_experience'"),
        Reject("ctl-old-and-new-setup-child", GitOpsStage.Parse, Fleet + "  macos_setup:\n    script: a\n    macos_script: a\n", "cannot specify both 'controls.setup_experience.script' (deprecated) and 'controls.setup_experience.macos_script'"),
        Accept("ctl-old-setup-new-child", Fleet + "  macos_setup:\n    apple_setup_assistant: ../lib/s.json\n    enable_release_device_manually: true\n", ("controls.setup_experience.apple_enable_release_device_manually", "true")),
        Reject("ctl-setup-unknown-key", GitOpsStage.Parse, Fleet + "  setup_experience:\n    bootstrap: x\n", "unknown key \"controls.macos_setup.bootstrap\" in \"fleets/a.yml\""),
        Reject("ctl-setup-type", GitOpsStage.Parse, Fleet + "  setup_experience:\n    enable_end_user_authentication: 'yes'\n", "at \"controls.macos_setup.enable_end_user_authentication\", expected type bool but got string"),
        Reject("ctl-setup-list", GitOpsStage.Parse, Fleet + "  setup_experience: []\n", "at \"controls.macos_setup\", expected type fleet.MacOSSetup but got array"),
        Accept("ctl-setup-software", Fleet + "  setup_experience:\n    software:\n      - app_store_id: '1'\n") with { Log = ["'controls.setup_experience.software / controls.macos_setup.software' is deprecated"] },
        Reject("ctl-setup-script-missing", GitOpsStage.Parse, Fleet + "  setup_experience:\n    macos_script: ../lib/gone.sh\n", "failed to read macos_setup script file lib/gone.sh"),
        Reject("ctl-name-template-type", GitOpsStage.Parse, Fleet + "  name_template: 5\n", "'controls.name_template' must be a string in fleets/a.yml"),
        Reject("ctl-account-provisioning-in-a-fleet", GitOpsStage.Parse, Fleet + "  apple_account_provisioning:\n    oauth_idp_client_id: a\n", "fleets/a.yml: apple_account_provisioning can only be configured in the global configuration, not for a specific team"),
        Accept("ctl-account-provisioning-global", "--- default.yml\norg_settings:\ncontrols:\n  apple_account_provisioning:\n    oauth_idp_client_id: a\n"),
        Reject("ctl-profiles-type", GitOpsStage.Parse, Fleet + "  apple_settings:\n    configuration_profiles:\n      path: x\n", "at \"controls.macos_settings.custom_settings\", expected type []fleet.MDMProfileSpec but got object"),
        Reject("ctl-profile-labels-type", GitOpsStage.Parse, Fleet + "  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig\n        labels_include_any: L1\n", "expected type []string but got string"),
        Reject("ctl-profile-unknown-key", GitOpsStage.Parse, Fleet + "  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig\n        labels_include: [L1]\n--- lib/a.mobileconfig\n" + Mobileconfig.Named("A"), "unknown key \"controls.macos_settings.configuration_profiles.[0].labels_include\""),
        Accept("ctl-windows-profile-unknown-key-passes", Fleet + "  windows_settings:\n    configuration_profiles:\n      - path: ../lib/a.xml\n        labels_include: [L1]\n--- lib/a.xml\n" + Xml),
        Reject("ctl-mobileconfig-placeholder", GitOpsStage.Parse, Apple("<team-slug>", ""), "failed to parse mobileconfig file"),
        Reject("ctl-mobileconfig-without-name", GitOpsStage.Parse, Apple("", ""), "PayloadDisplayName"),
        Accept("ctl-mobileconfig-with-secret", Apple("$FLEET_SECRET_NAME Acme", "") + "--- env\nFLEET_SECRET_NAME=x\n"),
        Reject("ctl-windows-top-element", GitOpsStage.ClientApply, Fleet + "  windows_settings:\n    configuration_profiles:\n      - path: ../lib/a.xml\n--- lib/a.xml\n<Delete><Item/></Delete>\n", "Team A: Couldn't edit windows_settings.custom_settings (a.xml):"),
        Accept("ctl-windows-elements", Fleet + "  windows_settings:\n    configuration_profiles:\n      - path: ../lib/a.xml\n      - path: ../lib/b.xml\n--- lib/a.xml\n<!-- c -->\n" + Xml + "--- lib/b.xml\n<Atomic><Add/></Atomic>\n"),
        Reject("ctl-apple-extension", GitOpsStage.ClientApply, Fleet + "  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.txt\n--- lib/a.txt\nx\n", "Couldn't edit macos_settings.custom_settings (a.txt):", ".mobileconfig or .json files"),
        Reject("ctl-declaration-not-json", GitOpsStage.ClientApply, Fleet + "  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.json\n--- lib/a.json\nx\n", "Couldn't edit macos_settings.custom_settings (a.json):", "JSON"),
        Reject("ctl-same-name-twice", GitOpsStage.ClientApply, Fleet + "  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig\n  windows_settings:\n    configuration_profiles:\n      - path: ../lib/Acme.xml\n--- lib/a.mobileconfig\n" + Mobileconfig.Named(" Acme ") + "--- lib/Acme.xml\n" + Xml, "More than one configuration profile have the same name 'Acme'"),
        Reject("ctl-unassigned-profiles", GitOpsStage.ClientApply, "--- default.yml\norg_settings:\ncontrols:\n  windows_settings:\n    configuration_profiles:\n      - path: lib/a.mobileconfig\n--- lib/a.mobileconfig\n" + Mobileconfig.Named("A"), "Windows configuration profiles must be .xml files."),
        Reject("ctl-labels-include-both", GitOpsStage.CrossCheck, Apple("A", "        labels_include_any: [L1]\n        labels_include_all: [L2]\n") + Tail(Labels), "cannot use both `labels_include_all` and `labels_include_any`; please choose one."),
        Reject("ctl-labels-old-alias-is-include-all", GitOpsStage.CrossCheck, Apple("A", "        labels_include_any: [L1]\n        labels: [L2]\n") + Tail(Labels), "cannot use both `labels_include_all` and `labels_include_any`; please choose one."),
        Reject("ctl-labels-include-both-before-4.87", GitOpsStage.CrossCheck, Apple("A", "        labels_include_any: [L1]\n        labels_include_all: [L2]\n") + Tail(Labels) + "--- version\n4.86.0\n", "has multiple label keys; please choose one of `labels_include_any`, `labels_include_all` or `labels_exclude_any`."),
        Reject("ctl-label-in-both-lists", GitOpsStage.CrossCheck, Apple("A", "        labels_include_any: [L1]\n        labels_exclude_any: [L1]\n") + Tail(Labels), "L1"),
        Reject("ctl-label-unknown", GitOpsStage.CrossCheck, Apple("A", "        labels_exclude_any: [L9]\n"), "Please create the missing labels") with { Log = ["[!] Unknown label 'L9' is referenced by MDM Profile '"] },
        Reject("ctl-android-certificate", GitOpsStage.Parse, Fleet + "  android_settings:\n    certificates:\n      - name: wifi\n", "android_settings.certificates[0]: certificate_authority_name is required", "android_settings.certificates[0]: subject_name is required"),
        Reject("ctl-os-updates-and-profile", GitOpsStage.Parse, Fleet + "  macos_updates:\n    minimum_version: '15.1'\n    deadline: '2026-01-01'\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/d.json\n--- lib/d.json\n{\"Type\": \"com.apple.configuration.softwareupdate.enforcement.specific\"}\n", "controls.apple_settings.configuration_profiles[]: Couldn't add profile. OS updates are already configured. Remove the OS updates settings first."),
        Reject("ctl-windows-updates-and-profile", GitOpsStage.Parse, Fleet + "  windows_updates:\n    deadline_days: 5\n    grace_period_days: 2\n  windows_settings:\n    configuration_profiles:\n      - path: ../lib/u.xml\n--- lib/u.xml\n" + Xml.Replace("/X<", "/Policy/Config/Update/A<"), "controls.windows_settings.configuration_profiles[]: Couldn't add profile. OS updates are already configured. Remove the OS updates settings first."),
        Accept("ctl-os-updates-half-set-and-profile", Fleet + "  macos_updates:\n    minimum_version: '15.1'\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/d.json\n--- lib/d.json\n{\"Type\": \"com.apple.configuration.softwareupdate.enforcement.specific\"}\n"),
        Accept("ctl-os-updates-and-profile-before-4.87", Fleet + "  macos_updates:\n    minimum_version: '15.1'\n    deadline: '2026-01-01'\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/d.json\n--- lib/d.json\n{\"Type\": \"com.apple.configuration.softwareupdate.enforcement.specific\"}\n--- version\n4.86.0\n"),
        Reject("ctl-mobileconfig-scope", GitOpsStage.Parse, Apple("A", "").Replace("</dict>\n</plist>", "<key>PayloadScope</key><string>Machine</string></dict>\n</plist>"), "invalid PayloadScope: Machine"),
        Accept("ctl-os-updates-cleared-and-profile", Fleet + "  macos_updates:\n    minimum_version: ''\n    deadline: ''\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/d.json\n--- lib/d.json\n{\"Type\": \"com.apple.configuration.softwareupdate.enforcement.specific\"}\n"),
    ];

    private static string Tail(string text) => "--- default.yml\norg_settings:\ncontrols:\n" + text;

    private static string Apple(string name, string labels) =>
        Fleet + "  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig\n" + labels + "--- lib/a.mobileconfig\n" + Mobileconfig.Named(name);
}
