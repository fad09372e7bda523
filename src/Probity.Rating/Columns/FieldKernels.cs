using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>Reads a field of statements into plain values.</summary>
/// <param name="name">The field's name.</param>
/// <param name="column">Its column.</param>
internal abstract class FieldKernel<T>(string name, FieldColumn column) : Kernel<T>, ICodedRows
{
    private readonly Operand.Missing _missing = new($"the statement has no {name}");
    private int[] _codes = [];
    private int[] _present = [];
    private int _read = -1;

    /// <inheritdoc/>
    public IReadOnlyList<Operand> Domain => field ??= column.Domain.IsEmpty && column.Type.Sort != Sort.Text ? [] : [.. column.Domain, _missing];

    /// <summary>Its column.</summary>
    protected FieldColumn Source => column;

    /// <inheritdoc/>
    public ReadOnlySpan<int> CodesOf(Block block)
    {
        if (_read != block.Number)
        {
            if (_codes.Length < block.Count)
            {
                _codes = new int[Math.Max(block.Count, 2 * _codes.Length)];
            }

            (column.Numbers with { Base = column.Type.Sort == Sort.Whole ? 0 : column.Numbers.Base }).Read(block.From, _codes.AsSpan(0, block.Count));
            foreach (int row in Absent(block))
            {
                _codes[row] = Domain.Count - 1;
            }

            _read = block.Number;
        }

        return _codes.AsSpan(0, block.Count);
    }

    /// <summary>Reads a block's values.</summary>
    protected abstract void Read(int from, Span<T> into);

    /// <inheritdoc/>
    protected sealed override void Compute(Block block)
    {
        Read(block.From, Buffer[..block.Count]);
        foreach (int row in Absent(block))
        {
            SetUnknown(row, _missing, block.Count);
        }
    }

    private List<int> Absent(Block block)
    {
        var absent = new List<int>();
        if (!column.IsWhole)
        {
            if (_present.Length < block.Count)
            {
                _present = new int[Math.Max(block.Count, 2 * _present.Length)];
            }

            column.Present.Read(block.From, _present.AsSpan(0, block.Count));
            for (int row = 0; row < block.Count; row++)
            {
                if (_present[row] == 0)
                {
                    absent.Add(row);
                }
            }
        }

        return absent;
    }
}

/// <summary>Whole numbers.</summary>
internal sealed class WholeFieldKernel(string name, FieldColumn column) : FieldKernel<long>(name, column)
{
    /// <inheritdoc/>
    public override double Bound => Source.Numbers.Bound;

    /// <inheritdoc/>
    protected override void Read(int from, Span<long> into) => Source.Numbers.Read(from, into);
}

/// <summary>Doubles.</summary>
internal sealed class RealFieldKernel(string name, FieldColumn column) : FieldKernel<double>(name, column)
{
    /// <inheritdoc/>
    protected override void Read(int from, Span<double> into) => Source.Reals.Slice(from, into.Length).CopyTo(into);
}

/// <summary>Decimals.</summary>
internal sealed class ExactFieldKernel(string name, FieldColumn column) : FieldKernel<decimal>(name, column)
{
    private long[] _unscaled = [];

    /// <inheritdoc/>
    protected override void Read(int from, Span<decimal> into)
    {
        if (Source.Scale == FieldColumn.NoScale)
        {
            Source.Exacts.Slice(from, into.Length).CopyTo(into);
            return;
        }

        if (_unscaled.Length < into.Length)
        {
            _unscaled = new long[into.Length];
        }

        Source.Numbers.Read(from, _unscaled.AsSpan(0, into.Length));
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = FieldColumn.Scaled(_unscaled[row], Source.Scale);
        }
    }
}

/// <summary>Flags.</summary>
internal sealed class TruthFieldKernel(string name, FieldColumn column) : FieldKernel<bool>(name, column)
{
    private int[] _numbers = [];

    /// <inheritdoc/>
    protected override void Read(int from, Span<bool> into)
    {
        if (_numbers.Length < into.Length)
        {
            _numbers = new int[into.Length];
        }

        Source.Numbers.Read(from, _numbers.AsSpan(0, into.Length));
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = _numbers[row] != 0;
        }
    }
}

/// <summary>Days, by number.</summary>
internal sealed class DateFieldKernel(string name, FieldColumn column) : FieldKernel<int>(name, column)
{
    /// <inheritdoc/>
    protected override void Read(int from, Span<int> into) => Source.Numbers.Read(from, into);
}

/// <summary>Texts.</summary>
internal sealed class TextFieldKernel(string name, FieldColumn column) : FieldKernel<Operand>(name, column)
{
    private int[] _codes = [];

    /// <inheritdoc/>
    protected override void Read(int from, Span<Operand> into)
    {
        if (_codes.Length < into.Length)
        {
            _codes = new int[into.Length];
        }

        Source.Numbers.Read(from, _codes.AsSpan(0, into.Length));
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = Domain[_codes[row]];
        }
    }
}

/// <summary>The days of statements, by number.</summary>
internal sealed class DayKernel(EvidenceColumns columns) : Kernel<int>
{
    private static readonly Operand.Missing NoDay = new("the statement has no day");

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        columns.Days.Read(block.From, Buffer[..block.Count]);
        for (int row = 0; row < block.Count; row++)
        {
            if (Buffer[row] == EvidenceColumns.NoDay)
            {
                SetUnknown(row, NoDay, block.Count);
            }
        }
    }
}
