using System.Buffers.Binary;
using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>What hashing a whole log again proved, in words, and the first thing that does not fit; null where everything fits.</summary>
public sealed record LogVerification(ImmutableArray<string> Proven, string? Difference)
{
    /// <summary>
    /// Hashes every entry again, compares everything stored of it and every stored hash, reads every entry as a statement, checks every checkpoint's signature and root, the checkpoint
    /// kept apart, every document's hash, and every redactable field against its opening and the redactions. Stops at the first difference, which names its place.
    /// </summary>
    public static LogVerification Verify(TransparencyLog log, Action<double> progress, CancellationToken cancelled)
    {
        if (StoredCheckpoints(log, out string? difference) is not { } checkpoints)
        {
            return new LogVerification([], difference);
        }

        long size = log.Size;
        var tiles = new HashTiles();
        var audit = new FieldAudit(log);
        void Compare(int level, long n, byte[] hashes) => difference ??= DifferenceOf(log, (level, n), hashes);
        var roots = new RootsAt([.. checkpoints.Select(one => one.Size), log.SignedApart()?.Size ?? 0]);
        foreach (StoredEntry entry in log.ReadStored(0, size))
        {
            (Digest leaf, difference) = Take(entry, roots.Count, audit);
            if (difference is null)
            {
                roots.Add(leaf);
                tiles.Add(leaf, Compare);
            }

            if (difference is not null)
            {
                return new LogVerification([], difference);
            }

            if ((entry.Index & 0x1FFF) == 0)
            {
                cancelled.ThrowIfCancellationRequested();
                progress((entry.Index + 1.0) / size);
            }
        }

        tiles.Flush(Compare);
        progress(1);
        return difference is not null || roots.Count != size
            ? new LogVerification([], difference ?? $"entry {roots.Count} is missing")
            : Promised(log, checkpoints, roots, audit);
    }

    /// <summary>The checkpoints that are stored; null where one was changed, with the difference.</summary>
    private static IReadOnlyList<SignedCheckpoint>? StoredCheckpoints(TransparencyLog log, out string? difference)
    {
        try
        {
            difference = null;
            return log.Checkpoints();
        }
        catch (LedgerRefusedException refusal) when (refusal.Code == LedgerRefusals.Corrupt)
        {
            difference = refusal.Message;
            return null;
        }
    }

    /// <summary>An entry's leaf hash, and what does not fit of it; null where all does.</summary>
    private static (Digest Leaf, string? Difference) Take(StoredEntry entry, long expected, FieldAudit audit)
    {
        if (entry.Index != expected)
        {
            return (default, $"entry {expected} is missing");
        }

        if (!Statement.TryRead(entry.Body, out Statement? statement, out string problem) || !statement.ToBytes().AsSpan().SequenceEqual(entry.Body))
        {
            return (default, $"entry {entry.Index} is no canonical statement{(problem.Length > 0 ? ": " + problem : "")}");
        }

        audit.Take(entry.Index, statement);
        Digest leaf = MerkleTree.LeafHash(entry.Body);
        bool isKept = entry.Slot == statement.Slot.Key() && entry.Leaf8 == BinaryPrimitives.ReadUInt64BigEndian(leaf.ToBytes());
        return (leaf, isKept ? null : $"entry {entry.Index}: what is kept beside it, its slot and the beginning of its hash, does not follow from its bytes");
    }

    private static LogVerification Promised(TransparencyLog log, IReadOnlyList<SignedCheckpoint> checkpoints, RootsAt roots, FieldAudit audit)
    {
        VerifierKey key = log.Key;
        string? difference = checkpoints.Select(one => DifferenceOf(one, key, roots)).FirstOrDefault(one => one is not null)
            ?? ApartDifference(log, roots)
            ?? PublishedDifference(log, roots)
            ?? (checkpoints.Count == 0 ? "the log was never signed" : null)
            ?? (log.FirstChangedDocument() is { } document ? $"document {document}: its bytes do not hash to its name; the document was changed" : null);
        (string? violation, string? open) = audit.Conclude();
        difference ??= violation;
        return difference is not null
            ? new LogVerification([], difference)
            : new LogVerification(
                [
                    $"{roots.Count:N0} entries hashed; every stored hash of the tree follows from them",
                    $"{checkpoints.Count} {(checkpoints.Count == 1 ? "checkpoint" : "checkpoints")} signed by {key}, each with the root that the entries give",
                    $"{checkpoints[^1].Size:N0} entries under the signed root {checkpoints[^1].Root}",
                    .. open is null ? (IEnumerable<string>)[] : [open],
                ],
                null);
    }

