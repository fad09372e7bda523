using Probity.Evidence;

namespace Probity.Register;

/// <summary>
/// The number each record's organisation has in the views. The first record of an organisation makes it: one record, one organisation,
/// until linkage joins them. Owned by one catch-up.
/// </summary>
/// <param name="stored">Finds the number of a record that the views already hold; null where they hold none.</param>
/// <param name="last">The highest number the views already hold.</param>
internal sealed class OrganisationNumbers(Func<RecordId, long?> stored, long last)
{
    private readonly Dictionary<RecordId, long> _numbers = [];
    private readonly List<RecordId> _fresh = [];
    private readonly long _last = last;

    /// <summary>Records met for the first time, in the order of their numbers.</summary>
    public IReadOnlyList<RecordId> Fresh => _fresh;

    /// <summary>The number of a record's organisation; a new one where the record is new.</summary>
    public long Of(RecordId record)
    {
        if (_numbers.TryGetValue(record, out long known))
        {
            return known;
        }

        long? before = _last == 0 ? null : stored(record);
        if (before is null)
        {
            _fresh.Add(record);
        }

        long number = before ?? _last + _fresh.Count;
        _numbers.Add(record, number);
        return number;
    }

    /// <summary>Whether the views held this organisation before this catch-up.</summary>
    public bool IsKnown(long number) => number <= _last;

    /// <summary>The record that made an organisation met for the first time.</summary>
    public RecordId RecordOf(long number) => _fresh[(int)(number - _last - 1)];
}
