using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>Verifies that a register's entries and tiles are those its checkpoint was signed for, and that they go on from every checkpoint seen before.</summary>
/// <param name="tree">The published tiles.</param>
/// <param name="memory">What was seen before.</param>
/// <param name="progress">Told how far it is, 0 to 1.</param>
internal sealed class TreeAudit(PublishedTree tree, AuditorMemory memory, Action<double> progress)
{
    /// <summary>Bundles after which the way so far is remembered.</summary>
    private const long BundlesRemembered = 512;

    /// <summary>Verifies, and remembers the checkpoint where everything fits.</summary>
    /// <param name="now">The checkpoint that is served.</param>
    /// <param name="cancelled">Stops between two bundles; the way so far is remembered.</param>
    /// <returns>What it proved, in words.</returns>
    /// <exception cref="FindingException">The first thing that does not fit.</exception>
    public async Task<string[]> VerifyAsync(TrustedCheckpoint now, CancellationToken cancelled)
    {
        RefuseOtherHistory(now);
        memory.Begin(now);
        Checkpoint? before = memory.Seen?.Checkpoint;
        long from = memory.Reading.Size;
        TreeWalk walk = await WalkOnAsync(now, cancelled).ConfigureAwait(false);
        return
        [
            $"{now.Size - from:N0} entries read{(from > 0 ? $", going on from entry {from:N0}" : "")}: each is a canonical statement, and together they give the signed root {now.Root}",
            $"{walk.Tiles:N0} tiles of hashes follow from them",
            before is null ? "nothing was verified of this log before: compare the root with what others see, or verify again later"
                : before.Size == now.Size ? "nothing was added since it was verified before"
                : $"it only adds to the {before.Size:N0} entries that were verified before (root {before.Root})",
        ];
    }

    private async Task<TreeWalk> WalkOnAsync(TrustedCheckpoint now, CancellationToken cancelled)
    {
        HashTiles tiles = memory.Reading.ToTiles();
        bool resumed = tiles.Size > 0;
        var walk = new TreeWalk(tree, now.Size, Earlier(now), progress);
        try
        {
            await walk.GoAsync(tiles, bundle => Keep(bundle, tiles, walk), cancelled).ConfigureAwait(false);
            Compare(now, walk);
        }
        catch (FindingException trouble) when (trouble.Finding.Code is Findings.Root or Findings.TileContent or Findings.Changed)
        {
            memory.ForgetReading();
            if (resumed || trouble.Finding.Code == Findings.Changed)
            {
                await WalkAnewAsync(now, trouble, cancelled).ConfigureAwait(false);
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

    /// <summary>The signed checkpoints that what is served has to go on from.</summary>
    private Checkpoint[] Earlier(TrustedCheckpoint now) =>
        [.. memory.Unread.Prepend(memory.Seen).OfType<SeenCheckpoint>().Select(one => one.Checkpoint).Where(one => one.Size > 0 && one.Size <= now.Size)];

    /// <summary>Nothing is kept that contradicts a checkpoint seen before: otherwise a reading that is stopped behind it would be gone on from unasked.</summary>
    private void Keep(CheckedBundle bundle, HashTiles tiles, TreeWalk walk)
    {
        if (walk.Contradicted is ({ } earlier, { } given))
        {
            throw new FindingException(
                Findings.Changed,
                $"the first {earlier.Size:N0} entries that are served give the root {given}; the log signed {earlier.Root} for them before. Whether it signed a second history could not be read to its end");
        }

        if (bundle.Leaves.Length < TilePath.FullWidth)
        {
            memory.KeepForNow(bundle);
            return;
        }

        memory.Keep(bundle, tiles);
        if (bundle.Index % BundlesRemembered == BundlesRemembered - 1)
        {
            memory.SaveReading(tiles);
        }
    }

    /// <summary>
    /// Where what is served does not go on from what was read before: reads it from the first entry, to tell a second signed history from damaged files.
    /// </summary>
    /// <exception cref="FindingException">Always.</exception>
    private async Task WalkAnewAsync(TrustedCheckpoint now, FindingException first, CancellationToken cancelled)
    {
        var walk = new TreeWalk(tree, now.Size, Earlier(now), progress);
        try
        {
            await walk.GoAsync(new HashTiles(), static _ => { }, cancelled).ConfigureAwait(false);
        }
        catch (FindingException trouble) when (Findings.IsUnchecked(trouble.Finding.Code) && first.Finding.Code == Findings.Changed)
        {
            throw first;
        }

        Compare(now, walk);
        throw new FindingException(
            Findings.Changed,
            "entries were served otherwise a while ago than they are now; what is served now gives the signed root. What was read before is forgotten: verify again, and ask the register what was changed");
    }

    private void Compare(TrustedCheckpoint now, TreeWalk walk)
    {
        if (walk.Root != now.Root)
        {
            throw new FindingException(Findings.Root, $"the checkpoint promises {now.Size:N0} entries under the root {now.Root}; the entries that are served give {walk.Root}");
        }

        if (walk.Contradicted is ({ } earlier, { } given))
        {
            throw Forked(now, $"its first {earlier.Size:N0} entries give the root {given}; it signed {earlier.Root} for them before");
        }
    }

    private void RefuseOtherHistory(TrustedCheckpoint now)
    {
        if (Earlier(now).FirstOrDefault(one => one.Size == now.Size && one.Root != now.Root) is { } other)
        {
            throw Forked(now, $"it signed the root {now.Root} for {now.Size:N0} entries now and {other.Root} before");
        }

        if (memory.Unread.Prepend(memory.Seen).OfType<SeenCheckpoint>().Select(one => one.Checkpoint).FirstOrDefault(one => one.Size > now.Size) is { } larger)
        {
            throw new FindingException(
                Findings.RolledBack,
                $"the log was rolled back: it shows {now.Size:N0} entries, and signed {larger.Size:N0} before (root {larger.Root}). An old copy may be served, or entries were taken away; the note is kept in '{memory.KeepEvidence(now.Note)}'");
        }
    }

    private FindingException Forked(TrustedCheckpoint now, string how) =>
        new(Findings.Forked, $"the log has two histories: {how}. Both notes are signed: the one seen before is in the memory, the other is kept in '{memory.KeepEvidence(now.Note)}'; make both public");
}
