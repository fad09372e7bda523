using Probity.Evidence;

namespace Probity.Register;

/// <summary>
/// The number each record has in the views, which is also that of the organisation it founds. Owned by one catch-up.
/// </summary>
/// <param name="stored">Finds the number of a record that the views already hold; null where they hold none.</param>
/// <param name="last">The highest number the views already hold.</param>
internal sealed class OrganisationNumbers(Func<RecordId, long?> stored, long last)
{
    private readonly bool _nothingStored = last == 0;
    private readonly Dictionary<RecordId, long> _numbers = [];

    /// <summary>The highest number given so far.</summary>
    public long Last { get; private set; } = last;

    /// <summary>The number of a record; a new one where the record is new.</summary>
    public long Of(RecordId record)
    {
        if (!_numbers.TryGetValue(record, out long number))
        {
            number = (_nothingStored ? null : stored(record)) ?? ++Last;
            _numbers.Add(record, number);
        }

        return number;
    }
}
