namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>For every rule a repository that raises it and one that nearly does. Files are separated by lines <c>--- path</c>.</summary>
internal static class RuleExamples
{
    private const string Org = "--- default.yml\norg_settings:\n  org_info:\n    org_name: Acme\n  certificate_authorities:\n  secrets:\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";
    private const string Ca = "--- default.yml\norg_settings:\n  secrets:\n  certificate_authorities:\n    smallstep:\n      - name: ACME\n        url: https://a.example.com/p\n        challenge_url: https://a.example.com/c\n        username: |2-\n          $USER\n        password: |2-\n          $PW\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";
    private const string Fleet = "--- fleets/ws.yml\nname: WS\nsettings:\n  secrets:\nagent_options:\ncontrols:\npolicies:\nreports:\nsoftware:\nlabels:\n";
    private const string Hash = "abababababababababababababababababababababababababababababababab";
    private const string Yara = "--- lib/a.yar\nrule a { condition: true }\n--- lib/b/A.yar\nrule b { condition: true }\n--- lib/b.yar\nrule b { condition: true }\n";
    private const string Profile = "--- lib/a.mobileconfig\n";

    public static IReadOnlyList<RuleExample> All { get; } =
    [
        new("SSF3001", Org + "--- args\n-f default.yml extra\n", Org),
        new("SSF3002", Org.Replace("  org_info", "\t org_info"), Org),
        new("SSF3003", Fleet.Replace("controls:", "controls:\n  scripts:\n    - path: ../lib/a.sh"), Fleet.Replace("controls:", "controls:\n  scripts:\n    - path: ../lib/a.sh") + "--- lib/a.sh\n#!/bin/sh\n"),
        new("SSF3004", Org.Replace("Acme", "$NOT_SET"), Org.Replace("Acme", "\\$NOT_SET")),
        new("SSF3005", Org.Replace("Acme", "$FLEET_SECRET_X"), Fleet.Replace("controls:", "controls:\n  scripts:\n    - path: ../lib/a.sh") + "--- lib/a.sh\n#!/bin/sh\necho $FLEET_SECRET_SET\n"),
        new("SSF3006", Fleet.Replace("controls:", "controls:\n  scripts:\n    - path: ../lib/a.sh") + "--- lib/a.sh\n#!/bin/sh\n# $FLEET_SECRET_UNSET\n", Fleet.Replace("controls:", "controls:\n  scripts:\n    - path: ../lib/a.sh") + "--- lib/a.sh\n#!/bin/sh\necho $FLEET_SECRET_SET\n"),
        new("SSF3007", Org + "profiles:\n", Org + "custom_host_vitals:\n"),
        new("SSF3008", Org.Replace("org_name", "org_nam"), Org),
        new("SSF3009", Org + "queries:\n", Org.Replace("reports:", "queries:")),
        new("SSF3010", Fleet.Replace("name: WS", "name: 2026"), Fleet.Replace("name: WS", "name: '2026'")),
        new("SSF3011", Org + "name: A\n", Org),
        new("SSF3012", Org + "software:\n  packages:\n", Org + "software:\n"),
        new("SSF3013", Fleet.Replace("controls:", "controls:\n  scripts:\n    - path: ../lib/*.sh"), Fleet.Replace("controls:", "controls:\n  scripts:\n    - paths: ../lib/*.sh") + "--- lib/a.sh\n#!/bin/sh\n"),
        new("SSF3014", Org.Replace("agent_options:", "agent_options:\n  path: lib/o.yml") + "--- lib/o.yml\npath: p.yml\n", Org.Replace("agent_options:", "agent_options:\n  path: lib/o.yml") + "--- lib/o.yml\nconfig:\n"),
        new("SSF3015", Fleet.Replace("secrets:", "secrets: abc"), Fleet.Replace("secrets:", "secrets:\n    - secret: |2-\n        $PW")),
        new("SSF3016", Org.Replace("  secrets:", "  secrets:\n  gitops:\n    gitops_mode_enabled: true"), Org.Replace("  secrets:", "  secrets:\n  gitops:\n    gitops_mode_enabled: true\n    repository_url: https://example.com/r")),
        new("SSF3017", Ca.Replace("name: ACME", "name: AC-ME"), Ca),
        new("SSF3018", Fleet.Replace("controls:", "controls:\n  windows_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig") + Profile + SampleState.Mobileconfig, Fleet.Replace("controls:", "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig") + Profile + SampleState.Mobileconfig),
        new("SSF3019", Fleet.Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a.pkg\n      hash_sha256: " + Hash.ToUpperInvariant()), Fleet.Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a.pkg\n      hash_sha256: " + Hash)),
        new("SSF3020", Org.Replace("labels:", "labels:\n  - {name: Büro, query: SELECT 1;}"), Org.Replace("labels:", "labels:\n  - {name: Office, query: SELECT 1;}")),
        new("SSF3021", Org.Replace("policies:", "policies:\n  - {name: p}"), Org.Replace("policies:", "policies:\n  - {name: p, query: SELECT 1;}")),
        new("SSF3022", Org.Replace("reports:", "reports:\n  - {name: r}"), Org.Replace("reports:", "reports:\n  - {name: r, query: SELECT 1;}")),
        new("SSF3023", Org + Fleet.Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a.pkg\n      labels_include_any: [Nobody]"), Org.Replace("labels:", "labels:\n  - {name: Somebody, query: SELECT 1;}") + Fleet.Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a.pkg\n      labels_include_any: [Somebody]")),
        new("SSF3024", Fleet.Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a.pkg\n      labels_include_any: [Ubuntu Linux]"), Fleet.Replace("labels:", "labels:\n  - {name: Ubuntu, query: SELECT 1;}").Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a.pkg\n      labels_include_any: [Ubuntu]")),
        new("SSF3025", Profiles("labels_include_any: [A]", "labels_include_all: [A]"), Profiles("labels_include_any: [A]", "labels_exclude_any: [B]")),
        new("SSF3026", Org.Replace("controls:\n", ""), Org),
        new("SSF3027", Fleet.Replace("labels:", "labels:\n  - {name: L, query: SELECT 1;}") + Fleet.Replace("ws.yml", "b.yml").Replace("WS", "B").Replace("labels:", "labels:\n  - {name: L, query: SELECT 1;}"), Fleet.Replace("labels:", "labels:\n  - {name: L, query: SELECT 1;}") + Fleet.Replace("ws.yml", "b.yml").Replace("WS", "B").Replace("labels:", "labels:\n  - {name: M, query: SELECT 1;}")),
        new("SSF3028", Org + "--- excepted\nlabels\n", Org.Replace("labels:\n", "") + "--- excepted\nlabels\n"),
        new("SSF3029", Org.Replace("  secrets:", "  mdm:\n    apple_business:\n      - macos_fleet: Laptops\n  secrets:") + Fleet + "--- fleets\nWS\n", Org.Replace("  secrets:", "  mdm:\n    apple_business:\n      - macos_fleet: Laptops\n  secrets:") + Fleet + "--- fleets\nWS\nLaptops\n"),
        new("SSF3101", Ca.Replace("password: |2-\n          $PW", "password: $PW"), Ca),
        new("SSF3102", Ca.Replace("password: |2-\n          $PW", "password: $HASHED"), Ca.Replace("$PW", "$HASHED")),
        new("SSF3103", Org + "labels:\n", Org),
        new("SSF3104", Org + "---\nfoo: 1\n", Org),
        new("SSF3105", Ca + Fleet.Replace("controls:", "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig") + Profile + SampleState.Mobileconfig, Ca.Replace("ACME", "SMALLSTEP_AGENT") + Fleet.Replace("controls:", "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig") + Profile + SampleState.Mobileconfig),
        new("SSF3106", Ca + Fleet.Replace("controls:", "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig") + Profile + SampleState.Mobileconfig, Ca.Replace("ACME", "SMALLSTEP_AGENT") + Fleet.Replace("controls:", "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig") + Profile + SampleState.Mobileconfig),
        new("SSF3107", Org.Replace("labels:\n", ""), Org + "custom_host_vitals:\n--- fleets/unassigned.yml\nname: Unassigned\ncontrols:\npolicies:\nsoftware:\n"),
        new("SSF3108", Org.Replace("reports:", "reports:\n  - {name: r, query: SELECT 1;, labels_include_any: [L]}").Replace("labels:\n", "labels:\n  - {name: L, query: SELECT 1;}\n"), Org.Replace("reports:", "reports:\n  - {name: r, query: SELECT 1;, labels_include_any: [On server]}").Replace("labels:\n", "labels:\n  - {name: On server, query: SELECT 1;}\n  - {name: L, query: SELECT 1;}\n")),
        new("SSF3109", Agents("step-agent_amd64_latest.deb", "step-agent_arm64_latest.deb"), Agents("step-agent_amd64_latest.deb", "step-agent_x86_64_latest.rpm")),
        new("SSF3110", Ca.Replace("password: |2-\n          $PW", "password: '********'"), Ca),
        new("SSF3111", Ca.Replace("password: |2-\n          $PW", "password: hunter2"), Ca),
        new("SSF3112", Org.Replace("policies:", "policies:\n  - name: p\n    query: SELECT 1;\n    description: d\n  - name: $PW\n    query: SELECT 2;"), Org.Replace("policies:", "policies:\n  - name: p\n    description: d $PW\n    query: SELECT 1;\n  - name: q $PW\n    query: SELECT 2;")),
        new("SSF3113", Fleet.Replace("controls:", "controls:\n  path: ../lib/controls.yml") + "--- lib/controls.yml\nscripts:\n", Fleet.Replace("controls:", "controls:\n  path: controls.yml") + "--- fleets/controls.yml\nscripts:\n--- args\n-f fleets/ws.yml\n"),
        new("SSF3114", Org.Replace("reports:", "queries:"), Org),
        new("SSF3115", Fleet.Replace("controls:", "controls:\n  scripts:\n    - paths: ../lib/*.sh"), Fleet.Replace("controls:", "controls:\n  scripts:\n    - paths: ../lib/*.sh") + "--- lib/a.sh\n#!/bin/sh\n"),
        new("SSF3116", Org.Replace("policies:", "policies:\n  - path: lib/p.yml\n    labels_include_any: [On server]") + "--- lib/p.yml\n- {name: p, query: SELECT 1;}\n", Org.Replace("policies:", "policies:\n  - path: lib/p.yml") + "--- lib/p.yml\n- {name: p, query: SELECT 1;}\n"),
        new("SSF3117", Org.Replace("  secrets:", "  secrets:\n  host_expiry_settings:\n    host_expiry_window: 9007199254740993"), Org.Replace("  secrets:", "  secrets:\n  host_expiry_settings:\n    host_expiry_window: 9007199254740992")),
        new("SSF3118", Org + Fleet + "--- free\n", Org + Fleet),
        new("SSF3119", Fleet.Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a_latest.pkg\n      hash_sha256: " + Hash), Fleet.Replace("software:", "software:\n  packages:\n    - url: https://e.example.com/a_1.0.pkg\n      hash_sha256: " + Hash)),
        new("SSF3122", Org.Replace("  secrets:", "  yara_rules:\n    - path: lib/a.yar\n    - path: lib/b/A.yar\n  secrets:") + Yara, Org.Replace("  secrets:", "  yara_rules:\n    - path: lib/a.yar\n    - path: lib/b.yar\n  secrets:") + Yara),
    ];

    private static string Profiles(string one, string other) =>
        Fleet.Replace("labels:", "labels:\n  - {name: A, query: SELECT 1;}\n  - {name: B, query: SELECT 1;}")
            .Replace("controls:", $"controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/a.mobileconfig\n        {one}\n        {other}") + Profile + SampleState.Mobileconfig;

    private static string Agents(string one, string other) =>
        Fleet.Replace("software:", $"software:\n  packages:\n    - url: https://packages.smallstep.com/stable/linux/{one}\n    - url: https://packages.smallstep.com/stable/linux/{other}");
}
