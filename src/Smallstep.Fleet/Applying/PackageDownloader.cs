using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Smallstep.Fleet;

/// <summary>Downloads packages into temporary files, hashing on the way. What was downloaded is never run.</summary>
internal sealed class PackageDownloader(HttpClient http)
{
    private const int BufferBytes = 128 * 1024;
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Downloads a package and checks its hash before anybody sees it.</summary>
    public async Task<DownloadedPackage> DownloadAsync(Uri address, string? expectedSha256, long maxBytes, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetTempPath(), "smallstep-fleet-" + Path.GetRandomFileName());
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            string hash = await CopyAsync(address, file, maxBytes, progress, cancellationToken).ConfigureAwait(false);
            if (expectedSha256 is not null && !string.Equals(hash, expectedSha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new IntegrationException([WorkflowRules.PackageHashDiffers.At($"{address} has the SHA-256 {hash}, and {expectedSha256.ToLowerInvariant()} is pinned. Nothing was uploaded.")]);
            }

            file.Position = 0;
            return new DownloadedPackage(file, hash);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Hashes a package without keeping it.</summary>
    public Task<string> HashAsync(Uri address, long maxBytes, CancellationToken cancellationToken) =>
        CopyAsync(address, Stream.Null, maxBytes, null, cancellationToken);

    /// <summary>Asks whether an address serves a package; reads no more than the head.</summary>
    public async Task<Finding?> ProbeAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ProbeTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : WorkflowRules.PackageUnreachable.At($"{address} answers {(int)response.StatusCode}.");
        }
        catch (HttpRequestException problem)
        {
            return WorkflowRules.PackageUnreachable.At($"{address}: {problem.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WorkflowRules.PackageUnreachable.At($"{address} does not answer within {ProbeTimeout.TotalSeconds:0} s.");
        }
    }

    private async Task<string> CopyAsync(Uri address, Stream target, long maxBytes, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GetAsync(address, cancellationToken).ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable _ = body.ConfigureAwait(false);
            long total = 0;
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                total += read;
                if (total > maxBytes)
                {
                    throw new IntegrationException([WorkflowRules.PackageUnreachable.At($"{address} is larger than Fleet takes ({maxBytes:N0} bytes).")]);
                }

                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(total);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException problem)
        {
            throw new IntegrationException([WorkflowRules.PackageUnreachable.At($"{address}: {problem.Message}")], problem);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        int status = (int)response.StatusCode;
        response.Dispose();
        throw new IntegrationException([WorkflowRules.PackageUnreachable.At($"{address} answers {status}.")]);
    }
}
