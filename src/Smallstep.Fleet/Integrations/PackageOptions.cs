namespace Smallstep.Fleet;

/// <summary>Reads which packages are deployed.</summary>
internal static class PackageOptions
{
    public static AgentPackages? Read(IntegrationOptions options, IntegrationOptionsReader read)
    {
        AgentPackageNaming naming = read.Word<AgentPackageNaming>(nameof(options.PackageNaming), options.PackageNaming);
        Uri? address = string.IsNullOrWhiteSpace(options.PackageBaseAddress)
            ? AgentFacts.PackageBaseAddress
            : read.BaseAddress(nameof(options.PackageBaseAddress), options.PackageBaseAddress, options.AllowHttp);
        Dictionary<string, string> pins = Pins(options, naming, read);
        return !options.DeployPackages ? null : new AgentPackages
        {
            // Names are resolved against the address, whose last part would be lost without the slash.
            BaseAddress = address is null || address.AbsolutePath.EndsWith('/') ? address ?? AgentFacts.PackageBaseAddress : new Uri(address.AbsoluteUri + "/"),
            Naming = naming,
            PinnedHashes = pins,
            CheckForNewer = options.CheckForNewerPackages,
            AutomaticInstall = options.AutomaticInstall,
            SelfService = options.SelfService,
        };
    }

    /// <summary>The hashes in the spelling that is compared. A misspelt file name would leave the package unpinned.</summary>
    private static Dictionary<string, string> Pins(IntegrationOptions options, AgentPackageNaming naming, IntegrationOptionsReader read)
    {
        Dictionary<string, string> pins = new(StringComparer.Ordinal);
        string[] files = [.. AgentFacts.Packages(naming).Select(package => package.FileName)];
        foreach ((string file, string? hash) in options.PinnedHashes ?? new Dictionary<string, string>())
        {
            if (Sha256Fingerprint.TryParse(hash, out Sha256Fingerprint known))
            {
                pins[file] = known.Value;
            }
            else
            {
                read.Fail($"PinnedHashes: '{hash}' of {file} is no SHA-256 hash (64 hex digits).");
            }

            if (!files.Contains(file, StringComparer.Ordinal))
            {
                read.Fail($"PinnedHashes: {file} is none of the packages {string.Join(", ", files)}.");
            }
        }

        if (!options.DeployPackages && options.PinnedHashes is { Count: > 0 })
        {
            read.Fail("PinnedHashes are given, and DeployPackages is off.");
        }

        return pins;
    }
}
