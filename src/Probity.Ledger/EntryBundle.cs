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
        int[] ends = new int[count];
        problem = Measure(bytes, ends);
        if (problem.Length == 0 && ends[^1] != bytes.Length)
        {
            problem = $"{bytes.Length - ends[^1]} bytes follow its last entry";
        }

        bundle = problem.Length == 0 ? new EntryBundle(bytes, ends) : null;
        return bundle is not null;
    }

    /// <summary>Reads the first entries of bytes behind which others may follow; false where they are not all there.</summary>
    /// <param name="bytes">Kept, not copied.</param>
    /// <param name="length">How many of the bytes count.</param>
    /// <param name="count">How many entries, 1 to 256.</param>
    /// <param name="bundle">The entries; null where the answer is false.</param>
    public static bool TryReadFirst(byte[] bytes, int length, int count, [NotNullWhen(true)] out EntryBundle? bundle)
    {
        int[] ends = new int[count];
        bundle = Measure(bytes.AsSpan(0, length), ends).Length == 0 ? new EntryBundle(bytes, ends) : null;
        return bundle is not null;
    }

    /// <summary>Finds where each entry ends; what does not fit, or nothing.</summary>
    private static string Measure(ReadOnlySpan<byte> bytes, int[] ends)
    {
        int at = 0;
        for (int place = 0; place < ends.Length; place++)
        {
            int left = bytes.Length - at;
            if (left < LengthBytes)
            {
                return left == 0 ? $"it holds {place} entries, not {ends.Length}" : $"entry {place} of it is cut off after {left} byte";
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length > left - LengthBytes)
            {
                return $"entry {place} of it should have {length} bytes, and {left - LengthBytes} are there";
            }

            at += LengthBytes + length;
            ends[place] = at;
        }

        return "";
    }
}
