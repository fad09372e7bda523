using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>Rows that are computed together: of evidence, or of organisations.</summary>
/// <param name="Number">Another for every block of one pass.</param>
/// <param name="From">The first row.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Block(int Number, int From, int Count);

/// <summary>
/// One checked expression, computed for a block of rows at a time into a buffer of its own. Each thread has kernels of its own; a kernel that several
/// others read is computed once a block.
/// </summary>
internal abstract class Kernel
{
    private Operand?[] _unknown = [];
    private int _done = -1;

    /// <summary>True where a row of the block may be missing or failed.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>For each row why there is no value, or null where there is one; of meaning only while <see cref="HasUnknown"/>.</summary>
    public ReadOnlySpan<Operand?> Unknown => _unknown;

    /// <summary>No known row is farther from zero, whatever the block; infinite where that is not known.</summary>
    public virtual double Bound => double.PositiveInfinity;

    /// <summary>Computes a block, unless it is computed already.</summary>
    public void Ensure(Block block)
    {
        if (_done == block.Number)
        {
            return;
        }

        if (HasUnknown)
        {
            Array.Clear(_unknown);
            HasUnknown = false;
        }

        Reserve(block.Count);
        Compute(block);
        _done = block.Number;
    }

    /// <summary>Why a row of the block has no value; null where it has one.</summary>
    public Operand? WhyNot(int row) => HasUnknown ? _unknown[row] : null;

    /// <summary>A row of the block as the interpreter knows it.</summary>
    public abstract Operand At(int row);

    /// <summary>Fills the buffer; every argument is asked to <see cref="Ensure"/> first.</summary>
    protected abstract void Compute(Block block);

    /// <summary>Makes room for so many rows.</summary>
    protected abstract void Reserve(int rows);

    /// <summary>Says that a row has no value.</summary>
    protected void SetUnknown(int row, Operand why, int rows)
    {
        if (_unknown.Length < rows)
        {
            Array.Resize(ref _unknown, Math.Max(rows, 2 * _unknown.Length));
        }

        _unknown[row] = why;
        HasUnknown = true;
    }
}

/// <summary>A kernel whose rows are plain values of one type (see <see cref="Cell"/>).</summary>
internal abstract class Kernel<T> : Kernel
{
    private T[] _values = [];

    /// <summary>The rows of the block last computed; a row without a value holds anything.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <inheritdoc/>
    public sealed override Operand At(int row) => WhyNot(row) ?? Cell.Box(_values[row]);

    /// <summary>The buffer to fill.</summary>
    protected Span<T> Buffer => _values;

    /// <inheritdoc/>
    protected sealed override void Reserve(int rows)
    {
        if (_values.Length < rows)
        {
            _values = new T[Math.Max(rows, 2 * _values.Length)];
        }
    }

    /// <summary>Sets a row from an operand, known or not.</summary>
    protected void Set(int row, Operand value, int rows)
    {
        if (value.IsKnown)
        {
            _values[row] = Cell.Unbox<T>(value);
        }
        else
        {
            SetUnknown(row, value, rows);
        }
    }
}

/// <summary>A source of rows that have few distinct values, each row giving the place of its own among them.</summary>
internal interface ICodedRows
{
    /// <summary>The distinct values; some may be missing or failed.</summary>
    IReadOnlyList<Operand> Domain { get; }

    /// <summary>The places of a block's rows.</summary>
    ReadOnlySpan<int> CodesOf(Block block);
}
