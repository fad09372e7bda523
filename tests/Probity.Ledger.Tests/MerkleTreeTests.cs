using System.Text;
using CsCheck;
using Probity.Evidence;

namespace Probity.Ledger.Tests;

public sealed class MerkleTreeTests
{
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Roots_are_those_of_RFC_6962(int size)
    {
        Digest[] leaves = [.. Leaves.Take(size).Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf)))];
        Assert.Equal(Roots[size], MerkleTree.RootOf(leaves).ToString());
    }

    [Fact]
    public void A_leaf_is_hashed_with_its_prefix() =>
        Assert.Equal("d0d7360ab79f58ab1e1e3fe64ad77e2ea0bc07e36b5f46ed2223edd9298df9e9", MerkleTree.LeafHash("one"u8).ToString());

    [Fact]
    public void Every_proof_verifies_and_no_other_index_or_root_does() =>
        Gen.Select(Gen.Int[1, 700], Gen.Int[0, 699], Gen.Int[0, 700]).Where(one => one.Item2 < one.Item1 && one.Item3 <= one.Item1).Sample((size, index, first) =>
        {
            Digest[] leaves = [.. Enumerable.Range(0, size).Select(i => MerkleTree.LeafHash(Encoding.UTF8.GetBytes($"leaf {i}")))];
            Digest Perfect(int height, long at) => MerkleTree.RootOf(leaves.Skip((int)(at << height)).Take(1 << height));
            Digest root = MerkleTree.RootOf(leaves);
            Digest earlier = MerkleTree.RootOf(leaves.Take(first));
            IReadOnlyList<Digest> inclusion = MerkleTree.InclusionProof(index, size, Perfect);
            IReadOnlyList<Digest> consistency = MerkleTree.ConsistencyProof(first, size, Perfect);
            return MerkleProof.VerifyInclusion(leaves[index], index, size, inclusion, root)
                && !MerkleProof.VerifyInclusion(leaves[index], (index + 1) % size, size, inclusion, MerkleTree.LeafHash("x"u8))
                && !MerkleProof.VerifyInclusion(leaves[index], index, size, [.. inclusion, root], root)
                && (first == 0 || MerkleProof.VerifyConsistency((first, earlier), (size, root), consistency))
                && (first == 0 || !MerkleProof.VerifyConsistency((first, root == earlier ? MerkleTree.EmptyRoot : root), (size, root), consistency));
        });
}
