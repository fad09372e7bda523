using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>An operation on one plain value. Where it is in doubt (overflow, not finite), the function of the language decides.</summary>
internal interface IUnary<TFrom, TTo>
{
    static abstract TTo Of(TFrom value, ref bool doubtful);
}

/// <summary>An operation on two plain values. Where it is in doubt (overflow, not finite), the function of the language decides.</summary>
internal interface IBinary<TFrom, TTo>
{
    static abstract TTo Of(TFrom left, TFrom right, ref bool doubtful);
}

/// <summary>A function of one argument over a block.</summary>
internal sealed class UnaryKernel<TFrom, TTo, TOperation>(Function function, Kernel<TFrom> of) : Kernel<TTo>
    where TOperation : struct, IUnary<TFrom, TTo>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        ReadOnlySpan<TFrom> from = of.Values[..block.Count];
        Span<TTo> into = Buffer[..block.Count];
        bool doubtful = of.HasUnknown;
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = TOperation.Of(from[row], ref doubtful);
        }

        for (int row = 0; row < into.Length && doubtful; row++)
        {
            bool doubt = false;
            TOperation.Of(from[row], ref doubt);
            if (of.WhyNot(row) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
            else if (doubt)
            {
                Set(row, function.Compute([of.At(row)]), block.Count);
            }
        }
    }
}

/// <summary>A function of two arguments over a block.</summary>
internal sealed class BinaryKernel<TFrom, TTo, TOperation>(Function function, Kernel<TFrom> left, Kernel<TFrom> right) : Kernel<TTo>
    where TOperation : struct, IBinary<TFrom, TTo>
{
    /// <inheritdoc/>
    public override double Bound => function.Name switch { "+" or "-" => left.Bound + right.Bound, "*" => left.Bound * right.Bound, _ => double.PositiveInfinity };

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        left.Ensure(block);
        right.Ensure(block);
        ReadOnlySpan<TFrom> a = left.Values[..block.Count];
        ReadOnlySpan<TFrom> b = right.Values[..block.Count];
        Span<TTo> into = Buffer[..block.Count];
        bool doubtful = left.HasUnknown || right.HasUnknown;
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = TOperation.Of(a[row], b[row], ref doubtful);
        }

        for (int row = 0; row < into.Length && doubtful; row++)
        {
            bool doubt = false;
            TOperation.Of(a[row], b[row], ref doubt);
            if ((left.WhyNot(row) ?? right.WhyNot(row)) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
            else if (doubt)
            {
                Set(row, function.Compute([left.At(row), right.At(row)]), block.Count);
            }
        }
    }
}
