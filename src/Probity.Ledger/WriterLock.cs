namespace Probity.Ledger;

/// <summary>The lock that makes a process the one writer of a data folder; the system releases it when the process ends, however it ends.</summary>
internal static class WriterLock
{
    /// <summary>Takes the lock; it is held until the stream is disposed.</summary>
    /// <exception cref="LedgerRefusedException">Another process holds it.</exception>
    public static FileStream Take(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "ledger.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException trouble) when (LedgerRefusedException.IsLockHeld(trouble))
        {
            throw new LedgerRefusedException(LedgerRefusals.InUse, $"another process is writing to '{folder}'; wait for it or name another folder", trouble);
        }
    }
}
