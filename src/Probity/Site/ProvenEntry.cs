using System.Text;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Site;

/// <summary>An entry with the proof that it stands under the last signed root.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Text">Its exact bytes, as text.</param>
/// <param name="Leaf">Its leaf hash.</param>
/// <param name="Checkpoint">The last checkpoint that covers it; null where none does.</param>
/// <param name="Path">The audit path to that checkpoint's root; empty where there is none.</param>
/// <param name="Size">How many entries are shown.</param>
public sealed record ProvenEntry(Entry Entry, string Text, Digest Leaf, SignedCheckpoint? Checkpoint, IReadOnlyList<Digest> Path, long Size)
{
    /// <summary>What there is to say of each redactable field; empty where it has none.</summary>
    public IReadOnlyList<FieldState> Fields { get; init; } = [];

    /// <summary>Whether leaf and path give the signed root.</summary>
    public bool Holds => Checkpoint is { } signed && MerkleProof.VerifyInclusion(Leaf, Entry.Index, signed.Size, Path, signed.Root);

    /// <summary>Reads and proves one of the entries that are shown; null where there is none of that number.</summary>
    public static ProvenEntry? Read(RegisterReader reader, long index)
    {
        TransparencyLog log = reader.Log;
        long size = reader.Size;
        if (index < 0 || index >= size)
        {
            return null;
        }

        byte[] bytes = log.ReadBytes(index);
        SignedCheckpoint? signed = log.Published() is { } published && published.Size > index ? published : null;
        IReadOnlyList<Digest> path = signed is null ? [] : log.ProveInclusion(index, signed.Size);
        Entry entry = log.Read(index);
        return new ProvenEntry(entry, Encoding.UTF8.GetString(bytes), MerkleTree.LeafHash(bytes), signed, path, size) { Fields = log.FieldsOf(entry) };
    }
}
