using System.Runtime.InteropServices;

namespace Probity.Linkage;

/// <summary>
/// A text as a number of 64 bits, for comparing whether two are equal: among a million different texts two share a number with a chance of
/// 1 in 36 million. Never 0, which stands for no text.
/// </summary>
internal static class TextKey
{
    private const ulong Odd = 0x9e3779b97f4a7c15;

    /// <summary>The number of a text; 0 where it is empty.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        ulong key = (ulong)text.Length * Odd;
        ReadOnlySpan<ulong> blocks = MemoryMarshal.Cast<char, ulong>(text);
        foreach (ulong block in blocks)
        {
            key = Step(key, block);
        }

        ulong rest = 0;
        foreach (char letter in text[(blocks.Length * 4)..])
        {
            rest = (rest << 16) | letter;
        }

        key = Mix(Step(key, rest), (ulong)text.Length);
        return key == 0 ? 1 : key;
    }

    /// <summary>A well-mixed number of two (the finaliser of SplitMix64, Steele, Lea and Flood, OOPSLA 2014).</summary>
    public static ulong Mix(ulong one, ulong other)
    {
        ulong mixed = (one * Odd) ^ (other + 0x632be59bd9b4e019 + (one << 6));
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    private static ulong Step(ulong key, ulong block)
    {
        key = (key ^ block) * 0xff51afd7ed558ccd;
        return key ^ (key >> 32);
    }
}
