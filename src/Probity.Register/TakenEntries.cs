using Probity.Evidence;

namespace Probity.Register;

/// <summary>
/// What a catch-up takes from the ledger into the views: where each record's entries stand, which entries publish and which state runs; the conclusions of
/// linkage are set aside. Owned by one catch-up.
/// </summary>
/// <param name="writer">The views.</param>
/// <param name="numbers">The numbers of records.</param>
/// <param name="isFirst">Whether all is made; then all is rated, and nobody asks which organisations were touched.</param>
internal sealed class TakenEntries(ViewWriter writer, OrganisationNumbers numbers, bool isFirst)
{
    private readonly List<long> _conclusions = [];
    private readonly HashSet<long> _touched = [];
    private (long Number, long First, long Count) _stretch;

    /// <summary>Where conclusions of linkage and people's judgements stand, in ledger order.</summary>
    public IReadOnlyList<long> Conclusions => _conclusions;

    /// <summary>Numbers of records of which entries were taken; empty where all is made.</summary>
    public IReadOnlySet<long> Touched => _touched;

    /// <summary>False where something was taken that may change what stood before it: which organisation a record belongs to, or a step of a case.</summary>
    public bool OnlyAdds { get; private set; } = true;

    /// <summary>The highest number given so far.</summary>
    public long Numbers => numbers.Last;

    /// <summary>Takes the next entry.</summary>
    public void Take(long index, StatementHead head)
    {
        switch (head.Kind)
        {
            case StatementKind.Publication:
                writer.AddPublication(index);
                break;
            case StatementKind.Run:
                writer.AddRun(index);
                break;
            case StatementKind.Linkage or StatementKind.Judgement:
                _conclusions.Add(index);
                OnlyAdds = false;
                break;
            case StatementKind.Identity or StatementKind.Finding or StatementKind.Order:
                Extend(NumberOf(head.About), index);
                break;
            case StatementKind.CaseStep:
                OnlyAdds = false; // no view shows them
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Ends the stretch of entries of one record that stand one behind the other.</summary>
    public void Close()
    {
        if (_stretch.Count > 0)
        {
            writer.AddStatements(_stretch.Number, _stretch.First, _stretch.Count);
            if (!isFirst)
            {
                _touched.Add(_stretch.Number);
            }
        }
    }

    /// <summary>The number of a record; a new one, kept in the views, where it is new.</summary>
    public long NumberOf(RecordId record)
    {
        long last = numbers.Last;
        long number = numbers.Of(record);
        if (number > last)
        {
            writer.AddRecord(record, number);
        }

        return number;
    }

    private void Extend(long number, long index)
    {
        if (number == _stretch.Number && index == _stretch.First + _stretch.Count)
        {
            _stretch.Count++;
        }
        else
        {
            Close();
            _stretch = (number, index, 1);
        }
    }
}
