using System.Globalization;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>
/// Holds the published openings of redactable fields against the commitments of a verified ledger (formats/redaction.md). Openings may change from one audit to the next, so
/// all of them are read each time; a ledger without commitments has none to read.
/// </summary>
/// <param name="files">Where openings are.</param>
/// <param name="memory">The verified entries.</param>
internal sealed class OpeningsAudit(IPublicFiles files, AuditorMemory memory)
{
    /// <summary>The most bytes that the openings of 256 entries may have.</summary>
    private const int MaxOpenings = 33_554_432;

    private readonly RedactionAudit _audit = new();
    private readonly Dictionary<long, List<Opening>> _openings = [];
    private readonly SortedSet<long> _bundles = [];

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

        foreach (long bundle in _bundles)
        {
            await FetchAsync(bundle, cancelled).ConfigureAwait(false);
        }

        long open = 0;
        long redacted = 0;
        foreach (FieldState state in _audit.States(index => _openings.GetValueOrDefault(index) ?? []))
        {
            if (state.IsViolation)
            {
                throw new FindingException(Findings.Openings, state.Words);
            }

            (open, redacted) = state is FieldState.Redacted ? (open, redacted + 1) : (open + 1, redacted);
        }

        return open + redacted == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{open:N0} redactable fields are open and match their commitments; {redacted:N0} were redacted, each by an entry that says by what law");
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
            if (!Statement.TryRead(bundle[place], out Statement? statement, out string problem))
            {
                throw new FindingException(Findings.Memory, $"entry {first + place} was verified and can no longer be read from the memory: {problem}. Begin anew with another --state");
            }

            _audit.Take(first + place, statement);
            if (statement.Commitments.Count > 0)
            {
                _bundles.Add(first / TilePath.FullWidth);
            }
        }
    }

    private async Task FetchAsync(long bundle, CancellationToken cancelled)
    {
        string path = PathOf(bundle);
        byte[] lines = await files.ReadAsync(path, MaxOpenings, cancelled).ConfigureAwait(false) ?? [];
        if (!OpeningLines.TryRead(lines, out IReadOnlyList<(long Index, Opening Opening)> openings, out string problem))
        {
            throw new FindingException(Findings.Openings, $"{path}: {problem}");
        }

        foreach ((long index, Opening opening) in openings)
        {
            if (index / TilePath.FullWidth != bundle)
            {
                throw new FindingException(Findings.Openings, $"{path} holds an opening of entry {index}, which belongs elsewhere");
            }

            if (!_openings.TryGetValue(index, out List<Opening>? own))
            {
                _openings.Add(index, own = []);
            }

            own.Add(opening);
        }
    }

    /// <summary>"openings/" and the number as in the address of a bundle of entries.</summary>
    private static string PathOf(long bundle) => new TilePath(null, bundle, TilePath.FullWidth).ToString().Replace("tile/entries/", "openings/", StringComparison.Ordinal);
}
