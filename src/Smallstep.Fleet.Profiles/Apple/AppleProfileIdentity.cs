using Smallstep.Fleet.Profiles.Linting;
using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Profiles;

/// <summary>What Fleet takes out of an uploaded Apple profile.</summary>
/// <param name="Identifier">The <c>PayloadIdentifier</c>.</param>
/// <param name="DisplayName">The <c>PayloadDisplayName</c>, the profile's name in Fleet.</param>
/// <param name="Scope">The <c>PayloadScope</c>: <c>System</c> or <c>User</c>.</param>
public sealed record AppleProfileIdentity(string Identifier, string DisplayName, string Scope)
{
    internal const string SignedMessage = "signed profiles are not supported";

    /// <summary>Reads a profile as Fleet does: Fleet's variables do not disturb, a missing scope means <c>System</c>.</summary>
    /// <param name="profile">The profile's bytes.</param>
    /// <exception cref="ProfileFormatException">Fleet would refuse it; the message is Fleet's where it is Fleet's own check.</exception>
    public static AppleProfileIdentity Parse(ReadOnlySpan<byte> profile)
    {
        string text = Utf8Text.Decode(profile);
        if (LooksSigned(text))
        {
            throw new ProfileFormatException(SignedMessage);
        }

        (AppleProfileIdentity? identity, Refusal? problem) = Judge(ApplePlist.Read(text));
        return identity ?? throw new ProfileFormatException(problem!.Message);
    }

    /// <summary>The identity of a profile, or Fleet's words and the place that they are about.</summary>
    internal static (AppleProfileIdentity? Identity, Refusal? Problem) Judge(PropertyListDictionary profile)
    {
        string type = Text(profile, "PayloadType");
        string identifier = Text(profile, "PayloadIdentifier");
        string name = Text(profile, "PayloadDisplayName");
        string scope = Text(profile, "PayloadScope");
        Refusal? problem =
            type != "Configuration" ? At("PayloadType", "invalid PayloadType: " + type)
            : identifier.Length == 0 ? At("PayloadIdentifier", "empty PayloadIdentifier in profile")
            : name.Length == 0 ? At("PayloadDisplayName", "empty PayloadDisplayName in profile")
            : scope is not ("" or "System" or "User") ? At("PayloadScope", "invalid PayloadScope: " + scope)
            : null;
        return problem is null ? (new AppleProfileIdentity(identifier, name, scope.Length == 0 ? "System" : scope), null) : (null, problem);

        Refusal At(string key, string message) => Refusal.At(profile.GetValueOrDefault(key) ?? profile, message);
    }

    /// <summary>Whether Fleet takes a document for a signed one: it does not begin with an XML declaration or a variable.</summary>
    internal static bool LooksSigned(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart();
        return !trimmed.StartsWith("<?xml", StringComparison.Ordinal)
            && !trimmed.StartsWith("$FLEET_", StringComparison.Ordinal)
            && !trimmed.StartsWith("${FLEET_", StringComparison.Ordinal);
    }

    private static string Text(PropertyListDictionary profile, string key) =>
        !profile.TryGetValue(key, out PropertyListValue? value) ? ""
        : value is PropertyListString text ? text.Value
        : throw new ProfileFormatException($"{key} is no string", value.Line, value.Column, key);
}
