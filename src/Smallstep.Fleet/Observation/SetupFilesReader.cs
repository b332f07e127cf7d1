using System.Text.Json;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads the files of the set-up experience, and the templates from which Android devices get certificates.</summary>
internal static class SetupFilesReader
{
    public static Task<SetupFilesState?> ReadAsync(ReadableClients fleet, long team, JsonElement? controls, bool isWanted, CancellationToken cancellationToken) => !isWanted
        ? Task.FromResult<SetupFilesState?>(null)
        : fleet.TryReadAsync(client => ReadableClients.OrNoneAsync(
            async () =>
            {
                SetupAssistant? assistant = await client.SetupExperience.GetAssistantAsync(team, cancellationToken).ConfigureAwait(false);
                BootstrapPackage? package = await client.SetupExperience.GetBootstrapPackageAsync(team, forUpdate: true, cancellationToken).ConfigureAwait(false);
                Script? script = await client.SetupExperience.GetScriptAsync(team, cancellationToken).ConfigureAwait(false);
                string? address = Address(controls);
                return new SetupFilesState
                {
                    BootstrapPackageUrl = package is null ? null : address,
                    HasOtherBootstrapPackage = package is not null && address is null,
                    Assistant = assistant is null ? null : new ScriptState(assistant.Name, assistant.EnrollmentProfile.GetRawText()),
                    Script = script is null ? null : new ScriptState(script.Name, await client.SetupExperience.DownloadScriptAsync(team, cancellationToken).ConfigureAwait(false)),
                };
            },
            new SetupFilesState()));

    // The server notes the address of a package that came from a repository.
    private static string? Address(JsonElement? controls)
    {
        JsonElement shown = controls ?? default;
        JsonElement setup = SettingsReader.Member(shown, "macos_setup");
        return SettingsReader.Member(setup, "bootstrap_package") is { ValueKind: JsonValueKind.String } address && address.GetString() is { Length: > 0 } url ? url : null;
    }

    public static Task<IReadOnlyList<CertificateTemplateState>?> ReadTemplatesAsync(ReadableClients fleet, long team, bool isWanted, CancellationToken cancellationToken) => !isWanted
        ? Task.FromResult<IReadOnlyList<CertificateTemplateState>?>(null)
        : fleet.TryReadAsync(client => ReadableClients.OrNoneAsync<IReadOnlyList<CertificateTemplateState>>(
            async () => [.. (await client.CertificateTemplates.ListAsync(team, cancellationToken).ConfigureAwait(false))
                .Select(template => new CertificateTemplateState(template.Name, template.CertificateAuthorityName, template.SubjectName) { SubjectAlternativeName = template.SubjectAlternativeName, Id = template.Id })],
            []));
}
