using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>The same operand for every row.</summary>
internal sealed class ConstantKernel<T>(Operand value) : Kernel<T>
{
    private int _filled;

    /// <summary>The operand.</summary>
    public Operand Value => value;

    /// <inheritdoc/>
    public override double Bound => Math.Abs(value.AsDouble() ?? double.PositiveInfinity);

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        if (value.IsKnown)
        {
            if (_filled < block.Count)
            {
                Buffer.Fill(Cell.Unbox<T>(value));
                _filled = Buffer.Length;
            }

            return;
        }

        for (int row = 0; row < block.Count; row++)
        {
            SetUnknown(row, value, block.Count);
        }
    }
}

/// <summary>
/// Any expression over one coded source: the interpreter computes it once for each distinct value, and every row looks its own up.
/// </summary>
internal sealed class TableKernel<T> : Kernel<T>
{
    private readonly ICodedRows _rows;
    private readonly T[] _values;
    private readonly Operand?[]? _unknown;
    private readonly double _bound;

    /// <param name="rows">The source.</param>
    /// <param name="compute">The value of the expression for one of the source's distinct values.</param>
    public TableKernel(ICodedRows rows, Func<Operand, Operand> compute)
    {
        _rows = rows;
        Operand[] results = [.. rows.Domain.Select(compute)];
        _bound = results.Where(result => result.IsKnown).Select(result => Math.Abs(result.AsDouble() ?? double.PositiveInfinity)).DefaultIfEmpty(0).Max();
        _values = Array.ConvertAll(results, result => result.IsKnown ? Cell.Unbox<T>(result) : default!);
        _unknown = Array.TrueForAll(results, result => result.IsKnown) ? null : Array.ConvertAll(results, result => result.IsKnown ? null : result);
    }

    /// <inheritdoc/>
    public override double Bound => _bound;

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        ReadOnlySpan<int> codes = _rows.CodesOf(block);
        Span<T> into = Buffer[..block.Count];
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = _values[codes[row]];
        }

        for (int row = 0; row < into.Length && _unknown is not null; row++)
        {
            if (_unknown[codes[row]] is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
        }
    }
}

/// <summary>"&amp;&amp;" and "||" with a third value.</summary>
internal sealed class LogicKernel(bool isAnd, Kernel<bool> left, Kernel<bool> right) : Kernel<bool>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        left.Ensure(block);
        right.Ensure(block);
        ReadOnlySpan<bool> a = left.Values[..block.Count];
        ReadOnlySpan<bool> b = right.Values[..block.Count];
        Span<bool> into = Buffer[..block.Count];
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = isAnd ? a[row] & b[row] : a[row] | b[row];
        }

        for (int row = 0; row < into.Length && (left.HasUnknown || right.HasUnknown); row++)
        {
            (Operand? first, Operand? second) = (left.WhyNot(row), right.WhyNot(row));
            if ((first is null && a[row] != isAnd) || (second is null && b[row] != isAnd))
            {
                into[row] = !isAnd;
            }
            else if ((first ?? second) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
        }
    }
}

/// <summary>One of two by a condition.</summary>
internal sealed class ChoiceKernel<T>(Kernel<bool> condition, Kernel<T> then, Kernel<T> otherwise) : Kernel<T>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        condition.Ensure(block);
        then.Ensure(block);
        otherwise.Ensure(block);
        Span<T> into = Buffer[..block.Count];
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = condition.Values[row] ? then.Values[row] : otherwise.Values[row];
        }

        for (int row = 0; row < into.Length && (condition.HasUnknown || then.HasUnknown || otherwise.HasUnknown); row++)
        {
            if ((condition.WhyNot(row) ?? (condition.Values[row] ? then.WhyNot(row) : otherwise.WhyNot(row))) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
        }
    }
}

/// <summary>"known(x)" and "missing(x)".</summary>
internal sealed class KnownKernel(Kernel of, bool wanted) : Kernel<bool>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        Span<bool> into = Buffer[..block.Count];
        into.Fill(wanted);
        for (int row = 0; row < into.Length && of.HasUnknown; row++)
        {
            into[row] = (of.WhyNot(row) is null) == wanted;
        }
    }
}
