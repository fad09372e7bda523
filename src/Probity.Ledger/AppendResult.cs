using System.Collections.Immutable;

namespace Probity.Ledger;

/// <summary>What became of statements offered together, in their order. All that was appended is on disk.</summary>
/// <param name="Indexes">The entry each became; −1 where its slot's latest already says the same; −2 where it is longer than an entry may be.</param>
/// <param name="Appended">How many became entries.</param>
public sealed record AppendResult(ImmutableArray<long> Indexes, int Appended)
{
    /// <summary>Its slot's latest statement already says the same.</summary>
    public const long AlreadySaid = -1;

    /// <summary>Longer than <see cref="Evidence.Statement.MaxBytes"/>.</summary>
    public const long TooLong = -2;
}

/// <summary>How a log is opened for writing.</summary>
/// <param name="Origin">Its name: a URL without scheme.</param>
public sealed record LogOptions(string Origin)
{
    /// <summary>What is kept free on its disk.</summary>
    public SpaceFloor FreeSpaceFloor { get; init; } = SpaceFloor.Usual;

    /// <summary>The 32-byte seed of its key where that must be the same on every machine (a fictional register); null for a key of its own.</summary>
    public byte[]? KeySeed { get; init; }
}