    /// <summary>What is wrong with what is shown to others where a policy asks for witnesses; null for nothing.</summary>
    private static string? PublishedDifference(TransparencyLog log, RootsAt roots)
    {
        try
        {
            if (log.Policy() is not { } policy || log.Published() is not { } published)
            {
                return null;
            }

            PolicyVerdict verdict = policy.Judge(SignedNote.Parse(published.Note)!, log.Key);
            return !verdict.IsSatisfied ? $"the published checkpoint of {published.Size} entries does not satisfy the policy: {verdict.Reason}"
                : roots.At(published.Size) != published.Root ? $"the published checkpoint of {published.Size} entries promises the root {published.Root}; the entries give {roots.At(published.Size)?.ToString() ?? "another size"}"
                : null;
        }
        catch (LedgerRefusedException refusal) when (refusal.Code is LedgerRefusals.Corrupt or LedgerRefusals.Policy)
        {
            return refusal.Message;
        }
    }

    private static string? DifferenceOf(SignedCheckpoint checkpoint, VerifierKey key, RootsAt roots)
    {
        SignedNote? note = SignedNote.Parse(checkpoint.Note);
        if (note is null || note.Verify(key) != NoteVerdict.Valid || Checkpoint.Parse(note.Text)?.Origin != key.Name)
        {
            return $"the checkpoint of {checkpoint.Size} entries is not signed by {key}";
        }

        return roots.At(checkpoint.Size) == checkpoint.Root
            ? null
            : $"the checkpoint of {checkpoint.Size} entries promises the root {checkpoint.Root}; the entries give {roots.At(checkpoint.Size)?.ToString() ?? "fewer entries"}";
    }

    private static string? ApartDifference(TransparencyLog log, RootsAt roots) =>
        log.SignedApart() is { } apart && DifferenceOf(apart, log.Key, roots) is { } difference ? "kept apart from the entries: " + difference : null;

    private static string? DifferenceOf(TransparencyLog log, (int Level, long N) place, byte[] hashes)
    {
        byte[] stored = log.FindTile(place.Level, place.N) ?? [];
        for (int i = 0; i < hashes.Length; i += Digest.Length)
        {
            if (stored.Length < i + Digest.Length || !stored.AsSpan(i, Digest.Length).SequenceEqual(hashes.AsSpan(i, Digest.Length)))
            {
                long index = (place.N * HashTiles.Width) + (i / Digest.Length);
                return place.Level == 0
                    ? $"entry {index}: its bytes do not hash to the stored leaf hash; the entry or the hash was changed"
                    : $"stored hash {index} of level {place.Level} does not follow from the hashes beneath it";
            }
        }

        return null;
    }

    /// <summary>Roots at the sizes that checkpoints promise, taken while leaves are added.</summary>
    private sealed class RootsAt(IEnumerable<long> sizes)
    {
        private readonly HashSet<long> _wanted = [.. sizes];
        private readonly Dictionary<long, Digest> _roots = new() { [0] = MerkleTree.EmptyRoot };
        private readonly TreeEdge _edge = new();

        public long Count => _edge.Count;

        public void Add(Digest leaf)
        {
            _edge.Add(leaf);
            if (_wanted.Contains(Count))
            {
                _roots[Count] = _edge.Root();
            }
        }

        public Digest? At(long size) => size == Count ? _edge.Root() : _roots.TryGetValue(size, out Digest root) ? root : null;
    }
}
