using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of the files of the set-up experience.</summary>
internal static class SetupFilesApplier
{
    public static async Task ApplyAsync(PlannedChange change, ApplyContext context, TransferProgress transfer, CancellationToken cancellationToken)
    {
        SetupExperienceClient setup = context.Fleet.SetupExperience;
        long team = context.TeamId(change)!.Value;
        if (change.Name == SetupFilesPlanner.Bootstrap)
        {
            await BootstrapAsync(change, context, team, transfer, cancellationToken).ConfigureAwait(false);
            return;
        }

        var wanted = change.Desired as ScriptState;
        if (change.Name == SetupFilesPlanner.Assistant)
        {
            Task assistant = wanted is null
                ? setup.DeleteAssistantAsync(team, cancellationToken)
                : setup.SetAssistantAsync(team, wanted.Name, JsonElement.Parse(wanted.Contents ?? "{}"), cancellationToken);
            await assistant.ConfigureAwait(false);
            return;
        }

        if (change.Kind is ChangeKind.Delete or ChangeKind.Replace)
        {
            await setup.DeleteScriptAsync(team, cancellationToken).ConfigureAwait(false);
        }

        if (wanted is not null)
        {
            await setup.UploadScriptAsync(new ScriptUpload(wanted.Name, wanted.Contents ?? "", team), cancellationToken).ConfigureAwait(false);
        }
    }

    // Downloaded before the one that is there goes. Fleet notes the address, by which the next plan knows the package.
    private static async Task BootstrapAsync(PlannedChange change, ApplyContext context, long team, TransferProgress transfer, CancellationToken cancellationToken)
    {
        SetupExperienceClient setup = context.Fleet.SetupExperience;
        if (change.Desired is not string address)
        {
            await setup.DeleteBootstrapPackageAsync(team, cancellationToken).ConfigureAwait(false);
            await NoteAsync(change, context.Fleet, team, "", cancellationToken).ConfigureAwait(false);
            return;
        }

        DownloadedPackage package = await context.Packages
            .DownloadAsync(new Uri(address), null, context.Version.Capabilities.MaxInstallerBytes, transfer.At(ApplyStage.Downloading), cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable _ = package.ConfigureAwait(false);
        if (change.Observed is not null)
        {
            await setup.DeleteBootstrapPackageAsync(team, cancellationToken).ConfigureAwait(false);
        }

        string name = Path.GetFileName(new Uri(address).LocalPath);
        await setup.UploadBootstrapPackageAsync(team, name, package.Contents, progress: transfer.At(ApplyStage.Uploading), cancellationToken: cancellationToken).ConfigureAwait(false);
        await NoteAsync(change, context.Fleet, team, address, cancellationToken).ConfigureAwait(false);
    }

    // A PATCH of a fleet would not store the address, and would turn end-user authentication off.
    private static async Task NoteAsync(PlannedChange change, FleetClient fleet, long team, string address, CancellationToken cancellationToken)
    {
        var controls = new JsonObject { ["mdm"] = new JsonObject { ["macos_setup"] = new JsonObject { ["bootstrap_package"] = address } } };
        Task noted = team == 0
            ? fleet.Configuration.PatchAsync(controls, cancellationToken: cancellationToken)
            : FleetDeclaration.ApplyAsync(controls, change.Team!, fleet, team, cancellationToken);
        await noted.ConfigureAwait(false);
    }
}
