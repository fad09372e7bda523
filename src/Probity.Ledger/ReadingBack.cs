using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// The root computed a second time from the bytes on disk, so that what never reached the disk whole is never signed. What the last checkpoint covers
/// is taken from stored hashes. Owned by one thread at a time.
/// </summary>
internal sealed class ReadingBack
{
    private readonly TreeEdge _edge;

    private ReadingBack(TreeEdge edge) => _edge = edge;

    /// <summary>A reading that begins behind the last checkpoint.</summary>
    /// <param name="store">Where entries are.</param>
    /// <param name="signed">How many entries the last checkpoint covers.</param>
    public static ReadingBack From(SqliteLogStore store, long signed) =>
        new(TreeEdge.At(signed, (height, index) => HashTiles.Perfect(height, index, store.FindTile)));

    /// <summary>Reads up to a size on another thread, over a connection of its own.</summary>
    public static Task<ReadingBack> Begin(string folder, long signed, long size) => Task.Factory.StartNew(
        () =>
        {
            using SqliteLogStore store = SqliteLogStore.Open(folder, forWriting: false);
            ReadingBack reading = From(store, signed);
            reading.RootAt(store, size);
            return reading;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>The root over the first entries; those not yet read are read now.</summary>
    public Digest RootAt(SqliteLogStore store, long size)
    {
        foreach (Digest leaf in store.Entries(_edge.Count, size, static (_, body) => MerkleTree.LeafHash(body)))
        {
            _edge.Add(leaf);
        }

        return _edge.Root();
    }
}
