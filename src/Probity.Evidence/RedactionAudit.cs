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

    /// <summary>The redactions that cannot be, in ledger order: each is a violation.</summary>
    public IReadOnlyList<FieldState> Baseless => _baseless;

    /// <summary>Which runs of so many entries hold one that commits to a field, in their order: openings of others there must not be.</summary>
    /// <param name="width">Entries in a run, 1 or more.</param>
    public IEnumerable<long> Runs(int width) => _committed.Select(one => one.Index / width).Distinct();

    /// <summary>The state of every redactable field of some entries, in ledger order, and then of every opening that should not be there.</summary>
    /// <param name="entries">From the first to before the last.</param>
    /// <param name="openings">All openings there are of these entries, in any order.</param>
    public IEnumerable<FieldState> States((long From, long To) entries, IReadOnlyList<(long Index, Opening Opening)> openings)
    {
        ILookup<(long, string), Opening> byField = openings.ToLookup(one => (one.Index, one.Opening.Field), one => one.Opening);
        var asked = new HashSet<(long, string)>();
        foreach ((long index, Slot slot, Fields commitments) in CommittedIn(entries))
        {
            foreach (KeyValuePair<string, Value> field in commitments)
            {
                asked.Add((index, field.Key));
                yield return StateOf((index, field.Key), field.Value.ToString()!, byField[(index, field.Key)].FirstOrDefault(), RedactedBy(slot, field.Key));
            }
        }

        foreach (IGrouping<(long Index, string Field), Opening> there in byField)
        {
            foreach (Opening _ in there.Skip(asked.Contains(there.Key) ? 1 : 0))
            {
                yield return new FieldState.Stray(there.Key.Index, there.Key.Field);
            }
        }
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

    private IEnumerable<(long Index, Slot Slot, Fields Commitments)> CommittedIn((long From, long To) entries)
    {
        (int low, int high) = (0, _committed.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _committed[middle].Index < entries.From ? (middle + 1, high) : (low, middle);
        }

        for (; low < _committed.Count && _committed[low].Index < entries.To; low++)
        {
            yield return _committed[low];
        }
    }

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
