using System.Numerics;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>Verifying proofs against roots one trusts (RFC 6962 section 2.1, in the iterative form of RFC 9162 sections 2.1.3.2 and 2.1.4.2).</summary>
public static class MerkleProof
{
    /// <summary>Whether a leaf stands at an index of the tree of that size and root.</summary>
    public static bool VerifyInclusion(Digest leaf, long index, long size, IReadOnlyList<Digest> proof, Digest root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        long node = index;
        long last = size - 1;
        Digest hash = leaf;
        foreach (Digest sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.NodeHash(sibling, hash);
                int zeros = (node & 1) == 1 ? 0 : BitOperations.TrailingZeroCount(node);
                node >>= zeros;
                last >>= zeros;
            }
            else
            {
                hash = MerkleTree.NodeHash(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>
    /// Whether the tree of the second size and root only adds to the tree of the first. From an empty tree nothing can be proven:
    /// every tree adds to it.
    /// </summary>
    public static bool VerifyConsistency((long Size, Digest Root) first, (long Size, Digest Root) second, IReadOnlyList<Digest> proof)
    {
        if (first.Size < 1 || first.Size > second.Size)
        {
            return false;
        }

        if (first.Size == second.Size)
        {
            return proof.Count == 0 && first.Root == second.Root;
        }

        return Climb(first, second, proof);
    }

    private static bool Climb((long Size, Digest Root) first, (long Size, Digest Root) second, IReadOnlyList<Digest> proof)
    {
        bool isPower = BitOperations.IsPow2(first.Size);
        if (!isPower && proof.Count == 0)
        {
            return false;
        }

        long node = first.Size - 1;
        long last = second.Size - 1;
        int zeros = BitOperations.TrailingZeroCount(~node);
        node >>= zeros;
        last >>= zeros;
        Digest before = isPower ? first.Root : proof[0];
        Digest after = before;
        for (int i = isPower ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                before = MerkleTree.NodeHash(proof[i], before);
                after = MerkleTree.NodeHash(proof[i], after);
                int skip = (node & 1) == 1 ? 0 : BitOperations.TrailingZeroCount(node);
                node >>= skip;
                last >>= skip;
            }
            else
            {
                after = MerkleTree.NodeHash(after, proof[i]);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && before == first.Root && after == second.Root;
    }
}
