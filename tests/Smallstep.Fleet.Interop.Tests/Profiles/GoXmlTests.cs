using System.Text;
using System.Text.RegularExpressions;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet.Interop.Tests.Profiles;

/// <summary>What the linter takes for XML in a Windows profile, against Go's <c>encoding/xml</c>, which Fleet judges with.</summary>
public sealed partial class GoXmlTests
{
    private const int Count = 4000;

    private const string Program = """
        package main

        import (
            "bufio"
            "bytes"
            "encoding/base64"
            "encoding/xml"
            "fmt"
            "io"
            "os"
        )

        func main() {
            lines := bufio.NewScanner(os.Stdin)
            lines.Buffer(nil, 1<<20)
            for lines.Scan() {
                document, _ := base64.StdEncoding.DecodeString(lines.Text())
                decoder := xml.NewDecoder(bytes.NewReader(document))
                for {
                    token, err := decoder.Token()
                    if err == io.EOF {
                        fmt.Println("ok")
                        break
                    }
                    if _, instruction := token.(xml.ProcInst); err != nil || instruction {
                        fmt.Println("no:", err)
                        break
                    }
                }
            }
        }
        """;

    private static readonly string[] Documents =
    [
        "<Replace><Item><Target><LocURI>./a/b</LocURI></Target><Meta><Format xmlns=\"syncml:metinf\">chr</Format></Meta><Data>x y</Data></Item></Replace>",
        "<Add><Item><Data><![CDATA[<a b='c'>]]></Data></Item></Add><!-- c --><Add></Add>",
        "<Replace><x:y a=\"b\">t</x:y></Replace> text <Replace/>",
    ];

    private static readonly byte[][] Pieces =
    [
        .. ((string[])
        [
            "<", ">", "&", "\"", "'", "<![CDATA[", "<!--", "-->", "<?x?>", "<!DOCTYPE a>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<!x", "--", "&lt;", "&#x0;", "&#65;", "&#xD800;", "&#1114112;", "&a;", "&;", "&lt", "&#x;", "&#X41;",
            "\u0001", "\uFFFE", "\u00A0", "é", "😀", " x='1'", " x=1", " x", " x ='a'", " a='<'", " 1a='b'", "<a/>", "<a/ >", "< a>", "</a>", "<a></a >", "</ a>", "\r\n", "=", "<x:y>", "</x:y>", "<a·/>", "<é/>", "<ａ/>", "<-a/>", "<a-b.c/>",
            "<1/>", "\0", "<!>", "<!-", "<![", "<??>", "<!-- a -- b -->", "<!---->", "<!--->", "<a b='1' b='2'/>", "<a b='1'c='2'/>", "]]", "<!DOCTYPE a '>'>", "<!DOCTYPE a <b> >", "<!DOCTYPE a <!-- > --> >", "\uFEFF", "<ſ/>", "<a\u0300/>",
            "<\u0300/>", "<a\u203F/>", "<a\u2070/>", "<\u2160/>", "<a\u0660/>", "<中/>",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF0, 0x9F],
    ];

    [PeerFact("go")]
    public async Task Lint_DamagedSyncMl_IsXmlWhereGoSaysSo()
    {
        using var folder = new ProfileFolder();
        int seed = Random.Shared.Next();
        byte[][] documents = [.. Damaged(new Random(seed))];
        folder.Write("main.go", Encoding.UTF8.GetBytes(Program));
        folder.Write("documents", Encoding.ASCII.GetBytes(string.Concat(documents.Select(document => Convert.ToBase64String(document) + "\n"))));

        string output = await PeerShell.RunAsync("""cd "$FOLDER" && GO111MODULE=off GOCACHE="$FOLDER/cache" go run main.go < documents""", 120, folder.Environment);

        string[] answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        answers.Should().HaveCount(Count);
        var linter = new ProfileLinter();
        int compared = 0;
        for (int i = 0; i < Count; i++)
        {
            Verdict verdict = linter.Lint(documents[i], "p.xml", new ProfileLintContext()).Verdict;
            bool isXml = !verdict.Message.Contains("The file should include valid XML", StringComparison.Ordinal);

            // Another rule may speak before the damage does, and releases of Go differ about two things.
            bool differs = TwoColons().IsMatch(Encoding.UTF8.GetString(documents[i])) || answers[i].Contains("unescaped ]]>", StringComparison.Ordinal);
            if (!differs && (verdict.IsAccepted || !isXml))
            {
                compared++;
                (answers[i] == "ok").Should().Be(isXml, "Go says '{0}' and the linter '{1}' of {2} (seed {3})", answers[i], verdict.Message, Encoding.UTF8.GetString(documents[i]), seed);
            }
        }

        compared.Should().BeGreaterThan(Count / 2);
    }

    [GeneratedRegex("""[^\s<>"'=/]*:[^\s<>"'=/]*:""")]
    private static partial Regex TwoColons();

    private static IEnumerable<byte[]> Damaged(Random random)
    {
        for (int i = 0; i < Count; i++)
        {
            byte[] document = Encoding.UTF8.GetBytes(Documents[random.Next(Documents.Length)]);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(document.Length + 1);
                document = random.Next(8) switch
                {
                    0 => [.. document[..at], .. document[Math.Min(document.Length, at + random.Next(1, 6))..]],
                    1 => [.. document[..at], (byte)random.Next(32, 127), .. document[at..]],
                    _ => [.. document[..at], .. Pieces[random.Next(Pieces.Length)], .. document[at..]],
                };
            }

            yield return document;
        }
    }
}
