using Smallstep.Fleet.GitOps;
using static Smallstep.Fleet.Conformance.Tests.GitOps.GitOpsRuleCase;

namespace Smallstep.Fleet.Conformance.Tests.GitOps;

/// <summary><c>path</c> and <c>paths</c>.</summary>
internal static class PathCases
{
    private const string Fleet = "--- fleets/a.yml\nname: A\n";
    private const string Scripts = Fleet + "controls:\n  scripts:\n";
    private const string Script = "#!/bin/sh\n";

    public static IReadOnlyList<GitOpsRuleCase> All { get; } =
    [
        Reject("path-without-glob", GitOpsStage.Parse, Scripts + "    - paths: ../lib/a.sh\n--- lib/a.sh\n" + Script, "failed to parse scripts list in fleets/a.yml: script \"paths\" \"../lib/a.sh\" does not contain glob characters; use \"path\" for a specific file"),
        Reject("path-stray-dash", GitOpsStage.Parse, Scripts + "    - path: ../lib/a.sh\n    -\n--- lib/a.sh\n" + Script, "script entry has no \"path\" or \"paths\" field; check for a stray \"-\" in the list"),
        Reject("path-script-missing", GitOpsStage.Parse, Scripts + "    - path: ../lib/gone.sh\n", "failed to read scripts file lib/gone.sh: open lib/gone.sh: no such file or directory"),
        Accept("path-literal-glob-characters", Scripts + "    - path: '../lib/[a].sh'\n--- lib/[a].sh\n" + Script),
        Reject("path-literal-glob-characters-before-4.85", GitOpsStage.Parse, Scripts + "    - path: '../lib/[a].sh'\n--- lib/[a].sh\n" + Script + "--- version\n4.84.0\n", "script \"path\" \"../lib/[a].sh\" contains glob characters"),
        Accept("path-no-match", Scripts + "    - paths: ../lib/*.sh\n") with { Log = ["[!] glob pattern \"../lib/*.sh\" matched no script files"] },
        Accept("path-any-depth", Scripts + "    - paths: ../lib/**/*.{sh,ps1}\n--- lib/x/y/a.sh\n" + Script + "--- lib/b.ps1\nexit\n--- lib/c.txt\nno\n"),
        Accept("path-any-depth-foreign", Scripts + "    - paths: ../lib/**\n--- lib/x/a.sh\n" + Script + "--- lib/c.txt\nno\n") with { Log = ["matched non-script file \"lib/c.txt\", skipping"] },
        Reject("path-duplicate-by-glob", GitOpsStage.Parse, Scripts + "    - path: ../lib/a.sh\n    - paths: ../lib/x/?.sh\n--- lib/a.sh\n" + Script + "--- lib/x/a.sh\n" + Script, "duplicate script basename \"a.sh\" (from \"../lib/a.sh\" and \"../lib/x/?.sh\")"),
        Accept("path-foreign-extension-of-path", Fleet + "controls:\n  scripts:\n    - path: ../lib/a.txt\n--- lib/a.txt\nx\n"),
        Reject("path-profile-missing", GitOpsStage.Parse, Fleet + "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/gone.mobileconfig\n", "failed to read profile file"),
        Reject("path-profile-without-path", GitOpsStage.Parse, Fleet + "controls:\n  windows_settings:\n    configuration_profiles:\n      - labels_include_any: [A]\n", "failed to read profile file"),
        Accept("path-profile-as-text", Fleet + "controls:\n  apple_settings:\n    configuration_profiles:\n      - ../lib/a.mobileconfig\n--- lib/a.mobileconfig\n" + Mobileconfig.Named("A")),
        Reject("path-both-in-labels", GitOpsStage.Parse, "--- default.yml\norg_settings:\ncontrols:\nlabels:\n  - path: l.yml\n    paths: '*.yml'\n", "label entry cannot have both \"path\" and \"paths\" fields"),
        Accept("path-lists-by-glob", "--- default.yml\norg_settings:\ncontrols:\nreports:\n  - paths: lib/*.yaml\npolicies:\n  - paths: lib/p*.yml\nlabels:\n  - path: lib/l.yml\n--- lib/r.yaml\n- {name: r, query: SELECT 1;}\n--- lib/p1.yml\n- {name: p, query: SELECT 1;}\n--- lib/l.yml\n- {name: l, query: SELECT 1;}\n"),
        Reject("path-referenced-mapping", GitOpsStage.Parse, "--- default.yml\norg_settings:\ncontrols:\nreports:\n  - path: lib/r.yml\n--- lib/r.yml\nname: r\nquery: SELECT 1;\n", "Couldn't edit \"lib/r.yml\" at \"reports\", expected type []*spec.Query but got object"),
        Reject("path-nested-in-list", GitOpsStage.Parse, "--- default.yml\norg_settings:\ncontrols:\npolicies:\n  - path: lib/p.yml\n--- lib/p.yml\n- path: q.yml\n", "nested paths are not supported: q.yml in lib/p.yml"),
        Reject("path-nested-settings", GitOpsStage.Parse, Fleet + "settings:\n  path: s.yml\n--- fleets/s.yml\npath: t.yml\n--- args\n-f fleets/a.yml\n", "nested paths are not supported: t.yml in s.yml"),
        Reject("path-nested-agent-options", GitOpsStage.Parse, Fleet + "agent_options:\n  path: ../lib/o.yml\n--- lib/o.yml\npath: p.yml\n", "nested paths are not supported: p.yml in ../lib/o.yml"),
        Reject("path-nested-controls", GitOpsStage.Parse, Fleet + "controls:\n  path: ../lib/c.yml\n--- lib/c.yml\npath: d.yml\n", "nested paths are not supported: d.yml in ../lib/c.yml"),
        Reject("path-controls-relative-to-the-main-file", GitOpsStage.Parse, Fleet + "controls:\n  path: ../lib/c.yml\n--- lib/c.yml\nscripts:\n  - path: a.sh\n--- lib/a.sh\n" + Script, "failed to read scripts file fleets/a.sh"),
        Accept("path-controls-as-the-main-file-means", Fleet + "controls:\n  path: ../lib/c.yml\n--- lib/c.yml\nscripts:\n  - path: ../lib/a.sh\n--- lib/a.sh\n" + Script),
        Accept("path-controls-old-names", Fleet + "controls:\n  path: ../lib/c.yml\n--- lib/c.yml\nmacos_settings:\n  custom_settings:\n    - path: ../lib/a.mobileconfig\n--- lib/a.mobileconfig\n" + Mobileconfig.Named("A")),
        Reject("path-agent-options-missing", GitOpsStage.Parse, Fleet + "agent_options:\n  path: ../lib/o.yml\n", "failed to read agent options file ../lib/o.yml"),
        Reject("path-settings-missing", GitOpsStage.Parse, Fleet + "settings:\n  path: ../lib/s.yml\n", "failed to read team settings file ../lib/s.yml"),
        Reject("path-org-settings-missing", GitOpsStage.Parse, "--- default.yml\norg_settings:\n  path: lib/s.yml\ncontrols:\n", "failed to read org settings file lib/s.yml"),
        Reject("path-controls-missing", GitOpsStage.Parse, Fleet + "controls:\n  path: c.yml\n", "failed to read controls file c.yml"),
        Reject("path-labels-missing", GitOpsStage.Parse, "--- default.yml\norg_settings:\ncontrols:\nlabels:\n  - path: lib/l.yml\n", "failed to read labels file lib/l.yml"),
        Reject("path-syntax-in-referenced-file", GitOpsStage.Parse, "--- default.yml\norg_settings:\ncontrols:\nlabels:\n  - path: lib/l.yml\n--- lib/l.yml\n- name: 'a\n", "failed to unmarshal file \"lib/l.yml\" key \"labels\": failed to unmarshal YAML to JSON: yaml:"),
        Reject("path-activation-missing", GitOpsStage.Parse, Fleet + "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/d.json\n        activation: ../lib/act.json\n--- lib/d.json\n{}\n", "failed to read activation file lib/act.json"),
        Reject("path-activation-with-paths", GitOpsStage.Parse, Fleet + "controls:\n  apple_settings:\n    configuration_profiles:\n      - paths: ../lib/*.json\n        activation: ../lib/act.json\n--- lib/act.json\n{}\n", "profile \"../lib/*.json\" cannot use \"activation\" with \"paths\"; use \"path\" for a single profile"),
        Accept("path-two-stars-in-a-part", Scripts + "    - paths: ../lib/**.sh\n--- lib/a.sh\n" + Script + "--- lib/x/a.sh\n" + Script),
        Accept("path-set", Scripts + "    - paths: '../lib/[!b-z[].sh'\n    - paths: '../lib/[[].sh'\n--- lib/a.sh\n" + Script + "--- lib/b.sh\n$FLEET_SECRET_NOPE\n--- lib/[.sh\n" + Script),
        Reject("path-bracket-not-closed", GitOpsStage.Parse, Scripts + "    - paths: '../lib/[a.sh'\n", "invalid glob pattern \"../lib/[a.sh\": syntax error in pattern"),
        Reject("path-brace-not-closed", GitOpsStage.Parse, Scripts + "    - paths: '../lib/{a,b.sh'\n", "invalid glob pattern \"../lib/{a,b.sh\": syntax error in pattern"),
        Reject("path-set-the-wrong-way-round", GitOpsStage.Parse, Scripts + "    - paths: '../lib/[z-a].sh'\n", "invalid glob pattern \"../lib/[z-a].sh\": syntax error in pattern"),
        Reject("path-asset-glob", GitOpsStage.Parse, Fleet + "controls:\n  apple_settings:\n    assets:\n      - path: ../lib/*.json\n", "asset \"path\" \"../lib/*.json\" contains glob characters"),
    ];
}
