using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Probity.Evidence;

/// <summary>
/// Named values, in the order of their names (UTF-16 code units, RFC 8785 section 3.2.3), each name once. Equal where all names and
/// values are equal.
/// </summary>
public sealed class Fields : IReadOnlyList<KeyValuePair<string, Value>>, IEquatable<Fields>
{
    private readonly ImmutableArray<KeyValuePair<string, Value>> _sorted;

    private Fields(ImmutableArray<KeyValuePair<string, Value>> sorted) => _sorted = sorted;

    /// <summary>No fields.</summary>
    public static Fields Empty { get; } = new([]);

    /// <summary>The fields given, in any order.</summary>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public static Fields Of(params ReadOnlySpan<KeyValuePair<string, Value>> fields)
    {
        KeyValuePair<string, Value>[] sorted = fields.ToArray();
        if (!IsSorted(sorted))
        {
            Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        }

        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
            {
                throw new ArgumentException($"field '{sorted[i].Key}' stands twice", nameof(fields));
            }
        }

        return new Fields(ImmutableCollectionsMarshal.AsImmutableArray(sorted));
    }

    /// <summary>What is read from canonical bytes is in order already.</summary>
    private static bool IsSorted(KeyValuePair<string, Value>[] fields)
    {
        for (int i = 1; i < fields.Length; i++)
        {
            if (string.CompareOrdinal(fields[i - 1].Key, fields[i].Key) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fields given, in any order.</summary>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public static Fields Of(params ReadOnlySpan<(string Name, Value Value)> fields)
    {
        var pairs = new KeyValuePair<string, Value>[fields.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(fields[i].Name, fields[i].Value);
        }

        return Of(pairs.AsSpan());
    }

    /// <summary>How many fields there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>The field at a place in the order of names.</summary>
    public KeyValuePair<string, Value> this[int index] => _sorted[index];

    /// <summary>The value of a field, or null where there is no field of that name.</summary>
    public Value? this[string name]
    {
        get
        {
            int low = 0;
            int high = _sorted.Length - 1;
            while (low <= high)
            {
                int middle = (low + high) >>> 1;
                int order = string.CompareOrdinal(_sorted[middle].Key, name);
                if (order == 0)
                {
                    return _sorted[middle].Value;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return null;
        }
    }

    /// <summary>The text of a field; null where the field is absent or holds something else.</summary>
    public string? TextOf(string name) => (this[name] as Value.Text)?.Content;

    /// <summary>The whole number of a field; null where the field is absent or holds something else.</summary>
    public long? WholeOf(string name) => (this[name] as Value.Whole)?.Number;

    /// <summary>The group of a field; null where the field is absent or holds something else.</summary>
    public Fields? GroupOf(string name) => (this[name] as Value.Group)?.Content;

    /// <inheritdoc/>
    public bool Equals(Fields? other) => other is not null && _sorted.AsSpan().SequenceEqual(other._sorted.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Fields);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (KeyValuePair<string, Value> field in _sorted)
        {
            hash.Add(field.Key);
            hash.Add(field.Value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The canonical JSON.</summary>
    public override string ToString() => CanonicalJson.Text(this);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, Value>>)_sorted).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
