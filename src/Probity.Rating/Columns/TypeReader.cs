using System.Numerics;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>Reads the statements of one evidence type, for a block of organisations at a time. One thread's own.</summary>
internal sealed class TypeReader
{
    private readonly EvidenceColumns _columns;
    private readonly int _validAt;
    private readonly int _expired;
    private int[] _days = [];
    private int[] _readable = [];
    private int[] _starts = [];
    private int[] _ends = [];
    private int _first;

    /// <param name="columns">The statements.</param>
    /// <param name="validAt">The day asked about.</param>
    /// <param name="parameters">The parameters' values on that day.</param>
    public TypeReader(EvidenceColumns columns, DateOnly validAt, Operand[] parameters)
    {
        _columns = columns;
        _validAt = validAt.DayNumber;
        _expired = LastExpired(columns.Type.Expiry.After, validAt);
        var constants = new Operand[columns.Type.Scope.Size];
        parameters.CopyTo(constants, 0);
        Compiler = new KernelCompiler(constants, parameters.Length, Open);
        Narrow = new NarrowCompiler(Compiler, slot => FieldOf(slot)?.Column);
    }

    /// <summary>Compiles expressions over one statement.</summary>
    public KernelCompiler Compiler { get; }

    /// <summary>Compiles those that 32 bits can hold.</summary>
    public NarrowCompiler Narrow { get; }

    /// <summary>The rows of all organisations.</summary>
    public int AllRows => _columns.Rows;

    /// <summary>The most rows that an organisation last read has.</summary>
    public int Longest { get; private set; }

    /// <summary>The rows of the organisations last read.</summary>
    public Block Rows { get; private set; }

    /// <summary>True where every statement is readable and has a day: then what counts of an organisation stands side by side.</summary>
    public bool IsPlain => _columns is { Readable: { Width: 0, Base: 1 }, Days.Base: > EvidenceColumns.NoDay };

    /// <summary>The day up to which statements have expired, by number.</summary>
    public int Expired => _expired;

    /// <summary>Days of the rows, by number.</summary>
    public ReadOnlySpan<int> Days => _days.AsSpan(0, Rows.Count);

    /// <summary>Reads the rows of a block of organisations.</summary>
    public void Read(Block organisations)
    {
        ReadOnlySpan<int> starts = _columns.FirstRows.Slice(organisations.From, organisations.Count + 1);
        if (_starts.Length < starts.Length)
        {
            (_starts, _ends) = (new int[starts.Length], new int[starts.Length]);
        }

        starts.CopyTo(_starts);
        (_first, Longest) = (_starts[0], LongestOf(starts));
        Rows = new Block(organisations.Number, _first, _starts[organisations.Count] - _first);
        if (_days.Length < Rows.Count)
        {
            _days = new int[Math.Max(Rows.Count, 2 * _days.Length)];
            _readable = new int[_days.Length];
        }

        _columns.Days.Read(_first, _days.AsSpan(0, Rows.Count));
        if (!IsPlain)
        {
            _columns.Readable.Read(_first, _readable.AsSpan(0, Rows.Count));
        }

        SetEnds(organisations.Count);
    }

    /// <summary>The rows of an organisation of the block that are true by the day asked about: from, and up to but not including.</summary>
    public (int From, int To) RowsOf(int organisation) => (_starts[organisation] - _first, _ends[organisation]);

    /// <summary>Whether a row can be read by the methodology.</summary>
    public bool IsReadable(int row) => IsPlain || _readable[row] != 0;

    /// <summary>Whether a row of an organisation has expired.</summary>
    public bool HasExpired(int organisation)
    {
        (int from, int to) = RowsOf(organisation);
        for (int row = from; row < to && _days[row] <= _expired; row++)
        {
            if (_days[row] != EvidenceColumns.NoDay)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The ledger index of a row.</summary>
    public long IndexOf(int row) => _columns.Sequence[_first + row];

    /// <summary>The last day a statement of which has expired; one before every day where none can have.</summary>
    internal static int LastExpired(Period after, DateOnly validAt)
    {
        (int low, int high) = (EvidenceColumns.NoDay, validAt.DayNumber + 1);
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            if (after.After(DateOnly.FromDayNumber(Math.Min(middle, DateOnly.MaxValue.DayNumber))) <= validAt)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private Kernel Open(int slot)
    {
        EvidenceType type = _columns.Type;
        if (slot == type.DaySlot)
        {
            return new DayKernel(_columns);
        }

        if (slot == type.ItemSlot)
        {
            return new TextFieldKernel("item", _columns.Items);
        }

        (string name, FieldColumn column) = FieldOf(slot)!.Value;
        return column.Type.Sort switch
        {
            Sort.Whole => new WholeFieldKernel(name, column),
            Sort.Exact => new ExactFieldKernel(name, column),
            Sort.Real => new RealFieldKernel(name, column),
            Sort.Truth => new TruthFieldKernel(name, column),
            Sort.Date => new DateFieldKernel(name, column),
            _ => new TextFieldKernel(name, column),
        };
    }

    // Behind an organisation's last row that is true by the day asked about.
    private void SetEnds(int count)
    {
        ReadOnlySpan<int> starts = _starts.AsSpan(0, count + 1);
        ReadOnlySpan<int> days = Days;
        Span<int> ends = _ends.AsSpan(0, count);
        for (int organisation = 0; organisation < ends.Length; organisation++)
        {
            (int from, int to) = (starts[organisation] - _first, starts[organisation + 1] - _first);
            while (to > from && days[to - 1] > _validAt)
            {
                to--;
            }

            ends[organisation] = to;
        }
    }

    private static int LongestOf(ReadOnlySpan<int> starts)
    {
        (int longest, int place) = (0, 0);
        Vector<int> most = Vector<int>.Zero;
        for (; place < starts.Length - Vector<int>.Count; place += Vector<int>.Count)
        {
            most = Vector.Max(most, new Vector<int>(starts[(place + 1)..]) - new Vector<int>(starts[place..]));
        }

        for (; place < starts.Length - 1; place++)
        {
            longest = Math.Max(longest, starts[place + 1] - starts[place]);
        }

        for (int lane = 0; lane < Vector<int>.Count; lane++)
        {
            longest = Math.Max(longest, most[lane]);
        }

        return longest;
    }

    private (string Name, FieldColumn Column)? FieldOf(int slot)
    {
        EvidenceType type = _columns.Type;
        for (int place = 0; place < type.Fields.Length; place++)
        {
            if (type.Fields[place].Slot == slot)
            {
                return (type.Fields[place].Name, _columns.Fields[place]);
            }
        }

        return null;
    }
}
