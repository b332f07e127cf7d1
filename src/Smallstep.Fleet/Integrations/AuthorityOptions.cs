using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>Reads what the console hands out.</summary>
internal static class AuthorityOptions
{
    public static SmallstepAuthority? Read(IntegrationOptions options, bool needsScep, WindowsEnrollment windows, IntegrationOptionsReader read)
    {
        SmallstepScep? scep = ReadScep(options, needsScep, read);
        TeamSlug? team = read.TeamSlug(options.TeamSlug);
        ReadOnlyMemory<byte>? root = read.Certificate(options.RootCertificate, options.RootCertificatePath);
        NdesBridge? ndes = ReadNdes(options, windows == WindowsEnrollment.NdesBridge, read);
        CustomScep? custom = ReadCustomScep(options, windows == WindowsEnrollment.CustomScep, read);
        return team is null || root is null || (needsScep && scep is null)
            ? null
            : new SmallstepAuthority { Team = team.Value, RootCertificate = root.Value, Scep = scep, Ndes = ndes, CustomScep = custom };
    }

    private static SmallstepScep? ReadScep(IntegrationOptions options, bool isNeeded, IntegrationOptionsReader read)
    {
        if (!isNeeded && IsBlank(options.ScepUrl, options.ChallengeUrl, options.ChallengeUsername, options.ChallengePassword))
        {
            return null;
        }

        Uri? scepUrl = read.BaseAddress(nameof(options.ScepUrl), options.ScepUrl, options.AllowHttp);
        Uri? challengeUrl = read.Address(nameof(options.ChallengeUrl), options.ChallengeUrl, options.AllowHttp);
        string? username = read.Text(nameof(options.ChallengeUsername), options.ChallengeUsername);
        string? password = read.Text(nameof(options.ChallengePassword), options.ChallengePassword);
        return scepUrl is null || challengeUrl is null || username is null || password is null
            ? null
            : new SmallstepScep(scepUrl, challengeUrl, username, new Secret(password));
    }

    private static NdesBridge? ReadNdes(IntegrationOptions options, bool isNeeded, IntegrationOptionsReader read)
    {
        if (IsBlank(options.NdesScepUrl, options.NdesAdminUrl, options.NdesUsername, options.NdesPassword))
        {
            if (isNeeded)
            {
                read.Fail("The Windows way NdesBridge needs NdesScepUrl, NdesAdminUrl, NdesUsername and NdesPassword.");
            }

            return null;
        }

        Uri? scepUrl = read.BaseAddress(nameof(options.NdesScepUrl), options.NdesScepUrl, options.AllowHttp);
        Uri? adminUrl = read.Address(nameof(options.NdesAdminUrl), options.NdesAdminUrl, options.AllowHttp);
        string? username = read.Text(nameof(options.NdesUsername), options.NdesUsername);
        string? password = read.Text(nameof(options.NdesPassword), options.NdesPassword);
        return scepUrl is null || adminUrl is null || username is null || password is null
            ? null
            : new NdesBridge(scepUrl, adminUrl, username, new Secret(password));
    }

    private static CustomScep? ReadCustomScep(IntegrationOptions options, bool isNeeded, IntegrationOptionsReader read)
    {
        if (IsBlank(options.CustomScepUrl, options.CustomScepChallenge))
        {
            if (isNeeded)
            {
                read.Fail("The Windows way CustomScep needs CustomScepUrl and CustomScepChallenge.");
            }

            return null;
        }

        Uri? scepUrl = read.BaseAddress(nameof(options.CustomScepUrl), options.CustomScepUrl, options.AllowHttp);
        string? challenge = read.Text(nameof(options.CustomScepChallenge), options.CustomScepChallenge);
        CaName name = read.CaName(options.CustomScepName);
        return scepUrl is null || challenge is null ? null : new CustomScep(scepUrl, new Secret(challenge)) { Name = name };
    }

    private static bool IsBlank(params ReadOnlySpan<string?> values)
    {
        foreach (string? value in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                return false;
            }
        }

        return true;
    }
}
