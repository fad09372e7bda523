namespace Probity.Ledger;

/// <summary>
/// The floor of free space under a log: writing stops above it, before the disk is full, so that what was acknowledged can still be signed and the store
/// can tidy up.
/// </summary>
internal sealed class FreeSpace
{
    private readonly string _folder;
    private readonly DriveInfo _disk;
    private readonly long _floor;

    /// <summary>The floor for a folder that exists.</summary>
    /// <param name="folder">Where the log is.</param>
    /// <param name="floor">What to keep free.</param>
    public FreeSpace(string folder, SpaceFloor floor)
    {
        _folder = folder;
        _disk = new DriveInfo(Path.GetFullPath(folder));
        _floor = floor.On(_disk.TotalSize);
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
