namespace Probity.Ledger;

/// <summary>
/// The floor of free space under a log: writing stops above it, before the disk is full, so that what was acknowledged can still be signed and the store
/// can tidy up.
/// </summary>
internal sealed class FreeSpace
{
    /// <summary>A small disk keeps one part in this many free, instead of the floor asked for.</summary>
    private const long PartOfDisk = 50;

    private readonly string _folder;
    private readonly DriveInfo _disk;
    private readonly long _floor;

    /// <summary>The floor for a folder that exists.</summary>
    /// <param name="folder">Where the log is.</param>
    /// <param name="floor">Bytes to keep free: 0 or more.</param>
    public FreeSpace(string folder, long floor)
    {
        _folder = folder;
        _disk = new DriveInfo(Path.GetFullPath(folder));
        _floor = floor == LogOptions.DefaultFreeSpaceFloor ? Math.Min(floor, _disk.TotalSize / PartOfDisk) : floor;
    }

    /// <summary>Asks the disk, and refuses below the floor.</summary>
    /// <exception cref="LedgerRefusedException">Less is free than the floor.</exception>
    public void Require()
    {
        long free = _disk.AvailableFreeSpace;
        if (free < _floor)
        {
            throw new LedgerRefusedException(
                LedgerRefusals.NoSpace,
                $"only {free:N0} bytes are free under '{_folder}' and {_floor:N0} are kept as a reserve; free some and run again: what was acknowledged is kept and can still be signed");
        }
    }
}
