using System.Buffers.Binary;
using System.Text;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>Every file of the reference log follows from its fifteen entries, and every proof between its sixteen checkpoints verifies.</summary>
public sealed class ReferenceLogTests
{
    private static readonly Digest[] Leaves = [.. ReferenceLog.Entries.Select(ReferenceLog.Leaf)];

    [Fact]
    public void Its_checkpoints_tiles_and_bundles_follow_from_its_entries()
    {
        string folder = SharedData.Path("ledger/reference-log");
        VerifierKey key = VerifierKey.Parse(ReferenceLog.LogKey)!;
        for (int size = 0; size <= 15; size++)
        {
            SignedNote note = SignedNote.Parse(File.ReadAllText(Path.Combine(folder, $"checkpoint.{size}")))!;
            Assert.Equal(NoteVerdict.Valid, note.Verify(key));
            Assert.Equal(new Checkpoint("example.com/log/testdata", size, ReferenceLog.RootAt(size)), Checkpoint.Parse(note.Text));
            if (size > 0)
            {
                Assert.Equal(Leaves.Take(size).SelectMany(leaf => leaf.ToBytes()), File.ReadAllBytes(Path.Combine(folder, new TilePath(0, 0, size).ToString())));
                Assert.Equal(ReferenceLog.Entries.Take(size).SelectMany(InBundle), File.ReadAllBytes(Path.Combine(folder, new TilePath(null, 0, size).ToString())));
            }
        }
    }

    [Fact]
    public void Every_proof_in_it_verifies_and_none_with_a_changed_hash_or_another_root()
    {
        for (int size = 1; size <= 15; size++)
        {
            Digest root = ReferenceLog.RootAt(size);
            for (int at = 0; at < size; at++)
            {
                Digest[] path = [.. MerkleTree.InclusionProof(at, size, Perfect)];
                Assert.True(MerkleProof.VerifyInclusion(Leaves[at], at, size, path, root));
                Assert.All(Spoilt(path), other => Assert.False(MerkleProof.VerifyInclusion(Leaves[at], at, size, other, root)));
                Digest[] proof = [.. MerkleTree.ConsistencyProof(at + 1, size, Perfect)];
                Assert.True(MerkleProof.VerifyConsistency((at + 1, ReferenceLog.RootAt(at + 1)), (size, root), proof));
                Assert.All(Spoilt(proof), other => Assert.False(MerkleProof.VerifyConsistency((at + 1, ReferenceLog.RootAt(at + 1)), (size, root), other)));
            }
        }
    }

    [Fact]
    public void The_proof_that_a_witness_of_another_program_accepted_is_made_here_too() =>
        Assert.Equal(ReferenceLog.ThreeToFifteen, MerkleTree.ConsistencyProof(3, 15, Perfect).Select(hash => Convert.ToBase64String(hash.ToBytes())));

    private static IEnumerable<Digest[]> Spoilt(Digest[] proof)
    {
        yield return [.. proof, Leaves[0]];
        for (int i = 0; i < proof.Length; i++)
        {
            yield return [.. proof[..i], Digest.Of("other"u8), .. proof[(i + 1)..]];
            yield return [.. proof[..i], .. proof[(i + 1)..]];
        }
    }

    private static Digest Perfect(int height, long index) => MerkleTree.RootOf(Leaves.Skip((int)(index << height)).Take(1 << height));

    private static byte[] InBundle(string entry)
    {
        byte[] bytes = new byte[2 + entry.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)entry.Length);
        Encoding.UTF8.GetBytes(entry, bytes.AsSpan(2));
        return bytes;
    }
}
