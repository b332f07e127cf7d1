using Smallstep.Fleet.Api;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>What the server keeps as files for the whole organization.</summary>
internal static partial class Server
{
    public const string Rules = "rule eicar\n{\n  strings:\n    $a = \"X5O!P%@AP\"\n    $b = { E2 34 ?? C8 }\n  condition:\n    $a or $b // costs $5 and ${HOME}\n}\n";

    public static byte[] Agreement { get; } = "%PDF-1.7 costs $5\n\0\x7f"u8.ToArray();

    public static byte[] Logo { get; } = Convert.FromHexString("89504E470D0A1A0A0000000D49484452000000010000000108060000001F15C489");

    private static async Task FilesAsync(FleetClient fleet)
    {
        await fleet.SetupExperience.UploadLicenseAgreementAsync("terms of $5.pdf", Agreement);
        await fleet.Configuration.UploadLogoAsync(LogoMode.Light, "acme.png", Logo);
        await fleet.Configuration.ReplaceYaraRulesAsync([new YaraRule("eicar.yar", Rules), new YaraRule("other rules.yara", "rule none { condition: false }")]);
    }
}
