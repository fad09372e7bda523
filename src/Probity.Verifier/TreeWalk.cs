using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>
/// Reads a register's entries in order from some place to a size, several bundles at a time, hashes them into a tree, and holds every published tile against that tree.
/// </summary>
/// <param name="tree">The published tiles.</param>
/// <param name="size">How many entries there are.</param>
/// <param name="earlier">Checkpoints of the same log that the entries have to go on from, none of them larger.</param>
/// <param name="progress">Told how far it is, 0 to 1.</param>
internal sealed class TreeWalk(PublishedTree tree, long size, IReadOnlyList<Checkpoint> earlier, Action<double> progress)
{
    /// <summary>Bundles that are fetched and hashed at once; each has 16 MiB at most.</summary>
    private const int BundlesAhead = 16;

    private readonly List<(int Level, long Index, byte[] Hashes)> _due = [];

    /// <summary>Tiles of hashes held against the tree so far.</summary>
    public long Tiles { get; private set; }

    /// <summary>The root over all entries; the default until the walk has ended.</summary>
    public Digest Root { get; private set; }

    /// <summary>The first of the earlier checkpoints that the entries do not go on from, and the root that they give in its place; null while there is none. Known before its last bundle is kept.</summary>
    public (Checkpoint Earlier, Digest Given)? Contradicted { get; private set; }

    /// <summary>Walks from the leaves that a tree has already; they are a multiple of 256, and the tree grows as far as full bundles go.</summary>
    /// <param name="tiles">The tree so far.</param>
    /// <param name="keep">Given each bundle in order, after it was added to the tree and the tiles that it filled were compared; the last may be partial and is not in it.</param>
    /// <param name="cancelled">Stops between two bundles.</param>
    /// <exception cref="FindingException">Something published does not fit.</exception>
    public async Task GoAsync(HashTiles tiles, Action<CheckedBundle> keep, CancellationToken cancelled)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var ahead = new Queue<Task<CheckedBundle>>();
        long next = tiles.Size / TilePath.FullWidth;
        long bundles = (size + TilePath.FullWidth - 1) / TilePath.FullWidth;
        HoldAgainstEarlier(tiles, []);
        HashTiles whole = tiles;
        try
        {
            for (long index = next; index < bundles; index++)
            {
                for (; next < bundles && ahead.Count < BundlesAhead; next++)
                {
                    ahead.Enqueue(Begin(next, stop.Token));
                }

                CheckedBundle bundle = await ahead.Dequeue().ConfigureAwait(false);
                whole = Add(tiles, bundle);
                await CompareDueAsync(cancelled).ConfigureAwait(false);
                keep(bundle);
                progress(Math.Min(1, (index + 1) * TilePath.FullWidth / (double)size));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(ahead).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }

        foreach ((int level, long index, byte[] hashes) in whole.PartialTiles())
        {
            Due(level, index, hashes);
        }

        await CompareDueAsync(cancelled).ConfigureAwait(false);
        Root = whole.Root();
    }

    private Task<CheckedBundle> Begin(long index, CancellationToken cancelled)
    {
        int width = (int)Math.Min(TilePath.FullWidth, size - (index * TilePath.FullWidth));
        return Task.Run(() => CheckedBundle.ReadAsync(tree, index, width, cancelled), cancelled);
    }

    /// <summary>Adds a bundle; gives the tree with all its entries, which for a partial bundle is a tree of its own.</summary>
    private HashTiles Add(HashTiles tiles, CheckedBundle bundle)
    {
        Tiles++;
        HoldAgainstEarlier(tiles, bundle.Leaves);
        if (bundle.Leaves.Length < TilePath.FullWidth)
        {
            return With(tiles, bundle.Leaves);
        }

        tiles.AddFullTile(bundle.Root, Due);
        return tiles;
    }

    /// <summary>Holds the checkpoints whose last entry is among some leaves behind a tree, or is the tree's last, against the root that the entries give for them.</summary>
    private void HoldAgainstEarlier(HashTiles tiles, ReadOnlySpan<Digest> leaves)
    {
        foreach (Checkpoint one in earlier)
        {
            long within = one.Size - tiles.Size;
            if (Contradicted is null && one.Size > 0 && within >= 0 && within <= leaves.Length && With(tiles, leaves[..(int)within]).Root() is var given && given != one.Root)
            {
                Contradicted = (one, given);
            }
        }
    }

    private static HashTiles With(HashTiles tiles, ReadOnlySpan<Digest> leaves)
    {
        (int Level, long Index, byte[] Hashes)[] partial = [.. tiles.PartialTiles()];
        var copy = HashTiles.Load(tiles.Size, (level, index) => partial.FirstOrDefault(tile => tile.Level == level && tile.Index == index).Hashes);
        foreach (Digest leaf in leaves)
        {
            copy.Add(leaf, static (_, _, _) => { });
        }

        return copy;
    }

    /// <summary>Leaf hashes were compared where the bundle was read.</summary>
    private void Due(int level, long index, byte[] hashes)
    {
        if (level > 0)
        {
            _due.Add((level, index, hashes));
        }
    }

    private async Task CompareDueAsync(CancellationToken cancelled)
    {
        foreach ((int level, long index, byte[] hashes) in _due)
        {
            var path = new TilePath(level, index, hashes.Length / Digest.Length);
            byte[] published = await tree.HashesAsync(path, cancelled).ConfigureAwait(false);
            if (!published.AsSpan().SequenceEqual(hashes))
            {
                int place = published.AsSpan().CommonPrefixLength(hashes) / Digest.Length;
                throw new FindingException(Findings.TileContent, $"hash {place} of {path} does not follow from the hashes beneath it");
            }

            Tiles++;
        }

        _due.Clear();
    }
}
