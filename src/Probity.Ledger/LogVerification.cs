using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>What hashing a whole log again proved, in words, and the first thing that does not fit; null where everything fits.</summary>
public sealed record LogVerification(ImmutableArray<string> Proven, string? Difference)
{
    /// <summary>
    /// Hashes every entry again, compares every stored hash, reads every entry as a statement, checks every checkpoint's signature and root, and the
    /// checkpoint kept apart. Stops at the first difference, which names its place.
    /// </summary>
    public static LogVerification Verify(TransparencyLog log, Action<double> progress, CancellationToken cancelled)
    {
        long size = log.Size;
        IReadOnlyList<SignedCheckpoint> checkpoints = log.Checkpoints();
        var tiles = new HashTiles();
        string? difference = null;
        void Compare(int level, long n, byte[] hashes) => difference ??= DifferenceOf(log, (level, n), hashes);
        var roots = new RootsAt([.. checkpoints.Select(one => one.Size), log.SignedApart()?.Size ?? 0]);
        foreach ((long index, byte[] body) in log.ReadRangeBytes(0, size))
        {
            if (index != roots.Count)
            {
                return new LogVerification([], $"entry {roots.Count} is missing");
            }

            if (!Statement.TryRead(body, out Statement? statement, out string problem) || !statement.ToBytes().AsSpan().SequenceEqual(body))
            {
                return new LogVerification([], $"entry {index} is no canonical statement{(problem.Length > 0 ? ": " + problem : "")}");
            }

            Digest leaf = MerkleTree.LeafHash(body);
            roots.Add(leaf);
            tiles.Add(leaf, Compare);
            if (difference is not null)
            {
                return new LogVerification([], difference);
            }

            if ((index & 0x1FFF) == 0)
            {
                cancelled.ThrowIfCancellationRequested();
                progress((index + 1.0) / size);
            }
        }

        tiles.Flush(Compare);
        progress(1);
        return difference is not null || roots.Count != size
            ? new LogVerification([], difference ?? $"entry {roots.Count} is missing")
            : Promised(log, checkpoints, roots);
    }

    private static LogVerification Promised(TransparencyLog log, IReadOnlyList<SignedCheckpoint> checkpoints, RootsAt roots)
    {
        VerifierKey key = log.Key;
        foreach (SignedCheckpoint checkpoint in checkpoints)
        {
            SignedNote? note = SignedNote.Parse(checkpoint.Note);
            if (note is null || note.Verify(key) != NoteVerdict.Valid || Checkpoint.Parse(note.Text)?.Origin != key.Name)
            {
                return new LogVerification([], $"the checkpoint of {checkpoint.Size} entries is not signed by {key}");
            }

            if (roots.At(checkpoint.Size) != checkpoint.Root)
            {
                return new LogVerification([], $"the checkpoint of {checkpoint.Size} entries promises the root {checkpoint.Root}; the entries give {roots.At(checkpoint.Size)?.ToString() ?? "fewer entries"}");
            }
        }

        if (log.SignedApart() is { } apart && roots.At(apart.Size) != apart.Root)
        {
            return new LogVerification([], $"the checkpoint kept apart promises {apart.Size} entries under {apart.Root}; the entries give {roots.At(apart.Size)?.ToString() ?? "fewer entries"}");
        }

        if (PublishedDifference(log, roots) is { } difference)
        {
            return new LogVerification([], difference);
        }

        if (checkpoints.Count == 0)
        {
            return new LogVerification([], "the log was never signed");
        }

        return new LogVerification(
            [
                $"{roots.Count:N0} entries hashed; every stored hash of the tree follows from them",
                $"{checkpoints.Count} {(checkpoints.Count == 1 ? "checkpoint" : "checkpoints")} signed by {key}, each with the root that the entries give",
                $"{checkpoints[^1].Size:N0} entries under the signed root {checkpoints[^1].Root}",
            ],
            null);
    }

    /// <summary>What is wrong with what is shown to others where a policy asks for witnesses; null for nothing.</summary>
    private static string? PublishedDifference(TransparencyLog log, RootsAt roots)
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
