using System.Collections.Immutable;
using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>The values of one indicator or score for all organisations, in the order of their identifiers. Each row is written once, by one thread.</summary>
internal abstract class Column(int rows)
{
    private Operand?[]? _unknown;

    /// <summary>How many organisations.</summary>
    public int Rows => rows;

    /// <summary>No known whole number of it is farther from zero; infinite where that is not known.</summary>
    public double Bound { get; set; } = double.PositiveInfinity;

    /// <summary>True where an organisation may have no value.</summary>
    public bool HasUnknown => _unknown is not null;

    /// <summary>A column of the plain type that a type of the language has.</summary>
    public static Column Of(ExpressionType type, int rows) => type.Sort switch
    {
        Sort.Whole => new Column<long>(rows),
        Sort.Exact => new Column<decimal>(rows),
        Sort.Real => new Column<double>(rows),
        Sort.Truth => new Column<bool>(rows),
        Sort.Date => new Column<int>(rows),
        _ => new Column<Operand>(rows),
    };

    /// <summary>Why an organisation has no value; null where it has one.</summary>
    public Operand? WhyNot(int row) => _unknown?[row];

    /// <summary>The value as the interpreter knows it.</summary>
    public abstract Operand At(int row);

    /// <summary>A kernel that reads the column.</summary>
    public abstract Kernel Open();

    /// <summary>Takes a block's rows over from a kernel of the column's type.</summary>
    public abstract void Take(Kernel kernel, Block block);

    /// <summary>A column of the rows of this one and of another of the same type.</summary>
    /// <param name="over">The other.</param>
    /// <param name="layers">Which row stands where.</param>
    public Column Joined(Column over, Layers layers)
    {
        Column joined = Spread(over, layers);
        joined.Bound = Math.Max(Bound, over.Bound);
        if (HasUnknown || over.HasUnknown)
        {
            joined._unknown = layers.Spread<Operand?>(_unknown ?? new Operand?[Rows], over._unknown ?? new Operand?[over.Rows]);
        }

        return joined;
    }

    /// <summary>Whether a row is the same as a row of another column of the same type.</summary>
    public virtual bool IsSame(int row, Column other, int otherRow) => Cell.AreSame(At(row), other.At(otherRow));

    /// <summary>The least and the greatest known number among some rows; null where there is none.</summary>
    public abstract (Operand Least, Operand Most)? RangeAmong(ImmutableArray<bool> rows);

    /// <summary>The same without what is unknown.</summary>
    protected abstract Column Spread(Column over, Layers layers);

    /// <summary>Sets a row.</summary>
    public abstract void Set(int row, Operand value);

    /// <summary>Says that a row has no value.</summary>
    protected void SetUnknown(int row, Operand why)
    {
        Operand?[] unknown = _unknown ?? Interlocked.CompareExchange(ref _unknown, new Operand?[rows], null) ?? _unknown!;
        unknown[row] = why;
    }

    /// <summary>Says that a row has a value.</summary>
    protected void SetKnown(int row)
    {
        if (_unknown is not null)
        {
            _unknown[row] = null;
        }
    }
}

/// <summary>A column of plain values (see <see cref="Cell"/>).</summary>
internal sealed class Column<T>(int rows) : Column(rows)
{
    // Any bits are such a number; what a row without a value holds is never looked at.
    private readonly T[] _values = typeof(T) == typeof(long) || typeof(T) == typeof(double) || typeof(T) == typeof(int) ? GC.AllocateUninitializedArray<T>(rows) : new T[rows];

    /// <summary>The values; a row without one holds anything.</summary>
    public Span<T> Values => _values;

    /// <inheritdoc/>
    public override Operand At(int row) => WhyNot(row) ?? Cell.Box(_values[row]);

    /// <inheritdoc/>
    public override Kernel Open() => new ColumnKernel<T>(this);

    /// <inheritdoc/>
    public override void Take(Kernel kernel, Block block)
    {
        var typed = (Kernel<T>)kernel;
        typed.Values[..block.Count].CopyTo(_values.AsSpan(block.From));
        for (int row = 0; row < block.Count && kernel.HasUnknown; row++)
        {
            if (kernel.WhyNot(row) is { } why)
            {
                SetUnknown(block.From + row, why);
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsSame(int row, Column other, int otherRow) => !HasUnknown && !other.HasUnknown && typeof(T) != typeof(double) && typeof(T) != typeof(Operand)
        ? EqualityComparer<T>.Default.Equals(_values[row], ((Column<T>)other)._values[otherRow])
        : base.IsSame(row, other, otherRow);

    /// <inheritdoc/>
    public override (Operand Least, Operand Most)? RangeAmong(ImmutableArray<bool> rows)
    {
        (int least, int most) = (-1, -1);
        for (int row = 0; row < rows.Length && (typeof(T) == typeof(long) || typeof(T) == typeof(decimal) || typeof(T) == typeof(double)); row++)
        {
            if (rows[row] && WhyNot(row) is null)
            {
                least = least < 0 || Comparer<T>.Default.Compare(_values[row], _values[least]) < 0 ? row : least;
                most = most < 0 || Comparer<T>.Default.Compare(_values[row], _values[most]) > 0 ? row : most;
            }
        }

        return least < 0 ? null : (At(least), At(most));
    }

    /// <inheritdoc/>
    protected override Column Spread(Column over, Layers layers)
    {
        var joined = new Column<T>(layers.Count);
        layers.Spread(_values, ((Column<T>)over)._values, joined._values);
        return joined;
    }

    /// <inheritdoc/>
    public override void Set(int row, Operand value)
    {
        if (value.IsKnown)
        {
            _values[row] = Cell.Unbox<T>(value);
            SetKnown(row);
        }
        else
        {
            SetUnknown(row, value);
        }
    }
}
