using System.Text;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Declarations with what they bring along: an asset that they refer to, an activation of their own.</summary>
internal static partial class Server
{
    public const string Asset = """{"Type": "com.apple.asset.data", "Identifier": "com.example.tasks.data", "Payload": {"Reference": {"DataURL": "https://example.com/tasks.zip?cost=$5", "ContentType": "application/zip"}}}""";
    public const string TaskDeclaration = """{"Type": "com.apple.configuration.services.background-tasks", "Identifier": "com.example.tasks", "Payload": {"Tasks": [{"DataAssetReference": "com.example.tasks.data"}]}}""";
    public const string Activation = """{"Type": "com.apple.activation.simple", "Identifier": "com.example.tasks.activation", "Payload": {"StandardConfigurations": ["com.example.tasks"], "Predicate": "@status(device.model.family) == '$Mac'"}}""";

    private static async Task DeclarationsAsync(World world, FleetClient fleet, long? team)
    {
        FleetCapabilities capabilities = world.Fleet.Version.Capabilities;
        if (!capabilities.DeclarationAssets)
        {
            return;
        }

        world.FleetOptions.AllowCustomActivations = true;
        await fleet.Assets.UploadAsync(new AssetUpload("tasks", Encoding.UTF8.GetBytes(Asset)) { TeamId = team });
        await fleet.Profiles.UploadAsync(new ProfileUpload
        {
            FileName = "tasks.json",
            Contents = Encoding.UTF8.GetBytes(TaskDeclaration),
            TeamId = team,
            Activation = capabilities.DeclarationActivations ? Encoding.UTF8.GetBytes(Activation) : null,
        });
    }
}
