using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// The openings that may be shown: those that are kept, less what the ledger says was redacted. So a backup of the openings that is older than a redaction shows nothing
/// that was erased. Safe for many threads.
/// </summary>
/// <param name="log">The log.</param>
internal sealed class ShownOpenings(TransparencyLog log)
{
    /// <summary>The fold over the redactions there were when it was last asked for; replaced whole.</summary>
    private volatile Known _known = new([], new RedactionAudit());

    /// <summary>The openings of entries from … to − 1, in the order of entries and fields.</summary>
    public IReadOnlyList<(long Index, Opening Opening)> Read(long from, long to)
    {
        long size = log.Size;
        IReadOnlyList<KeptOpening> kept = [.. log.KeptOpenings(from, to).Where(one => one.Opening is not null && one.Index < size)];
        RedactionAudit stated = Stated();
        if (stated.Redactions.Count == 0 || kept.Count == 0)
        {
            return [.. kept.Select(one => (one.Index, one.Opening!))];
        }

        Dictionary<long, Slot> slots = log.ReadMany([.. kept.Select(one => one.Index).Distinct()]).ToDictionary(entry => entry.Index, entry => entry.Statement.Slot);
        return [.. kept.Where(one => stated.RedactedBy(slots[one.Index], one.Field) is null).Select(one => (one.Index, one.Opening!))];
    }

    /// <summary>What there is to say of each redactable field of an entry, in the order of their names; empty where it has none.</summary>
    public IReadOnlyList<FieldState> StatesOf(Entry entry)
    {
        if (entry.Statement.Commitments.Count == 0)
        {
            return [];
        }

        List<Opening> openings = [.. Read(entry.Index, entry.Index + 1).Select(one => one.Opening)];
        RedactionAudit stated = Stated();
        return [.. entry.Statement.Commitments.Select(field => RedactionAudit.StateOf(
            (entry.Index, field.Key),
            field.Value.ToString()!,
            openings.Find(one => one.Field == field.Key),
            stated.RedactedBy(entry.Statement.Slot, field.Key)))];
    }

    /// <summary>Refuses a redaction that the ledger must not state.</summary>
    /// <param name="redaction">What is to be redacted.</param>
    /// <param name="statement">It as the statement that would be appended.</param>
    /// <exception cref="LedgerRefusedException">It rests on one role alone (guard-rail G18), says nothing whole, or there is nothing to erase.</exception>
    public void RequireRedactable(Redaction redaction, Statement statement)
    {
        if (!Redaction.IsFourEyes(redaction.Grounds.By, redaction.Grounds.ApprovedBy))
        {
            throw new LedgerRefusedException(LedgerRefusals.FourEyes, $"'{redaction.Grounds.ApprovedBy}' cannot approve what '{redaction.Grounds.By}' decided: a redaction needs two different roles (guard-rail G18)");
        }

        Statement named = log.Read(redaction.Index).Statement;
        if (Redaction.Of(statement) is null || named.Slot != redaction.Slot)
        {
            throw new LedgerRefusedException(LedgerRefusals.NotRedactable, $"it is no redaction of entry {redaction.Index}: it names no field, no law or no authority, or another slot than that entry fills");
        }

        foreach (string field in redaction.Fields.Where(field => named.Commitments[field] is null))
        {
            string there = named.Commitments.Count == 0 ? "it has no redactable field" : "redactable there: " + string.Join(", ", named.Commitments.Select(one => one.Key));
            throw new LedgerRefusedException(LedgerRefusals.NotRedactable, $"entry {redaction.Index} has no redactable field '{field}'; {there}");
        }

        if (Read(redaction.Index, redaction.Index + 1).All(one => !redaction.Fields.Contains(one.Opening.Field)))
        {
            string why = Stated().RedactedBy(named.Slot, redaction.Fields[0]) is { } by ? $"it was redacted before, as entry {by} states, and nothing of it is kept" : "nothing of it is kept";
            throw new LedgerRefusedException(LedgerRefusals.NotRedactable, $"{string.Join(", ", redaction.Fields)} of entry {redaction.Index} has no opening: {why}");
        }
    }

    private RedactionAudit Stated()
    {
        IReadOnlyList<long> indexes = log.Redactions();
        Known known = _known;
        if (!known.Indexes.SequenceEqual(indexes))
        {
            _known = known = new Known(indexes, StatedRedactions.Fold(indexes, log.FindStatement));
        }

        return known.Stated;
    }

    private sealed record Known(IReadOnlyList<long> Indexes, RedactionAudit Stated);
}

/// <summary>A row of the store of openings.</summary>
/// <param name="Slot">The key of the slot that the entry fills; what is kept of it, which need not be true.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Index">The entry.</param>
/// <param name="Commitment">What the entry commits to; what is kept of it, which need not be true.</param>
/// <param name="Opening">Null where salt and value were erased.</param>
internal sealed record KeptOpening(byte[] Slot, string Field, long Index, string Commitment, Opening? Opening);
