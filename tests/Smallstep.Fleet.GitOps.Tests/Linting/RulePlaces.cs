namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>Where the raising example of each rule is wrong: file, line and column before expansion. Arguments and what is absent from a run have no place.</summary>
internal static class RulePlaces
{
    public const string Expected = """
        SSF3001 :0:0
        SSF3002 default.yml:2:1
        SSF3003 fleets/ws.yml:7:7
        SSF3004 default.yml:3:15
        SSF3005 default.yml:3:15
        SSF3006 fleets/ws.yml:7:7
        SSF3007 default.yml:11:1
        SSF3008 default.yml:3:5
        SSF3009 default.yml:11:1
        SSF3010 fleets/ws.yml:1:7
        SSF3011 default.yml:2:3
        SSF3012 default.yml:12:3
        SSF3013 fleets/ws.yml:7:7
        SSF3014 lib/o.yml:1:7
        SSF3015 fleets/ws.yml:3:12
        SSF3016 default.yml:7:5
        SSF3017 default.yml:5:9
        SSF3018 fleets/ws.yml:8:9
        SSF3019 fleets/ws.yml:10:7
        SSF3020 default.yml:11:5
        SSF3021 default.yml:9:5
        SSF3022 default.yml:10:5
        SSF3023 fleets/ws.yml:10:7
        SSF3024 fleets/ws.yml:10:7
        SSF3025 fleets/ws.yml:8:9
        SSF3026 default.yml:1:1
        SSF3027 fleets/ws.yml:10:5
        SSF3028 default.yml:10:1
        SSF3029 default.yml:7:22
        SSF3101 default.yml:10:19
        SSF3102 default.yml:10:19
        SSF3103 default.yml:11:1
        SSF3104 default.yml:11:1
        SSF3105 default.yml:5:9
        SSF3106 lib/a.mobileconfig:14:48
        SSF3107 default.yml:1:1
        SSF3108 default.yml:10:5
        SSF3109 fleets/ws.yml:11:7
        SSF3110 default.yml:10:19
        SSF3111 default.yml:10:19
        SSF3112 default.yml:12:11
        SSF3113 fleets/ws.yml:6:3
        SSF3114 default.yml:9:1
        SSF3115 fleets/ws.yml:7:7
        SSF3116 default.yml:9:5
        SSF3117 default.yml:7:25
        SSF3118 fleets/ws.yml:1:1
        SSF3119 fleets/ws.yml:10:7
        SSF3122 default.yml:7:13
        """;
}
