using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>Holds a log's redactable fields, its redactions and all that is kept of both against its entries. Owned by one thread.</summary>
/// <param name="log">The log.</param>
internal sealed class FieldAudit(TransparencyLog log)
{
    private readonly RedactionAudit _audit = new();
    private readonly List<long> _redactions = [];

    /// <summary>Entries taken in.</summary>
    private long _size;

    /// <summary>Takes the next entry in; every entry of the log, in its order.</summary>
    public void Take(long index, Statement statement)
    {
        _audit.Take(index, statement);
        _size = index + 1;
        if (Redaction.IsOne(statement))
        {
            _redactions.Add(index);
        }
    }

    /// <summary>The first violation, and what was proven in words; both null where nothing is redactable.</summary>
    public (string? Violation, string? Proven) Conclude()
    {
        if (!log.Redactions().SequenceEqual(_redactions))
        {
            return ($"the list of redactions that is kept beside the entries names {Named(log.Redactions())}; the entries that are redactions are {Named(_redactions)}", null);
        }

        var tally = new FieldTally();
        FieldState? violation = tally.Take(_audit.Baseless);
        IReadOnlyList<long> kept = log.OpeningBundles();
        foreach (long bundle in _audit.Runs(TilePath.FullWidth).Union(kept).Order())
        {
            (long From, long To) entries = (bundle * TilePath.FullWidth, (bundle + 1) * TilePath.FullWidth);
            violation ??= tally.Take(_audit.States(entries, [.. OfBundle(bundle).Where(one => one.Opening is not null && one.Index < _size).Select(one => (one.Index, one.Opening!))]));
        }

        string? changed = violation?.Words ?? kept.SelectMany(OfBundle).Select(ChangedOf).FirstOrDefault(one => one is not null);
        return changed is not null ? (changed, null) : (null, tally.Words);
    }

    private static string Named(IReadOnlyList<long> indexes) => indexes.Count == 0 ? "none" : $"entry {string.Join(", ", indexes.Take(20))}{(indexes.Count > 20 ? " and more" : "")}";

    private IReadOnlyList<KeptOpening> OfBundle(long bundle) => log.KeptOpenings(bundle * TilePath.FullWidth, (bundle + 1) * TilePath.FullWidth);

    /// <summary>What of a row does not follow from the entry it names; null where all does.</summary>
    private string? ChangedOf(KeptOpening kept)
    {
        if (kept.Index >= _size)
        {
            // a writer that is at work, or was killed, kept the openings of entries that are not there yet: nothing shows them, and the next writer takes them away
            return kept.Opening is { } waiting && Opening.IsSalt(waiting.Salt) && waiting.Commitment().ToString() == kept.Commitment
                ? null
                : $"openings.db keeps something of '{kept.Field}' of entry {kept.Index}, which the ledger does not have: an append that was killed left it, and the next run takes it away, or it was changed by hand";
        }

        Statement? entry = log.FindStatement(kept.Index);
        return entry?.Commitments.TextOf(kept.Field) is not { } commitment ? new FieldState.Stray(kept.Index, kept.Field).Words
            : kept.Commitment != commitment || !kept.Slot.AsSpan().SequenceEqual(SealedFields.KeyOf(entry.Slot).ToBytes())
                ? $"entry {kept.Index}: what is kept beside the opening of '{kept.Field}', its slot and its commitment, does not follow from the entry"
                : null;
    }
}
