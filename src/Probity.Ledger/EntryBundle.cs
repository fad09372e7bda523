using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Probity.Ledger;

/// <summary>
/// Entries as a log publishes them, two bytes of length before each, most significant first (C2SP tlog-tiles, tile/entries). Reads what a stranger sends: a length that
/// does not fit, a missing entry or bytes behind the last one are told, never passed over.
/// </summary>
public sealed class EntryBundle
{
    /// <summary>The most bytes that a bundle of 256 entries can have.</summary>
    public const int MaxBytes = TilePath.FullWidth * (LengthBytes + ushort.MaxValue);

    private const int LengthBytes = 2;
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    private EntryBundle(byte[] bytes, int[] ends) => (_bytes, _ends) = (bytes, ends);

    /// <summary>How many entries there are, 1 to 256.</summary>
    public int Count => _ends.Length;

    /// <summary>The bytes of the first entries with their lengths before them.</summary>
    /// <param name="count">How many entries, 0 to <see cref="Count"/>.</param>
    public ReadOnlySpan<byte> BytesOf(int count) => count == 0 ? [] : _bytes.AsSpan(0, _ends[count - 1]);

    /// <summary>The bytes of one entry.</summary>
    public ReadOnlySpan<byte> this[int place]
    {
        get
        {
            int start = (place == 0 ? 0 : _ends[place - 1]) + LengthBytes;
            return _bytes.AsSpan(start, _ends[place] - start);
        }
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="bytes">What was sent; kept, not copied.</param>
    /// <param name="count">How many entries it must hold, 1 to 256.</param>
    /// <param name="bundle">The entries; null where the answer is false.</param>
    /// <param name="problem">What does not fit and where, for a person; empty where the answer is true.</param>
    public static bool TryRead(byte[] bytes, int count, [NotNullWhen(true)] out EntryBundle? bundle, out string problem)
    {
        bundle = null;
        int[] ends = new int[count];
        int at = 0;
        for (int place = 0; place < count; place++)
        {
            int left = bytes.Length - at;
            if (left < LengthBytes)
            {
                problem = left == 0 ? $"it holds {place} entries, not {count}" : $"entry {place} of it is cut off after {left} byte";
                return false;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
            if (length > left - LengthBytes)
            {
                problem = $"entry {place} of it should have {length} bytes, and {left - LengthBytes} are there";
                return false;
            }

            at += LengthBytes + length;
            ends[place] = at;
        }

        problem = at == bytes.Length ? "" : $"{bytes.Length - at} bytes follow its last entry";
        bundle = at == bytes.Length ? new EntryBundle(bytes, ends) : null;
        return bundle is not null;
    }
}
