using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>
/// Holds the published openings of redactable fields against the commitments of a verified ledger (formats/redaction.md). Openings may change from one audit to the next, so
/// all of them are read each time, those of 256 entries at once; a ledger without commitments has none to read.
/// </summary>
/// <param name="files">Where openings are.</param>
/// <param name="memory">The verified entries.</param>
internal sealed class OpeningsAudit(IPublicFiles files, AuditorMemory memory)
{
    /// <summary>The most bytes that the openings of 256 entries may have.</summary>
    private const int MaxOpenings = 33_554_432;

    private readonly RedactionAudit _audit = new();

    /// <summary>Verifies.</summary>
    /// <param name="size">How many entries were verified.</param>
    /// <param name="cancelled">Stops between two files.</param>
    /// <returns>What it proved, in words; null where the ledger commits to nothing.</returns>
    /// <exception cref="FindingException">The first violation.</exception>
    public async Task<string?> VerifyAsync(long size, CancellationToken cancelled)
    {
        long first = 0;
        foreach (EntryBundle bundle in memory.Bundles(size))
        {
            Take(bundle, first);
            first += TilePath.FullWidth;
        }

        var tally = new FieldTally();
        Refuse(tally.Take(_audit.Baseless));
        foreach (long bundle in _audit.Runs(TilePath.FullWidth))
        {
            (long From, long To) entries = (bundle * TilePath.FullWidth, Math.Min(size, (bundle + 1) * TilePath.FullWidth));
            Refuse(tally.Take(_audit.States(entries, await FetchAsync(bundle, entries.To, cancelled).ConfigureAwait(false))));
        }

        return tally.Words;
    }

    private static void Refuse(FieldState? violation)
    {
        if (violation is not null)
        {
            throw new FindingException(Findings.Openings, violation.Words);
        }
    }

    /// <summary>Only statements with commitments and redactions matter here; most bundles hold neither, and are not taken apart.</summary>
    private void Take(EntryBundle bundle, long first)
    {
        ReadOnlySpan<byte> all = bundle.BytesOf(bundle.Count);
        if (all.IndexOf("\"commitments\":{"u8) < 0 && all.IndexOf("\"kind\":\"case-step\""u8) < 0)
        {
            return;
        }

        for (int place = 0; place < bundle.Count; place++)
        {
            _audit.Take(first + place, AuditorMemory.StatementOf(first + place, bundle[place]));
        }
    }

    /// <summary>The openings of a bundle's entries; those behind the checkpoint belong to a later one, which a live register may have published by now.</summary>
    private async Task<List<(long Index, Opening Opening)>> FetchAsync(long bundle, long to, CancellationToken cancelled)
    {
        string path = PublishedOpenings.AddressOf(bundle);
        byte[] lines = await files.ReadAsync(path, MaxOpenings, cancelled).ConfigureAwait(false) ?? [];
        if (!OpeningLines.TryRead(lines, out IReadOnlyList<(long Index, Opening Opening)> openings, out string problem))
        {
            throw new FindingException(Findings.Openings, $"{path}: {problem}");
        }

        return openings.Where(one => one.Index / TilePath.FullWidth != bundle).Select(one => (long?)one.Index).FirstOrDefault() is { } elsewhere
            ? throw new FindingException(Findings.Openings, $"{path} holds an opening of entry {elsewhere}, which belongs elsewhere")
            : [.. openings.Where(one => one.Index < to)];
    }
}
