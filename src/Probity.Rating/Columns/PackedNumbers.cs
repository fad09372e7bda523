using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Probity.Rating.Columns;

/// <summary>
/// Whole numbers in order, byte-packed: each is <see cref="Base"/> plus an unsigned code of <see cref="Width"/> bytes (0 where all are the
/// same, 1, 2, 4 or 8; little-endian). The bytes may be memory of this process or of a mapped file; nobody writes them.
/// </summary>
internal readonly record struct PackedNumbers(long Base, int Width, int Count, ReadOnlyMemory<byte> Codes)
{
    /// <summary>No numbers.</summary>
    public static readonly PackedNumbers Empty = new(0, 0, 0, default);

    /// <summary>The greatest code there can be.</summary>
    public ulong Reach => Width switch { 0 => 0, 8 => ulong.MaxValue, _ => (1UL << (8 * Width)) - 1 };

    /// <summary>No number is farther from zero.</summary>
    public double Bound => Math.Max(Math.Abs((double)Base), Math.Abs(Base + (double)Reach));

    /// <summary>Packs numbers as narrow as they allow.</summary>
    public static PackedNumbers Of(ReadOnlySpan<long> numbers)
    {
        if (numbers.IsEmpty)
        {
            return Empty;
        }

        (long least, long most) = (numbers[0], numbers[0]);
        foreach (long number in numbers)
        {
            least = Math.Min(least, number);
            most = Math.Max(most, number);
        }

        ulong span = unchecked((ulong)most - (ulong)least);
        int width = span switch { 0 => 0, <= byte.MaxValue => 1, <= ushort.MaxValue => 2, <= uint.MaxValue => 4, _ => 8 };
        var codes = new byte[(long)width * numbers.Length];
        for (int i = 0; i < numbers.Length && width > 0; i++)
        {
            Write(codes.AsSpan(i * width, width), unchecked((ulong)numbers[i] - (ulong)least));
        }

        return new PackedNumbers(least, width, numbers.Length, codes);
    }

    /// <summary>The number at a place.</summary>
    public long this[int place]
    {
        get
        {
            Span<long> one = stackalloc long[1];
            Read(place, one);
            return one[0];
        }
    }

    /// <summary>Unpacks as many numbers as there is room for, from a place on.</summary>
    public void Read(int from, Span<long> into)
    {
        switch (Width)
        {
            case 0:
                into.Fill(Base);
                break;
            case 1:
                Unpack(Codes.Span.Slice(from, into.Length), Base, into);
                break;
            case 2:
                Unpack(MemoryMarshal.Cast<byte, ushort>(Codes.Span).Slice(from, into.Length), Base, into);
                break;
            case 4:
                Unpack(MemoryMarshal.Cast<byte, uint>(Codes.Span).Slice(from, into.Length), Base, into);
                break;
            default:
                Unpack(MemoryMarshal.Cast<byte, ulong>(Codes.Span).Slice(from, into.Length), Base, into);
                break;
        }
    }

    /// <summary>The same for numbers that fit 32 bits.</summary>
    public void Read(int from, Span<int> into)
    {
        switch (Width)
        {
            case 0:
                into.Fill((int)Base);
                break;
            case 1:
                Unpacking.Widen(Codes.Span.Slice(from, into.Length), (int)Base, into);
                break;
            case 2:
                Unpacking.Widen(MemoryMarshal.Cast<byte, ushort>(Codes.Span).Slice(from, into.Length), (int)Base, into);
                break;
            default:
                Unpack(MemoryMarshal.Cast<byte, uint>(Codes.Span).Slice(from, into.Length), (int)Base, into);
                break;
        }
    }

    private static void Unpack(ReadOnlySpan<byte> codes, long least, Span<long> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = least + codes[i];
        }
    }

    private static void Unpack(ReadOnlySpan<ushort> codes, long least, Span<long> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = least + codes[i];
        }
    }

    private static void Unpack(ReadOnlySpan<uint> codes, long least, Span<long> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = least + codes[i];
        }
    }

    private static void Unpack(ReadOnlySpan<ulong> codes, long least, Span<long> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = unchecked(least + (long)codes[i]);
        }
    }

    private static void Unpack(ReadOnlySpan<uint> codes, int least, Span<int> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = unchecked(least + (int)codes[i]);
        }
    }

    private static void Write(Span<byte> into, ulong code)
    {
        switch (into.Length)
        {
            case 1:
                into[0] = (byte)code;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(into, (ushort)code);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(into, (uint)code);
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(into, code);
                break;
        }
    }
}
