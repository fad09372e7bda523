using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>Verifies that a register's entries and tiles are those its checkpoint was signed for, and that they go on from the checkpoint seen before.</summary>
/// <param name="tree">The published tiles.</param>
/// <param name="memory">What was seen before.</param>
/// <param name="progress">Told how far it is, 0 to 1.</param>
internal sealed class TreeAudit(PublishedTree tree, AuditorMemory memory, Action<double> progress)
{
    /// <summary>Bundles after which the way so far is remembered.</summary>
    private const long BundlesRemembered = 512;

    /// <summary>The entries that state runs or publish documents, in ledger order; complete once the tree was verified.</summary>
    public ImmutableArray<Entry> Landmarks { get; private set; } = [];

    /// <summary>Whether any entry commits to a redactable field or redacts one; known once the tree was verified.</summary>
    public bool HasRedactable { get; private set; }

    /// <summary>Verifies, and remembers the checkpoint where everything fits.</summary>
    /// <param name="now">The checkpoint that is served.</param>
    /// <param name="cancelled">Stops between two bundles; the way so far is remembered.</param>
    /// <returns>What it proved, in words.</returns>
    /// <exception cref="FindingException">The first thing that does not fit.</exception>
    public async Task<string[]> VerifyAsync(TrustedCheckpoint now, CancellationToken cancelled)
    {
        RefuseOtherHistory(now);
        Checkpoint? before = memory.Seen;
        long from = memory.Reading.Size;
        TreeWalk walk = await WalkOnAsync(now, cancelled).ConfigureAwait(false);
        return
        [
            $"{now.Size - from:N0} entries read{(from > 0 ? $", going on from entry {from:N0}" : "")}: each is a canonical statement, and together they give the signed root {now.Root}",
            $"{walk.Tiles:N0} tiles of hashes follow from them",
            before is null ? "nothing was seen of this log before: compare the root with what others see, or verify again later"
                : before.Size == now.Size ? "nothing was added since it was verified before"
                : $"it only adds to the {before.Size:N0} entries that were verified before (root {before.Root})",
        ];
    }

    private async Task<TreeWalk> WalkOnAsync(TrustedCheckpoint now, CancellationToken cancelled)
    {
        HashTiles tiles = memory.Reading.ToTiles();
        bool resumed = tiles.Size > 0;
        (Landmarks, HasRedactable) = (memory.Reading.Landmarks, memory.Reading.HasRedactable);
        var walk = new TreeWalk(tree, now.Size, progress);
        try
        {
            await walk.GoAsync(tiles, memory.Seen?.Size ?? 0, bundle => Keep(bundle, tiles), cancelled).ConfigureAwait(false);
            Compare(now, walk);
        }
        catch (FindingException trouble) when (trouble.Finding.Code is Findings.Root or Findings.TileContent or Findings.Forked)
        {
            memory.ForgetReading();
            if (resumed)
            {
                await WalkAnewAsync(now, cancelled).ConfigureAwait(false);
            }

            throw;
        }
        catch (Exception trouble) when (trouble is FindingException or OperationCanceledException && tiles.Size == memory.Reading.Size)
        {
            memory.SaveReading(tiles);
            throw;
        }

        memory.SaveVerified(now, tiles);
        return walk;
    }

    private void Keep(CheckedBundle bundle, HashTiles tiles)
    {
        if (bundle.Leaves.Length < TilePath.FullWidth)
        {
            memory.KeepForNow(bundle);
            Landmarks = [.. memory.Reading.Landmarks, .. bundle.Landmarks];
            HasRedactable = memory.Reading.HasRedactable || bundle.HasRedactable;
            return;
        }

        memory.Keep(bundle, tiles);
        (Landmarks, HasRedactable) = (memory.Reading.Landmarks, memory.Reading.HasRedactable);
        if (bundle.Index % BundlesRemembered == BundlesRemembered - 1)
        {
            memory.SaveReading(tiles);
        }
    }

    /// <summary>
    /// Where what is served does not go on from what was read before: reads it from the first entry, to tell a second signed history from damaged files.
    /// </summary>
    private async Task WalkAnewAsync(TrustedCheckpoint now, CancellationToken cancelled)
    {
        var walk = new TreeWalk(tree, now.Size, progress);
        await walk.GoAsync(new HashTiles(), memory.Seen?.Size ?? 0, static _ => { }, cancelled).ConfigureAwait(false);
        Compare(now, walk);
    }

    private void Compare(TrustedCheckpoint now, TreeWalk walk)
    {
        if (walk.Root != now.Root)
        {
            throw new FindingException(Findings.Root, $"the checkpoint promises {now.Size:N0} entries under the root {now.Root}; the entries that are served give {walk.Root}");
        }

        if (memory.Seen is { } seen && walk.EarlierRoot is { } earlier && earlier != seen.Root)
        {
            throw Forked(now, $"its first {seen.Size:N0} entries give the root {earlier}; it signed {seen.Root} for them before");
        }
    }

    private void RefuseOtherHistory(TrustedCheckpoint now)
    {
        if (memory.Seen is not { } seen)
        {
            return;
        }

        if (now.Size == seen.Size && now.Root != seen.Root)
        {
            throw Forked(now, $"it signed the root {now.Root} for {now.Size:N0} entries now and {seen.Root} before");
        }

        if (now.Size < seen.Size)
        {
            throw new FindingException(Findings.RolledBack, $"the log was rolled back: it shows {now.Size:N0} entries, and {seen.Size:N0} were verified before. An old copy may be served, or entries were taken away; the note is kept in '{memory.KeepEvidence(now.Note)}'");
        }
    }

    private FindingException Forked(TrustedCheckpoint now, string how) =>
        new(Findings.Forked, $"the log has two histories: {how}. Both notes are signed: the one seen before is in the memory, the other is kept in '{memory.KeepEvidence(now.Note)}'; make both public");
}
