namespace Smallstep.Fleet.Variables;

/// <summary>Finds where PowerShell code may begin: past the byte order mark, comments, <c>using</c> lines and one <c>param</c> block with its attributes.</summary>
internal static class PowerShellHead
{
    public static int End(string script)
    {
        int at = SkipTrivia(script, script.StartsWith('\uFEFF') ? 1 : 0);
        int end = script.StartsWith('\uFEFF') ? 1 : 0;
        while (IsWord(script, at, "using"))
        {
            at = EndOfLine(script, at);
            end = at;
            at = SkipTrivia(script, at);
        }

        int param = SkipAttributes(script, at);
        if (IsWord(script, param, "param"))
        {
            int open = SkipTrivia(script, param + 5);
            return open < script.Length && script[open] == '(' ? AfterBlock(script, open) : end;
        }

        // Without using or param, comments at the top (such as #requires) stay where they are: the code comes after them.
        return Math.Max(end, LineStart(script, at));
    }

    /// <summary>Whether the head holds a variable outside its comments.</summary>
    public static bool HasCodeVariable(string script, int end)
    {
        HashSet<int> tokens = [.. VariableFinder.Tokens(script[..end]).Select(token => token.Start)];
        int at = 0;
        while (at < end)
        {
            int next = SkipTrivia(script, at);
            if (next == at && tokens.Contains(at))
            {
                return true;
            }

            at = next == at ? at + 1 : next;
        }

        return false;
    }

    private static int SkipTrivia(string script, int at)
    {
        while (at < script.Length)
        {
            if (char.IsWhiteSpace(script[at]))
            {
                at++;
            }
            else if (script[at] == '#')
            {
                at = EndOfLine(script, at);
            }
            else if (string.CompareOrdinal(script, at, "<#", 0, 2) == 0)
            {
                int close = script.IndexOf("#>", at + 2, StringComparison.Ordinal);
                at = close < 0 ? script.Length : close + 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>Past attributes such as <c>[CmdletBinding()]</c>; what else begins with a bracket is for the caller to see.</summary>
    private static int SkipAttributes(string script, int at)
    {
        while (at < script.Length && script[at] == '[')
        {
            at = SkipTrivia(script, AfterBlock(script, at));
        }

        return at;
    }

    /// <summary>The place after a block in parentheses or brackets.</summary>
    private static int AfterBlock(string script, int open)
    {
        int depth = 0;
        for (int i = open; i < script.Length; i++)
        {
            char c = script[i];
            if (c is '"' or '\'')
            {
                int close = script.IndexOf(c, i + 1);
                i = close < 0 ? script.Length : close;
            }
            else if (c == '#')
            {
                i = EndOfLine(script, i) - 1;
            }
            else if (c is '(' or '[')
            {
                depth++;
            }
            else if (c is ')' or ']' && --depth == 0)
            {
                return i + 1;
            }
        }

        return script.Length;
    }

    private static bool IsWord(string script, int at, string word) =>
        string.Compare(script, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (at + word.Length >= script.Length || !char.IsLetterOrDigit(script[at + word.Length]));

    private static int EndOfLine(string script, int at)
    {
        int end = script.IndexOf('\n', Math.Min(at, script.Length));
        return end < 0 ? script.Length : end + 1;
    }

    private static int LineStart(string script, int at) => at == 0 ? 0 : script.LastIndexOf('\n', at - 1) + 1;
}
