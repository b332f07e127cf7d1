using System.Text;
using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>An item as Fleet's placement checks see it: the node's text, and the inner XML of <c>Data</c> as written.</summary>
/// <param name="Target">The LocURI, trimmed; <see langword="null"/> without one.</param>
/// <param name="Data">The inner XML; <see langword="null"/> without a <c>Data</c> element.</param>
/// <param name="Start">Where the item begins in the text.</param>
internal sealed record WindowsItem(string? Target, string? Data, int Start)
{
    private static readonly string[] Nested = ["Replace", "Add", "Exec"];

    /// <summary>The items of a well-formed document, in its order; inside Atomic those of Replace come first, then Add, then Exec.</summary>
    public static IReadOnlyList<WindowsItem> Collect(string text)
    {
        var items = new List<(int Command, int Rank, WindowsItem Item)>();
        var path = new List<string>();
        var uri = new StringBuilder();
        string? target = null, data = null;
        int command = 0, item = 0, start = 0, dataStart = 0;
        var tokens = new XmlTokenizer(text);
        while (tokens.Read())
        {
            bool inTarget = item > 0 && path.Count == item + 2 && path is [.., "Target", "LocURI"];
            switch (tokens.Kind)
            {
                case XmlTokenKind.StartElement:
                    path.Add(tokens.LocalName);
                    command += path.Count == 1 ? 1 : 0;
                    if (path is [_, "Item"] or [_, "Replace" or "Add" or "Exec", "Item"])
                    {
                        (item, start) = (path.Count, tokens.Start);
                    }

                    dataStart = item > 0 && path.Count == item + 1 ? tokens.End : dataStart;
                    break;
                case XmlTokenKind.Text or XmlTokenKind.CData when inTarget:
                    uri.Append(tokens.Value);
                    break;
                case XmlTokenKind.EndElement:
                    if (inTarget)
                    {
                        target = uri.ToString().Trim();
                        uri.Clear();
                    }
                    else if (item > 0 && path.Count == item + 1 && path[^1] == "Data")
                    {
                        data = text[dataStart..Math.Max(dataStart, tokens.Start)];
                    }
                    else if (path.Count == item)
                    {
                        items.Add((command, item == 2 ? -1 : Array.IndexOf(Nested, path[1]), new WindowsItem(target, data, start)));
                        (target, data, item) = (null, null, 0);
                    }

                    path.RemoveAt(path.Count - 1);
                    break;
            }
        }

        return [.. items.OrderBy(entry => entry.Command).ThenBy(entry => entry.Rank).Select(entry => entry.Item)];
    }
}
