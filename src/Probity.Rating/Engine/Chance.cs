namespace Probity.Rating.Engine;

/// <summary>
/// Numbers that look random and follow from a seed and a place alone: SplitMix64 (Steele, Lea, Flood 2014) read by index, so that any draw can be
/// computed by itself, on any machine, in any order.
/// </summary>
internal readonly struct Chance(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The 64 bits at a place.</summary>
    public ulong Bits(ulong place)
    {
        ulong z = unchecked(seed + ((place + 1) * Golden));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to but not 1, with 12 decimal places: exact, so that what follows from it is.</summary>
    public decimal Share(ulong place) => decimal.Floor((Bits(place) >> 11) * 1_000_000_000_000m / (1UL << 53)) / 1_000_000_000_000m;

    /// <summary>One of a number of choices, each as likely.</summary>
    public int Choice(ulong place, int of) => (int)((UInt128)Bits(place) * (ulong)of >> 64);
}
