using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Probity.Rating.Columns;

/// <summary>Widens codes of few bytes to whole numbers, as many at a time as the machine can.</summary>
internal static class Unpacking
{
    /// <summary>Codes of one byte, each added to the least number.</summary>
    public static void Widen(ReadOnlySpan<byte> codes, int least, Span<int> into)
    {
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref byte from = ref MemoryMarshal.GetReference(codes);
            ref int to = ref MemoryMarshal.GetReference(into);
            var start = Vector256.Create(least);
            for (; done <= into.Length - Vector256<byte>.Count; done += Vector256<byte>.Count)
            {
                (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)done));
                Store(low, start, ref to, done);
                Store(high, start, ref to, done + Vector256<ushort>.Count);
            }
        }

        for (; done < into.Length; done++)
        {
            into[done] = least + codes[done];
        }
    }

    /// <summary>Codes of two bytes, each added to the least number.</summary>
    public static void Widen(ReadOnlySpan<ushort> codes, int least, Span<int> into)
    {
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref ushort from = ref MemoryMarshal.GetReference(codes);
            ref int to = ref MemoryMarshal.GetReference(into);
            var start = Vector256.Create(least);
            for (; done <= into.Length - Vector256<ushort>.Count; done += Vector256<ushort>.Count)
            {
                Store(Vector256.LoadUnsafe(ref from, (nuint)done), start, ref to, done);
            }
        }

        for (; done < into.Length; done++)
        {
            into[done] = least + codes[done];
        }
    }

    private static void Store(Vector256<ushort> codes, Vector256<int> start, ref int to, int place)
    {
        (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(codes);
        (low.AsInt32() + start).StoreUnsafe(ref to, (nuint)place);
        (high.AsInt32() + start).StoreUnsafe(ref to, (nuint)(place + Vector256<int>.Count));
    }
}
