using System.Security.Cryptography;
using System.Text.Json;

namespace Smallstep.Fleet.Conformance.Tests.Scep;

/// <summary>One captured message: what the manifest says of it, its bytes, and the key that opens it.</summary>
internal sealed class ScepCase
{
    private static readonly Lazy<IReadOnlyDictionary<string, ScepCase>> All = new(Load);

    private readonly JsonElement _entry;
    private readonly string _folder;

    private ScepCase(JsonElement entry, string folder)
    {
        _entry = entry;
        _folder = folder;
    }

    public string File => Text("file")!;

    /// <summary>Whether the case is the repository's, of which more is known than the manifest says.</summary>
    public static bool IsOwn => CaseFolder.IsOwn;

    public byte[] Bytes => System.IO.File.ReadAllBytes(Path.Combine(_folder, File));

    public static ScepCase Get(string file) => All.Value[file];

    public static IReadOnlyList<string> Messages() => OfKind("pkiMessage");

    public static IReadOnlyList<string> Capabilities() => OfKind("GetCACaps");

    public static IReadOnlyList<string> CaCertificates() => OfKind("GetCACert");

    public static IReadOnlyList<string> NextCaCertificates() => OfKind("GetNextCACert");

    public static IReadOnlyList<string> Others() => OfKind("not-cms");

    public static IReadOnlyList<string> Files() => [.. All.Value.Keys];

    /// <summary>What the manifest says of a field; <see langword="null"/> where it says nothing.</summary>
    public string? Text(string field) =>
        _entry.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    /// <summary>A field whose name may carry a remark in brackets.</summary>
    public string? TextOfPrefix(string field)
    {
        foreach (JsonProperty property in _entry.EnumerateObject())
        {
            if (property.Name.StartsWith(field, StringComparison.Ordinal)
                && (property.Name.Length == field.Length || property.Name[field.Length] == '('))
            {
                return property.Value.ToString();
            }
        }

        return null;
    }

    public bool? Flag(string field) => Text(field) is { } text ? bool.Parse(text) : null;

    public RSA? LoadKey()
    {
        if (Text("decryptKey") is not { } file)
        {
            return null;
        }

        var key = RSA.Create();
        byte[] bytes = System.IO.File.ReadAllBytes(Path.Combine(_folder, file));
        string text = System.Text.Encoding.Latin1.GetString(bytes);
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
        }
        else if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            key.ImportFromEncryptedPem(text, "");
        }
        else
        {
            key.ImportFromPem(text);
        }

        return key;
    }

    private static IReadOnlyList<string> OfKind(string kind) =>
        [.. All.Value.Where(entry => entry.Value.Text("kind") == kind).Select(entry => entry.Key)];

    // Our own vectors stand beside the captured ones, unless another folder of cases was named.
    private static Dictionary<string, ScepCase> Load() =>
        Read(CaseFolder.Find("scep", "manifest.json"), "")
            .Concat(CaseFolder.IsOwn ? Read(CaseFolder.Find("own", "scep", "manifest.json"), "own/") : [])
            .ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, ScepCase>> Read(string? manifest, string prefix)
    {
        if (manifest is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(manifest));
        string folder = Path.GetDirectoryName(manifest)!;
        return [.. document.RootElement.EnumerateArray()
            .Select(entry => new ScepCase(entry.Clone(), folder))
            .GroupBy(entry => entry.File, StringComparer.Ordinal)
            .SelectMany(sameFile => sameFile.Select((entry, index) => KeyValuePair.Create(prefix + sameFile.Key + (index > 0 ? $"#{index + 1}" : ""), entry)))];
    }
}
