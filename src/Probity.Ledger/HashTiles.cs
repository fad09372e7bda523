using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// The tree's hashes in tiles of 256 (C2SP tlog-tiles): tile (level, n) holds the hashes of the perfect subtrees of 256^level leaves. Grows at
/// its right edge; earlier hashes never change. Owned by one thread at a time.
/// </summary>
public sealed class HashTiles
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Width = TilePath.FullWidth;

    private const int HeightOfTile = 8;
    private readonly List<Edge> _levels = [];

    /// <summary>How many leaves there are.</summary>
    public long Size => _levels.Count == 0 ? 0 : (_levels[0].Tile * Width) + _levels[0].Hashes.Count;

    /// <summary>The tiles of a tree read back from where they are stored.</summary>
    /// <param name="size">Its leaves.</param>
    /// <param name="find">Finds a stored tile by level and place; asked for the partial ones alone.</param>
    /// <exception cref="InvalidDataException">A tile is missing or too short.</exception>
    public static HashTiles Load(long size, Func<int, long, byte[]?> find)
    {
        var tiles = new HashTiles();
        for (int level = 0; size >> (HeightOfTile * level) > 0; level++)
        {
            long hashes = size >> (HeightOfTile * level);
            var edge = new Edge(hashes / Width);
            int width = (int)(hashes % Width);
            byte[] stored = width == 0 ? [] : find(level, edge.Tile) ?? [];
            if (stored.Length < width * Digest.Length)
            {
                throw new InvalidDataException($"tile {level}/{edge.Tile} is missing");
            }

            for (int i = 0; i < width; i++)
            {
                edge.Hashes.Add(Digest.FromBytes(stored.AsSpan(i * Digest.Length, Digest.Length)));
            }

            tiles._levels.Add(edge);
        }

        return tiles;
    }

    /// <summary>Adds a leaf at the right edge.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <param name="put">Told level, place and hashes of each tile that this fills.</param>
    public void Add(Digest leaf, Action<int, long, byte[]> put) => AddTo(0, leaf, put);

    /// <summary>Adds 256 leaves at once by the root over them; the tile of their own hashes is the caller's to keep. No other leaves may stand before a full tile.</summary>
    /// <param name="root">The root over the 256 leaf hashes.</param>
    /// <param name="put">Told level (1 or more), place and hashes of each tile that this fills.</param>
    /// <exception cref="InvalidOperationException">The last tile of leaves is partial.</exception>
    public void AddFullTile(Digest root, Action<int, long, byte[]> put)
    {
        Edge leaves = EdgeOf(0);
        if (leaves.Hashes.Count > 0)
        {
            throw new InvalidOperationException("a full tile stands behind full tiles only");
        }

        leaves.Tile++;
        AddTo(1, root, put);
    }

    /// <summary>The root over all leaves (RFC 6962, section 2.1).</summary>
    public Digest Root() => MerkleTree.RangeHash(0, Size, (height, index) => Perfect(height, index, (level, _) => _levels[level].ToBytes()));

    /// <summary>The partial tiles, the leaves' first: all that <see cref="Load"/> needs to go on from here.</summary>
    public IEnumerable<(int Level, long Index, byte[] Hashes)> PartialTiles()
    {
        for (int level = 0; level < _levels.Count; level++)
        {
            if (_levels[level].Hashes.Count > 0)
            {
                yield return (level, _levels[level].Tile, _levels[level].ToBytes());
            }
        }
    }

    /// <summary>Tells the partial tiles that changed since they were last told.</summary>
    public void Flush(Action<int, long, byte[]> put)
    {
        for (int level = 0; level < _levels.Count; level++)
        {
            Edge edge = _levels[level];
            if (!edge.IsStored && edge.Hashes.Count > 0)
            {
                put(level, edge.Tile, edge.ToBytes());
            }

            edge.IsStored = true;
        }
    }

    /// <summary>The hash of a perfect subtree, from stored tiles.</summary>
    /// <param name="height">0 for a leaf.</param>
    /// <param name="index">Among the subtrees of that height.</param>
    /// <param name="find">Finds a stored tile.</param>
    /// <exception cref="InvalidDataException">A tile is missing or too short.</exception>
    public static Digest Perfect(int height, long index, Func<int, long, byte[]?> find)
    {
        int level = height / HeightOfTile;
        int within = height % HeightOfTile;
        long first = index << within;
        byte[] tile = find(level, first / Width) ?? throw new InvalidDataException($"tile {level}/{first / Width} is missing");
        int start = (int)(first % Width);
        var hashes = new Digest[1 << within];
        if (tile.Length < (start + hashes.Length) * Digest.Length)
        {
            throw new InvalidDataException($"tile {level}/{first / Width} is too short");
        }

        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Digest.FromBytes(tile.AsSpan((start + i) * Digest.Length, Digest.Length));
        }

        return RootOf(hashes);
    }

    /// <summary>The root over a power of two of hashes.</summary>
    /// <param name="hashes">At least one; overwritten.</param>
    public static Digest RootOf(Span<Digest> hashes)
    {
        for (int count = hashes.Length; count > 1; count /= 2)
        {
            for (int i = 0; i < count / 2; i++)
            {
                hashes[i] = MerkleTree.NodeHash(hashes[2 * i], hashes[(2 * i) + 1]);
            }
        }

        return hashes[0];
    }

    private void AddTo(int level, Digest hash, Action<int, long, byte[]> put)
    {
        for (; ; level++)
        {
            Edge edge = EdgeOf(level);
            edge.Hashes.Add(hash);
            edge.IsStored = false;
            if (edge.Hashes.Count < Width)
            {
                return;
            }

            put(level, edge.Tile, edge.ToBytes());
            hash = RootOf([.. edge.Hashes]);
            edge.Hashes.Clear();
            edge.Tile++;
            edge.IsStored = true;
        }
    }

    private Edge EdgeOf(int level)
    {
        if (level == _levels.Count)
        {
            _levels.Add(new Edge(0));
        }

        return _levels[level];
    }

    /// <summary>The tile at the right edge of a level: fewer than 256 hashes between calls.</summary>
    private sealed class Edge(long tile)
    {
        public long Tile { get; set; } = tile;

        public List<Digest> Hashes { get; } = new(Width);

        public bool IsStored { get; set; } = true;

        public byte[] ToBytes()
        {
            byte[] bytes = new byte[Hashes.Count * Digest.Length];
            for (int i = 0; i < Hashes.Count; i++)
            {
                Hashes[i].CopyTo(bytes.AsSpan(i * Digest.Length));
            }

            return bytes;
        }
    }
}
