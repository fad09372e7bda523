using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>The Merkle tree over the ratings of one run, in the order of organisations' identifiers; 33 bytes a rating, kept while the run is the last.</summary>
internal sealed class ResultTree
{
    private readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];

    private ResultTree(long size, Digest root) => (Size, Root) = (size, root);

    /// <summary>How many ratings.</summary>
    public long Size { get; private set; }

    /// <summary>The root that the run states.</summary>
    public Digest Root { get; private set; }

    /// <summary>The tree over some leaves.</summary>
    public static ResultTree Of(IEnumerable<Digest> leaves)
    {
        var tree = new ResultTree(0, MerkleTree.EmptyRoot);
        var hashes = new HashTiles();
        void Put(int level, long index, byte[] tile) => tree._tiles[(level, index)] = tile;
        foreach (Digest leaf in leaves)
        {
            hashes.Add(leaf, Put);
        }

        hashes.Flush(Put);
        (tree.Size, tree.Root) = (hashes.Size, hashes.Root());
        return tree;
    }

    /// <summary>The audit path of the rating at a place, from the leaf up (RFC 6962, section 2.1.1).</summary>
    public IReadOnlyList<Digest> PathOf(long place) =>
        MerkleTree.InclusionProof(place, Size, (height, index) => HashTiles.Perfect(height, index, (level, tile) => _tiles.GetValueOrDefault((level, tile))));
}
