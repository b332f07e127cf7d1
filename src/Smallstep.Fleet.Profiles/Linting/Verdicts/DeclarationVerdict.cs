using System.Text.Json;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's checks of an uploaded Apple declaration, in its order; the first problem wins.</summary>
internal sealed class DeclarationVerdict(string text, string name, ProfileLintContext context)
{
    private const string Prefix = "com.apple.configuration";
    private const string MixedKeys =
        "Couldn't add. Keys in declaration (DDM) profile must contain only letters and start with a uppercase letter. Keys in Android profile must contain only letters and start with a lowercase letter.";

    private const string SoftwareUpdate = "com.apple.configuration.softwareupdate.enforcement.specific";

    /// <summary>Types that need an asset, which Fleet delivers from 4.90.</summary>
    private static readonly string[] WithAssets =
    [
        "com.apple.configuration.account.caldav", "com.apple.configuration.account.carddav", "com.apple.configuration.account.exchange",
        "com.apple.configuration.account.google", "com.apple.configuration.account.ldap", "com.apple.configuration.account.mail",
        "com.apple.configuration.screensharing.connection", "com.apple.configuration.security.certificate",
        "com.apple.configuration.security.identity", "com.apple.configuration.security.passkey.attestation",
        "com.apple.configuration.services.configuration-files", "com.apple.configuration.watch.enrollment",
    ];

    /// <summary>Types that Fleet does not deliver from 4.90 either.</summary>
    private static readonly string[] WithoutDelivery = ["com.apple.configuration.account.google", "com.apple.configuration.watch.enrollment"];

    public Refusal? Judge() =>
        (JsonKeys.Of(text).AreMixed ? new Refusal(MixedKeys) : null)
        ?? (FleetWords.ReservedNames.Contains(name) ? new Refusal($"Profile name \"{name}\" is not allowed.") : null)
        ?? SecretCheck.Missing(text, context)
        ?? Judge(SecretCheck.Expand(text, context));

    private Refusal? Judge(string expanded) =>
        SecretCheck.Reserved(expanded, context) ?? Variables(expanded) ?? SecretCheck.Vitals(text, context) ?? Structure(expanded);

    private Refusal? Variables(string expanded)
    {
        var places = new VariablePlaces(text);
        IReadOnlyList<string> names = VariableFinder.Find(expanded);
        if (names.Count > 0 && !context.IsPremium)
        {
            return places.At(names, FleetWords.License);
        }

        return names.FirstOrDefault(variable => !VariableCatalog.IsSupported(variable, VariableTargets.Declaration, context.FleetVersion)) is { } unsupported
            ? places.At(unsupported, $"Couldn't upload profile. Fleet variable $FLEET_VAR_{unsupported} is not supported in DDM profiles.")
            : null;
    }

    private Refusal? Structure(string expanded)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonText.WithWholeCharacters(expanded));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Type(document.RootElement)
                : InvalidJson($"a declaration is an object, not {document.RootElement.ValueKind}");
        }
        catch (JsonException e)
        {
            return new Refusal(InvalidJson(e.Message), (int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? -1) + 1);
        }
    }

    private string? Type(JsonElement declaration)
    {
        foreach (string member in new[] { "Type", "Identifier" })
        {
            if (declaration.TryGetProperty(member, out JsonElement value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                return InvalidJson($"{member} is no string");
            }
        }

        string type = JsonText.Text(declaration, "Type");
        return (context.FleetVersion.Capabilities.DeclarationAssets ? WithoutDelivery : WithAssets).Contains(type) ? "Only configuration declarations that don’t require an asset reference are supported."
            : type == "com.apple.configuration.management.status-subscriptions" ? "Declaration profile can’t include status subscription type. To get host’s vitals, please use queries and policies."
            : !type.StartsWith(Prefix, StringComparison.Ordinal) ? "Only configuration declarations (com.apple.configuration) are supported."
            : type == SoftwareUpdate ? Updates()
            : null;
    }

    /// <summary>Releases that take update policies take them while Fleet's own settings are empty; the same on Windows.</summary>
    private string? Updates() =>
        !context.FleetVersion.Capabilities.WindowsUpdatePolicies ? "Declaration profile can’t include OS updates settings. To control these settings, go to OS updates."
        : !context.IsPremium ? FleetWords.License
        : context.OsUpdatesConfigured ? FleetWords.OsUpdates
        : null;

    private static string InvalidJson(string problem) => "Couldn't upload. The file should include valid JSON: " + problem;
}
