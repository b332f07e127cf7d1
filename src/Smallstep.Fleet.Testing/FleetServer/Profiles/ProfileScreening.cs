using System.Text;
using System.Text.Json;
using Smallstep.Fleet.Profiles;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Testing;

/// <summary>What Fleet checks about a profile before it takes it; the verdict about its contents is the linter's.</summary>
internal sealed class ProfileScreening(FleetDatabase data)
{
    public const string AppleMdmOff = "Couldn't add profile. Apple MDM isn't turned on. Go to Settings > Integrations > MDM to turn on MDM.";
    public const string WindowsMdmOff = "Couldn't add profile. Windows MDM isn't turned on. Go to Settings > Integrations > MDM to turn on MDM.";
    private const string LicenseText = "Requires Fleet Premium license";

    private readonly ProfileLinter _linter = new();

    /// <summary>All checks.</summary>
    public ScreenedProfile Screen(string fileName, ReadOnlyMemory<byte> contents)
    {
        CheckFile(fileName, contents);
        Verdict verdict = _linter.Lint(Kind(fileName) == 'd' ? GoJson.Whole(contents.Span) : contents, fileName, Context()).Verdict;
        return verdict.IsAccepted ? Identify(fileName, contents) : throw Refusal(fileName, verdict.Message);
    }

    /// <summary>The checks of a dry run: kind, MDM, size and form.</summary>
    public ScreenedProfile Parse(string fileName, ReadOnlyMemory<byte> contents)
    {
        CheckFile(fileName, contents);
        return Identify(fileName, contents);
    }

    private static char Kind(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".mobileconfig" => 'a',
        ".json" => 'd',
        ".xml" => 'w',
        _ => throw ApiError.Bad("Couldn't add profile. The file should be a .mobileconfig, XML, or JSON file."),
    };

    /// <summary>Fleet answers 402 about its licence, 422 about variables it does not take on Windows, missing secrets and host vitals, 400 about the rest.</summary>
    private static ApiErrorException Refusal(string fileName, string message)
    {
        if (message.Contains(LicenseText, StringComparison.Ordinal))
        {
            return ApiError.Premium();
        }

        bool windowsVariable = Kind(fileName) == 'w' && (message.StartsWith("Fleet variable ", StringComparison.Ordinal) || message.StartsWith("Variable ", StringComparison.Ordinal));
        return windowsVariable || message.Contains("Secret variable", StringComparison.Ordinal) || message.StartsWith("Custom host vital", StringComparison.Ordinal)
            ? ApiError.Invalid("profile", message)
            : ApiError.Bad(message);
    }

    private void CheckFile(string fileName, ReadOnlyMemory<byte> contents)
    {
        bool windows = Kind(fileName) == 'w';
        if (windows ? !data.Options.WindowsMdm : !data.Options.AppleMdm)
        {
            throw ApiError.Bad(windows ? WindowsMdmOff : AppleMdmOff);
        }

        if (contents.Length > data.Capabilities.MaxProfileBytes)
        {
            throw ApiError.Invalid("profile", "maximum configuration profile file size is 1 MB");
        }
    }

    private ProfileLintContext Context() => new()
    {
        FleetVersion = data.Version,
        IsPremium = data.Options.IsPremium,
        CertificateAuthorities = data.AuthorityNames(),
        Secrets = [.. data.Variables.Select(variable => variable.Name)],
        SecretValues = data.Variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
        HostVitals = data.Version >= CustomHostVitalRoutes.Since ? [.. data.CustomHostVitals.Select(vital => (int)vital.Id)] : null,
        SmallstepVariablesOnWindows = data.Options.SmallstepVariablesOnWindows,
    };

    private ScreenedProfile Identify(string fileName, ReadOnlyMemory<byte> contents)
    {
        char kind = Kind(fileName);
        string extension = Path.GetExtension(fileName).ToLowerInvariant();
        string name = Path.GetFileNameWithoutExtension(fileName);
        if (kind != 'a')
        {
            return new ScreenedProfile(kind, name, kind == 'd' ? DeclarationIdentifier(contents) : "", "System", extension, contents);
        }

        try
        {
            MobileConfig profile = MobileConfig.Parse(Encoding.UTF8.GetBytes(Readable(Encoding.UTF8.GetString(contents.Span))));
            return new ScreenedProfile('a', profile.DisplayName, profile.Identifier, profile.Scope.Length > 0 ? profile.Scope : "System", extension, contents);
        }
        catch (ProfileFormatException e)
        {
            throw ApiError.Bad("failed to parse config profile: new MDMAppleConfigProfile: " + e.Message);
        }
    }

    private static string DeclarationIdentifier(ReadOnlyMemory<byte> contents)
    {
        try
        {
            JsonElement declaration = GoJson.Parse(contents.Span);
            return declaration.ValueKind == JsonValueKind.Object && declaration.TryGetProperty("Identifier", out JsonElement identifier) && identifier.ValueKind == JsonValueKind.String ? identifier.GetString()! : "";
        }
        catch (JsonException e)
        {
            throw ApiError.Bad("The file should include valid JSON: " + e.Message);
        }
    }

    /// <summary>The text without what keeps it from being a property list: base64 that comes at delivery, and secrets.</summary>
    private string Readable(string text)
    {
        foreach (string name in VariableFinder.Find(text).Where(name => name.StartsWith("DIGICERT_DATA_", StringComparison.Ordinal)))
        {
            text = VariableReplacer.ReplaceRaw(text, name, "");
        }

        return data.Expand(text);
    }
}
