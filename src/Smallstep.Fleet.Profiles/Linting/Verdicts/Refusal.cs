using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's words for a document that it refuses, and the place that they are about.</summary>
/// <param name="Message">The words.</param>
/// <param name="Line">The line, counted from 1; 0 where they are about the document as a whole.</param>
/// <param name="Column">The column, counted from 1; 0 likewise.</param>
internal sealed record Refusal(string Message, int Line = 0, int Column = 0)
{
    public static implicit operator Refusal?(string? message) => message is null ? null : new Refusal(message);

    /// <summary>A refusal because of a place in a text; a negative index means the whole.</summary>
    public static Refusal At(string text, int index, string message)
    {
        (int line, int column) = index < 0 ? (0, 0) : TextPosition.Of(text, index);
        return new Refusal(message, line, column);
    }

    /// <summary>A refusal because of a value of a property list.</summary>
    public static Refusal At(PropertyListValue? place, string message) => new(message, place?.Line ?? 0, place?.Column ?? 0);

    /// <summary>A refusal of something that cannot be read.</summary>
    /// <param name="what">What stands before the reader's words.</param>
    /// <param name="reason">What the reader said.</param>
    public static Refusal Unreadable(string what, ProfileFormatException reason) => new(what + reason.Message, reason.Line, reason.Column);
}
