namespace Smallstep.Fleet.GitOps;

/// <summary>Adds what a state holds to a repository that someone else keeps, without touching a byte of the rest.</summary>
public static class FleetRepositoryMerger
{
    /// <summary>
    /// Adds authorities, labels, custom host vitals, a Microsoft Graph credential, reports, policies and YARA rules to the global file, profiles, scripts, software, policies and reports to the fleets' files, and
    /// their contents under <c>lib/</c>. Settings stay as they are.
    /// Text is inserted where the parser says a section ends, in the style that stands there; nothing is written anew. What is there already, by name, stays.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="addition">What to add; fleets that have no file get one.</param>
    /// <param name="options">The target release, for keys that have to be made and for package lists.</param>
    public static MergeResult Merge(FleetRepository repository, FleetState addition, RepositoryWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(addition);
        ArgumentNullException.ThrowIfNull(options);
        return new RepositoryMerge(repository, addition, options).Run();
    }
}
