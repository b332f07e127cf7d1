using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Smallstep.Fleet.Testing;

/// <summary>A multipart form, read part by part; files are hashed while they stream in.</summary>
internal sealed class MultipartForm
{
    private readonly List<(string Name, string Value)> _fields = [];
    private readonly Dictionary<string, UploadedFile> _files = new(StringComparer.Ordinal);

    public static async Task<MultipartForm> ReadAsync(HttpRequest request, long maxBytes, long keepBytes, CancellationToken cancellationToken)
    {
        string boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "" : "";
        if (boundary.Length == 0)
        {
            throw ApiError.Bad("failed to parse multipart form: request Content-Type isn't multipart/form-data");
        }

        var form = new MultipartForm();
        var reader = new MultipartReader(boundary, request.Body) { HeadersLengthLimit = 16 * 1024 };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
            {
                await form.AddAsync(section, maxBytes, keepBytes, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw ApiError.Bad("failed to parse multipart form: " + e.Message);
        }

        return form;
    }

    public UploadedFile? File(string name) => _files.GetValueOrDefault(name);

    public string? Text(string name)
    {
        (string Name, string Value) field = _fields.LastOrDefault(f => f.Name == name);
        return field.Name is null ? null : field.Value;
    }

    public bool Has(string name) => _fields.Any(field => field.Name == name);

    /// <summary>All values of a repeated part; <see langword="null"/> where there is none.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        Has(name) ? [.. _fields.Where(field => field.Name == name && field.Value.Length > 0).Select(field => field.Value)] : null;

    private async Task AddAsync(MultipartSection section, long maxBytes, long keepBytes, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
        {
            return;
        }

        string name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        string? fileName = HeaderUtilities.UnescapeAsQuotedString(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        if (fileName is not null)
        {
            _files[name] = await UploadedFile.ReadAsync(Path.GetFileName(fileName), section.Body, maxBytes, keepBytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var text = new StreamReader(section.Body, new UTF8Encoding(false));
        _fields.Add((name, await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false)));
    }
}

/// <summary>A file of a form: its bytes as far as they were kept, its size and SHA-256.</summary>
internal sealed record UploadedFile(string FileName, ReadOnlyMemory<byte> Contents, long Size, string Sha256, bool IsComplete)
{
    /// <summary>The extension in lower case with its dot; <c>.tar.gz</c> counts as one.</summary>
    public string Extension => FileName.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) ? ".tar.gz" : Path.GetExtension(FileName).ToLowerInvariant();

    public static async Task<UploadedFile> ReadAsync(string fileName, Stream body, long maxBytes, long keepBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var kept = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            size += read;
            if (size > maxBytes)
            {
                throw ApiError.TooLarge();
            }

            hash.AppendData(buffer, 0, read);
            if (size <= keepBytes)
            {
                kept.Write(buffer, 0, read);
            }
        }

        return new UploadedFile(fileName, kept.ToArray(), size, Convert.ToHexStringLower(hash.GetHashAndReset()), size <= keepBytes);
    }
}
