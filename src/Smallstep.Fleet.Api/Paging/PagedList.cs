using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;

namespace Smallstep.Fleet.Api;

/// <summary>Goes through the smaller lists, page by page, and ends where Fleet says so or a page is short.</summary>
internal static class PagedList
{
    private const int PageSize = 100;
    private const int MaxPages = 100_000;

    public static async Task<IReadOnlyList<T>> ReadAllAsync<T>(FleetTransport transport, FleetOperation operation, string path, QueryString query, JsonTypeInfo<List<T>> type, string[] members, CancellationToken cancellationToken, bool mayBeMissing = false)
    {
        var all = new List<T>();
        await foreach (List<T> page in PagesAsync(transport, operation, path, query, type, members, mayBeMissing, keyOf: null, itemsMayRepeat: false, cancellationToken).ConfigureAwait(false))
        {
            all.AddRange(page);
        }

        return all;
    }

    /// <summary>Streams a list. With a key, pages start after the last item's instead of being numbered, so that nothing that comes meanwhile repeats what was there.</summary>
    public static async IAsyncEnumerable<T> StreamAsync<T>(FleetTransport transport, FleetOperation operation, string path, QueryString query, JsonTypeInfo<List<T>> type, string[] members, [EnumeratorCancellation] CancellationToken cancellationToken, Func<T, long>? keyOf = null, bool itemsMayRepeat = false)
    {
        await foreach (List<T> page in PagesAsync(transport, operation, path, query, type, members, mayBeMissing: false, keyOf, itemsMayRepeat, cancellationToken).ConfigureAwait(false))
        {
            foreach (T item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
    }

    private static async IAsyncEnumerable<List<T>> PagesAsync<T>(FleetTransport transport, FleetOperation operation, string path, QueryString query, JsonTypeInfo<List<T>> type, string[] members, bool mayBeMissing, Func<T, long>? keyOf, bool itemsMayRepeat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] before = [];
        long? after = null;
        for (int page = 0; page < MaxPages; page++)
        {
            QueryString paged = keyOf is null ? query.Copy().Add("page", page) : query.Copy().Add("after", after);
            (List<T> items, bool? more, byte[] hash) = await transport.ReadAsync(
                FleetRequest.Get(operation, path, paged.Add("per_page", PageSize)),
                body => Read(operation, body, type, members, mayBeMissing),
                cancellationToken).ConfigureAwait(false);
            if (more is null && !itemsMayRepeat && before.AsSpan().SequenceEqual(hash))
            {
                yield break; // the same page once more: the server knows no paging here, and the whole list has just this length
            }

            yield return items;

            // A list longer than asked for was not paged at all: the server knows no paging here and has sent everything.
            if (items.Count == 0 || items.Count > PageSize || !(more ?? items.Count == PageSize))
            {
                yield break;
            }

            before = hash;
            after = keyOf?.Invoke(items[^1]);
        }
    }

    private static (List<T> Items, bool? More, byte[] Hash) Read<T>(FleetOperation operation, PooledBody body, JsonTypeInfo<List<T>> type, string[] members, bool mayBeMissing)
    {
        if (!JsonEnvelope.TryRead(body.Span, type, members, out List<T>? items))
        {
            // An empty list is null in places, or left out where the server says so; a missing one means that something else answered.
            bool present = mayBeMissing;
            foreach (string member in members)
            {
                present |= JsonEnvelope.Has(body.Span, member);
            }

            items = present ? [] : throw FleetTransport.Malformed(operation, $"it has no member '{members[^1]}'");
        }

        bool? more = JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.PageMeta, ["meta"], out PageMeta? meta) ? meta?.HasNextResults : null;
        return (items ?? [], more, SHA256.HashData(body.Span));
    }
}
