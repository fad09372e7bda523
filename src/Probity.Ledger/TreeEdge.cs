using System.Numerics;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// The right edge of a growing Merkle tree: the roots of its perfect subtrees, the largest first. All that is needed to add leaves and to tell the root
/// (RFC 6962, section 2.1); 64 hashes at most.
/// </summary>
internal sealed class TreeEdge
{
    private readonly List<Digest> _subtrees = [];

    /// <summary>Leaves added so far.</summary>
    public long Count { get; private set; }

    /// <summary>The edge of a tree of some size, from the hashes of its perfect subtrees.</summary>
    /// <param name="size">Its leaves.</param>
    /// <param name="perfect">The hash of the perfect subtree of a height (0: a leaf) at an index among those of its height.</param>
    public static TreeEdge At(long size, Func<int, long, Digest> perfect)
    {
        var edge = new TreeEdge { Count = size };
        for (long start = 0; start < size;)
        {
            int height = BitOperations.Log2((ulong)(size - start));
            edge._subtrees.Add(perfect(height, start >> height));
            start += 1L << height;
        }

        return edge;
    }

    /// <summary>Adds a leaf.</summary>
    public void Add(Digest leaf)
    {
        for (long filled = Count; (filled & 1) == 1; filled >>= 1)
        {
            leaf = MerkleTree.NodeHash(_subtrees[^1], leaf);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }

        _subtrees.Add(leaf);
        Count++;
    }

    /// <summary>The root over all leaves; <see cref="MerkleTree.EmptyRoot"/> where there are none.</summary>
    public Digest Root() => MerkleTree.Fold(_subtrees);
}
