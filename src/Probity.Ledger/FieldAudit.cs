using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>Holds a log's redactable fields, its redactions and all that is kept of both against its entries. Owned by one thread.</summary>
/// <param name="log">The log.</param>
internal sealed class FieldAudit(TransparencyLog log)
{
    private readonly RedactionAudit _audit = new();
    private readonly List<long> _redactions = [];

    /// <summary>Takes the next entry in; every entry of the log, in its order.</summary>
    public void Take(long index, Statement statement)
    {
        _audit.Take(index, statement);
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

        long open = 0;
        long redacted = 0;
        foreach (FieldState state in _audit.States(Reading()))
        {
            if (state.IsViolation)
            {
                return (state.Words, null);
            }

            open += state is FieldState.Opened ? 1 : 0;
            redacted += state is FieldState.Redacted ? 1 : 0;
        }

        string? changed = log.OpeningBundles().SelectMany(OfBundle).Select(ChangedOf).FirstOrDefault(one => one is not null);
        return changed is not null
            ? (changed, null)
            : (null, open + redacted == 0 ? null : $"redactable fields: {open:N0} open, each as its entry commits to it; {redacted:N0} redacted, each by a statement");
    }

    private static string Named(IReadOnlyList<long> indexes) => indexes.Count == 0 ? "none" : $"entry {string.Join(", ", indexes.Take(20))}{(indexes.Count > 20 ? " and more" : "")}";

    /// <summary>Reads an entry's openings, those of 256 entries at a time.</summary>
    private Func<long, IReadOnlyList<Opening>> Reading()
    {
        (long Bundle, ILookup<long, Opening> Openings)? read = null;
        return index =>
        {
            long bundle = index / TilePath.FullWidth;
            if (read?.Bundle != bundle)
            {
                read = (bundle, OfBundle(bundle).Where(one => one.Opening is not null).ToLookup(one => one.Index, one => one.Opening!));
            }

            return [.. read.Value.Openings[index]];
        };
    }

    private IReadOnlyList<KeptOpening> OfBundle(long bundle) => log.KeptOpenings(bundle * TilePath.FullWidth, (bundle + 1) * TilePath.FullWidth);

    /// <summary>What of a row does not follow from the entry it names; null where all does.</summary>
    private string? ChangedOf(KeptOpening kept)
    {
        Statement? entry = log.FindStatement(kept.Index);
        return entry?.Commitments.TextOf(kept.Field) is not { } commitment ? new FieldState.Stray(kept.Index, kept.Field).Words
            : kept.Commitment != commitment || !kept.Slot.AsSpan().SequenceEqual(SealedFields.KeyOf(entry.Slot).ToBytes())
                ? $"entry {kept.Index}: what is kept beside the opening of '{kept.Field}', its slot and its commitment, does not follow from the entry"
                : null;
    }
}
