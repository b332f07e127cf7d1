using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Smallstep.Fleet.Profiles;

/// <summary>A dictionary in a property list. It keeps the order of its keys, and equality looks at the order too.</summary>
public sealed class PropertyListDictionary : PropertyListValue, IReadOnlyDictionary<string, PropertyListValue>, IEquatable<PropertyListDictionary>
{
    private readonly List<KeyValuePair<string, PropertyListValue>> _entries = new(capacity: 8);
    private Dictionary<string, int>? _index;

    /// <summary>From this many entries a table is kept beside the list; below, looking through the list is faster.</summary>
    private const int IndexedCount = 17;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<PropertyListValue> Values => _entries.Select(entry => entry.Value);

    /// <inheritdoc/>
    public PropertyListValue this[string key] =>
        TryGetValue(key, out PropertyListValue? value) ? value : throw new KeyNotFoundException($"The dictionary has no key '{key}'.");

    /// <summary>Appends an entry.</summary>
    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Add(string key, PropertyListValue value)
    {
        if (!TryAdd(key, value))
        {
            throw new ArgumentException($"The key '{key}' is there already.", nameof(key));
        }
    }

    /// <summary>Appends an entry with a text.</summary>
    public void Add(string key, string value) => Add(key, new PropertyListString(value));

    /// <summary>Appends an entry with an integer.</summary>
    public void Add(string key, long value) => Add(key, new PropertyListInteger(value));

    /// <summary>Appends an entry with a truth value.</summary>
    public void Add(string key, bool value) => Add(key, new PropertyListBoolean(value));

    /// <summary>Appends every entry of another dictionary.</summary>
    public void AddRange(IEnumerable<KeyValuePair<string, PropertyListValue>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach ((string key, PropertyListValue value) in entries)
        {
            Add(key, value);
        }
    }

    /// <summary>Appends an entry with a text unless the text is empty.</summary>
    internal void AddFilled(string key, string value)
    {
        if (value.Length > 0)
        {
            Add(key, value);
        }
    }

    /// <summary>Appends an entry unless another dictionary, which will be appended later, has its key.</summary>
    internal void AddUnless(PropertyListDictionary others, string key, PropertyListValue value)
    {
        if (!others.ContainsKey(key))
        {
            Add(key, value);
        }
    }

    /// <summary>Appends those entries of another dictionary whose keys are not there yet.</summary>
    internal void AddMissing(PropertyListDictionary entries)
    {
        foreach ((string key, PropertyListValue value) in entries.Entries)
        {
            TryAdd(key, value);
        }
    }

    internal bool TryAdd(string key, PropertyListValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (IndexOf(key) >= 0)
        {
            return false;
        }

        _entries.Add(new(key, value));
        if (_index is not null)
        {
            _index.Add(key, _entries.Count - 1);
        }
        else if (_entries.Count == IndexedCount)
        {
            _index = new Dictionary<string, int>(2 * IndexedCount, StringComparer.Ordinal);
            for (int i = 0; i < _entries.Count; i++)
            {
                _index.Add(_entries[i].Key, i);
            }
        }

        return true;
    }

    internal void Overwrite(string key, PropertyListValue value) => _entries[IndexOf(key)] = new(key, value);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out PropertyListValue value)
    {
        int at = IndexOf(key);
        value = at < 0 ? null : _entries[at].Value;
        return at >= 0;
    }

    /// <summary>The text under a key; <see langword="null"/> when there is none or it is no text.</summary>
    public string? GetString(string key) => TryGetValue(key, out PropertyListValue? value) && value is PropertyListString text ? text.Value : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, PropertyListValue>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal List<KeyValuePair<string, PropertyListValue>> Entries => _entries;

    /// <inheritdoc/>
    public bool Equals(PropertyListDictionary? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PropertyListDictionary);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Count;

    private int IndexOf(string key)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(key, -1);
        }

        for (int i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
