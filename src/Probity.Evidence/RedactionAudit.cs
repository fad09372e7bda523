namespace Probity.Evidence;

/// <summary>
/// Holds openings against a ledger: a pure fold over its statements, then one state for each redactable field of each entry. Opening present: it must match; absent with a redaction: redacted;
/// absent without: a violation; present after a redaction: a violation. Owned by one thread.
/// </summary>
public sealed class RedactionAudit
{
    private readonly List<(long Index, Slot Slot, Fields Commitments)> _committed = [];
    private readonly Dictionary<Slot, List<(long Index, Fields Commitments)>> _bySlot = [];
    private readonly Dictionary<(Slot Slot, string Field), long> _redacted = [];
    private readonly List<FieldState> _baseless = [];
    private readonly List<(long Index, Redaction Redaction)> _redactions = [];

    /// <summary>Redactions taken in so far, with the entries they stand in, in ledger order.</summary>
    public IReadOnlyList<(long Index, Redaction Redaction)> Redactions => _redactions;

    /// <summary>Takes the next entry in; every entry of the ledger, in its order.</summary>
    public void Take(long index, Statement statement)
    {
        if (statement.Commitments.Count > 0)
        {
            _committed.Add((index, statement.Slot, statement.Commitments));
            if (!_bySlot.TryGetValue(statement.Slot, out List<(long, Fields)>? own))
            {
                _bySlot.Add(statement.Slot, own = []);
            }

            own.Add((index, statement.Commitments));
        }

        if (Redaction.IsOne(statement))
        {
            TakeRedaction(index, Redaction.Of(statement));
        }
    }

    /// <summary>The entry of the redaction that holds for a field of a slot; null where none does.</summary>
    public long? RedactedBy(Slot slot, string field) => _redacted.TryGetValue((slot, field), out long by) ? by : null;

    /// <summary>Whether anything at all stands in the ledger as a commitment.</summary>
    public bool IsEmpty => _committed.Count == 0;

    /// <summary>The state of every redactable field of every entry taken in, and of what should not be there.</summary>
    /// <param name="openingsOf">The openings there are of an entry, in any order; empty where there are none. Asked once for each entry with commitments.</param>
    public IEnumerable<FieldState> States(Func<long, IReadOnlyList<Opening>> openingsOf)
    {
        foreach (FieldState baseless in _baseless)
        {
            yield return baseless;
        }

        foreach ((long index, Slot slot, Fields commitments) in _committed)
        {
            IReadOnlyList<Opening> openings = openingsOf(index);
            foreach (KeyValuePair<string, Value> field in commitments)
            {
                yield return StateOf((index, field.Key), field.Value.ToString()!, openings.FirstOrDefault(one => one.Field == field.Key), RedactedBy(slot, field.Key));
            }

            foreach (Opening stray in openings.Where(one => commitments[one.Field] is null))
            {
                yield return new FieldState.Stray(index, stray.Field);
            }
        }
    }

    /// <summary>The openings of entries that commit to nothing at all; <see cref="States"/> does not ask for those.</summary>
    /// <param name="openings">Every opening there is.</param>
    public IEnumerable<FieldState> Strays(IEnumerable<(long Index, Opening Opening)> openings)
    {
        HashSet<long> committed = [.. _committed.Select(one => one.Index)];
        return openings.Where(one => !committed.Contains(one.Index)).Select(one => new FieldState.Stray(one.Index, one.Opening.Field));
    }

    /// <summary>The state of one field.</summary>
    /// <param name="place">The entry, and the field's name.</param>
    /// <param name="commitment">What stands in the entry: 64 hexadecimal digits.</param>
    /// <param name="opening">The opening there is; null where there is none.</param>
    /// <param name="redactedBy">The entry of the redaction that holds for it; null where none does.</param>
    public static FieldState StateOf((long Index, string Field) place, string commitment, Opening? opening, long? redactedBy) => (opening, redactedBy) switch
    {
        (null, null) => new FieldState.Missing(place.Index, place.Field),
        (null, { } by) => new FieldState.Redacted(place.Index, place.Field, by),
        ({ }, { } by) => new FieldState.Kept(place.Index, place.Field, by),
        ({ } one, null) => one.Field == place.Field && Opening.IsSalt(one.Salt) && one.Commitment().ToString() == commitment
            ? new FieldState.Opened(place.Index, place.Field, one.Value)
            : new FieldState.Mismatched(place.Index, place.Field),
    };

    private void TakeRedaction(long index, Redaction? redaction)
    {
        if (redaction is null)
        {
            _baseless.Add(new FieldState.Baseless(index, ""));
            return;
        }

        _redactions.Add((index, redaction));
        foreach (string field in redaction.Fields)
        {
            bool stands = _bySlot.TryGetValue(redaction.Slot, out List<(long Index, Fields Commitments)>? own)
                && own.Any(one => one.Index == redaction.Index && one.Commitments[field] is not null);
            if (stands)
            {
                _redacted.TryAdd((redaction.Slot, field), index);
            }
            else
            {
                _baseless.Add(new FieldState.Baseless(index, field));
            }
        }
    }
}
