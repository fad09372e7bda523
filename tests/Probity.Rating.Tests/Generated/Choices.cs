namespace Probity.Rating.Tests.Generated;

/// <summary>Choices that follow from a seed alone (SplitMix64), so that a failing case can be made again from its number.</summary>
internal sealed class Choices(ulong seed)
{
    private ulong _state = seed;

    public int Below(int most)
    {
        _state += 0x9e3779b97f4a7c15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)most);
    }

    public bool OneIn(int many) => Below(many) == 0;

    public T Of<T>(params ReadOnlySpan<T> all) => all[Below(all.Length)];
}
