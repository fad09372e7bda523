namespace Probity.Demo;

/// <summary>
/// Numbers that look random and are the same for ever, on every machine: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014). The runtime's own generator may change between versions; this one cannot.
/// </summary>
internal sealed class SplitMix64
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>A sequence of its own for each number of a stream, so that a change to one thing leaves all others as they are.</summary>
    public SplitMix64(ulong stream, int number) => _state = Mix(stream) ^ Mix((ulong)number * GoldenGamma);

    /// <summary>64 bits, each value equally likely.</summary>
    public ulong Next()
    {
        _state += GoldenGamma;
        return Mix(_state);
    }

    /// <summary>From 0 to <paramref name="count"/> − 1. The bias is at most count ÷ 2⁶⁴.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>From the first to the last number, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>True in so many of a thousand cases.</summary>
    public bool Chance(int inThousand) => Below(1_000) < inThousand;

    /// <summary>One of the list, each equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
