using System.Numerics;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>The Merkle tree of RFC 6962, section 2.1: leaf and node hashes, roots and proofs over perfect subtrees that a caller provides.</summary>
public static class MerkleTree
{
    /// <summary>The root of the empty tree: SHA-256 of nothing.</summary>
    public static Digest EmptyRoot { get; } = Digest.Of([]);

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static Digest LeafHash(ReadOnlySpan<byte> entry)
    {
        int length = entry.Length + 1;
        Span<byte> prefixed = length <= 2_048 ? stackalloc byte[length] : new byte[length];
        prefixed[0] = 0;
        entry.CopyTo(prefixed[1..]);
        return Digest.Of(prefixed);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Digest NodeHash(Digest left, Digest right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * Digest.Length)];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Digest.Length)..]);
        return Digest.Of(node);
    }

    /// <summary>The root over leaf hashes in order; <see cref="EmptyRoot"/> where there are none.</summary>
    public static Digest RootOf(IEnumerable<Digest> leaves)
    {
        var edge = new TreeEdge();
        foreach (Digest leaf in leaves)
        {
            edge.Add(leaf);
        }

        return edge.Root();
    }

    /// <summary>The hash of the subtree over leaves <paramref name="from"/> … <paramref name="to"/> − 1, as RFC 6962 splits it.</summary>
    /// <param name="from">A multiple of the largest power of two that the range holds.</param>
    /// <param name="to">After the last leaf.</param>
    /// <param name="perfect">The hash of the perfect subtree of a height (0: a leaf) at an index among those of its height.</param>
    public static Digest RangeHash(long from, long to, Func<int, long, Digest> perfect)
    {
        var parts = new List<Digest>();
        for (long start = from; start < to;)
        {
            int height = BitOperations.Log2((ulong)(to - start));
            parts.Add(perfect(height, start >> height));
            start += 1L << height;
        }

        return Fold(parts);
    }

    /// <summary>The audit path of RFC 6962, section 2.1.1, from the leaf's sibling to the root's child.</summary>
    public static IReadOnlyList<Digest> InclusionProof(long index, long size, Func<int, long, Digest> perfect)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<Digest>();
        AddPath(path, index, (0, size), perfect);
        return path;
    }

    /// <summary>The consistency proof of RFC 6962, section 2.1.2; empty where one size is 0 or both are equal.</summary>
    public static IReadOnlyList<Digest> ConsistencyProof(long first, long second, Func<int, long, Digest> perfect)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<Digest>();
        if (first > 0 && first < second)
        {
            AddSubproof(proof, first, (0, second), true, perfect);
        }

        return proof;
    }

    private static void AddPath(List<Digest> path, long index, (long From, long To) range, Func<int, long, Digest> perfect)
    {
        long count = range.To - range.From;
        if (count == 1)
        {
            return;
        }

        long middle = range.From + Split(count);
        if (index < middle)
        {
            AddPath(path, index, (range.From, middle), perfect);
            path.Add(RangeHash(middle, range.To, perfect));
        }
        else
        {
            AddPath(path, index, (middle, range.To), perfect);
            path.Add(RangeHash(range.From, middle, perfect));
        }
    }

    private static void AddSubproof(List<Digest> proof, long first, (long From, long To) range, bool isWhole, Func<int, long, Digest> perfect)
    {
        if (first == range.To)
        {
            if (!isWhole)
            {
                proof.Add(RangeHash(range.From, range.To, perfect));
            }

            return;
        }

        long middle = range.From + Split(range.To - range.From);
        if (first <= middle)
        {
            AddSubproof(proof, first, (range.From, middle), isWhole, perfect);
            proof.Add(RangeHash(middle, range.To, perfect));
        }
        else
        {
            AddSubproof(proof, first, (middle, range.To), false, perfect);
            proof.Add(RangeHash(range.From, middle, perfect));
        }
    }

    /// <summary>The largest power of two below a count of two or more.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    /// <summary>The root over perfect subtrees that follow each other, the largest first; <see cref="EmptyRoot"/> where there are none.</summary>
    internal static Digest Fold(List<Digest> parts)
    {
        if (parts.Count == 0)
        {
            return EmptyRoot;
        }

        Digest hash = parts[^1];
        for (int i = parts.Count - 2; i >= 0; i--)
        {
            hash = NodeHash(parts[i], hash);
        }

        return hash;
    }
}
