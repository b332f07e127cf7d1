using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Where the variables of a document stand as it was written, before secrets were expanded.</summary>
internal sealed class VariablePlaces(string original)
{
    /// <summary>A refusal because of a variable.</summary>
    /// <param name="name">The name without <c>FLEET_VAR_</c>.</param>
    /// <param name="message">Fleet's words.</param>
    /// <param name="occurrence">Which of its occurrences they are about, counted from 0.</param>
    public Refusal At(string name, string message, int occurrence = 0) => At([name], message, occurrence);

    /// <summary>A refusal because of one of several variables.</summary>
    public Refusal At(IReadOnlyCollection<string> names, string message, int occurrence = 0)
    {
        IEnumerable<int> starts = VariableFinder.Tokens(original).Where(token => names.Contains(token.Name)).Select(token => token.Start);
        return Refusal.At(original, starts.Skip(occurrence).Append(-1).First(), message);
    }
}
