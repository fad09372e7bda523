namespace Probity.Ledger;

/// <summary>The last signed checkpoint, kept apart from the entries, as the promise that nothing is written, signed or shown that does not extend it.</summary>
internal static class SignedPromise
{
    /// <summary>Refuses a store that holds fewer entries, or others, than were signed: it was restored from an older backup, or changed.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="signed">The checkpoint kept apart, read before the store was opened; null before the first.</param>
    /// <param name="store">Where entries are.</param>
    /// <exception cref="LedgerRefusedException">It does not extend the checkpoint.</exception>
    /// <exception cref="InvalidDataException">A stored hash is missing.</exception>
    public static void Require(string folder, SignedCheckpoint? signed, SqliteLogStore store)
    {
        if (signed is null)
        {
            return;
        }

        long size = store.CountEntries();
        bool extends = signed.Size <= size
            && MerkleTree.RangeHash(0, signed.Size, (height, index) => HashTiles.Perfect(height, index, store.FindTile)) == signed.Root;
        if (!extends)
        {
            throw new LedgerRefusedException(
                LedgerRefusals.OlderThanSigned,
                $"the ledger in '{folder}' ({size} entries) does not extend its last signed checkpoint ({signed.Size} entries): it was restored from an older backup or changed. Restore the newest backup; never delete '{LogKeys.SignedPath(folder)}' to get past this");
        }
    }
}
