using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// The tree's hashes in tiles of 256 (C2SP tlog-tiles): tile (level, n) holds the hashes of the perfect subtrees of 256^level leaves. Grows at
/// its right edge; earlier hashes never change. Owned by the writer.
/// </summary>
internal sealed class HashTiles
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Width = TilePath.FullWidth;

    private const int HeightOfTile = 8;
    private readonly List<Edge> _levels = [];

    /// <summary>The tiles of a tree read back from where they are stored.</summary>
    public static HashTiles Load(long size, Func<int, long, byte[]?> find)
    {
        var tiles = new HashTiles();
        for (int level = 0; size >> (HeightOfTile * level) > 0; level++)
        {
            long hashes = size >> (HeightOfTile * level);
            var edge = new Edge(hashes / Width);
            int width = (int)(hashes % Width);
            byte[] stored = width == 0 ? [] : find(level, edge.Tile) ?? throw new InvalidDataException($"tile {level}/{edge.Tile} is missing");
            for (int i = 0; i < width; i++)
            {
                edge.Hashes.Add(Digest.FromBytes(stored.AsSpan(i * Digest.Length, Digest.Length)));
            }

            tiles._levels.Add(edge);
        }

        return tiles;
    }

    /// <summary>Adds a leaf at the right edge.</summary>
    public void Add(Digest leaf, Action<int, long, byte[]> put)
    {
        for (int level = 0; ; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add(new Edge(0));
            }

            Edge edge = _levels[level];
            edge.Hashes.Add(leaf);
            edge.IsStored = false;
            if (edge.Hashes.Count < Width)
            {
                return;
            }

            put(level, edge.Tile, edge.ToBytes());
            leaf = RootOf([.. edge.Hashes]);
            edge.Hashes.Clear();
            edge.Tile++;
            edge.IsStored = true;
        }
    }

    /// <summary>Stores the partial tiles that changed since they were last stored.</summary>
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
    public static Digest Perfect(int height, long index, Func<int, long, byte[]?> find)
    {
        int level = height / HeightOfTile;
        int within = height % HeightOfTile;
        long first = index << within;
        byte[] tile = find(level, first / Width) ?? throw new InvalidDataException($"tile {level}/{first / Width} is missing");
        int start = (int)(first % Width);
        var hashes = new Digest[1 << within];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Digest.FromBytes(tile.AsSpan((start + i) * Digest.Length, Digest.Length));
        }

        return RootOf(hashes);
    }

    private static Digest RootOf(Digest[] hashes)
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
