namespace Probity.Ledger;

/// <summary>How much of a disk a log leaves free: below it writing is refused.</summary>
/// <param name="Bytes">0 or more.</param>
/// <param name="MostPartOfDisk">The floor is never more than one part in this many of the disk; null for no such bound.</param>
public sealed record SpaceFloor(long Bytes, int? MostPartOfDisk)
{
    /// <summary>64 MiB, which is room to sign and to move 32 MiB of written-ahead pages into place; on a disk smaller than 3.2 GiB one part in 50 of it instead.</summary>
    public static SpaceFloor Usual { get; } = new(64 << 20, 50);

    /// <summary>Exactly so many bytes, however small the disk is.</summary>
    public static SpaceFloor Of(long bytes) => new(bytes, null);

    /// <summary>The bytes to leave free on a disk of a size.</summary>
    /// <param name="diskBytes">The size of the whole disk.</param>
    public long On(long diskBytes) => MostPartOfDisk is { } part ? Math.Min(Bytes, diskBytes / part) : Bytes;
}
