using System.Text;
using Probity.Evidence;
using Probity.Ledger.Witnessing;

namespace Probity.Ledger.Tests;

/// <summary>What a log says it holds, in memory: entries that share their beginning with another history of the same name up to a fork.</summary>
internal sealed class History(SignerKey key, int size, int fork, string tail)
{
    private readonly Digest[] _leaves = [.. Enumerable.Range(0, size).Select(i => MerkleTree.LeafHash(Encoding.UTF8.GetBytes(i < fork ? $"entry {i}" : $"{tail} {i}")))];

    public Checkpoint At(int count) => new(key.Verifier.Name, count, MerkleTree.RootOf(_leaves.Take(count)));

    public SignedNote Note(int count) => SignedNote.Sign(At(count).ToText(), key);

    public AddCheckpoint Request(int old, int count) => new(old, [.. Proof(old, count)], Note(count).ToString());

    private IReadOnlyList<Digest> Proof(int old, int count) => old == 0 || old >= count ? [] : MerkleTree.ConsistencyProof(old, count, Perfect);

    private Digest Perfect(int height, long index) => MerkleTree.RootOf(_leaves.Skip((int)(index << height)).Take(1 << height));
}
