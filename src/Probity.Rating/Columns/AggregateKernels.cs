using Probity.Evidence.Analysis;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>How plain values are weighed and summed; what is doubtful is left to the interpreter.</summary>
internal interface IWeighing<T>
{
    static abstract T Plus(T sum, T value, T weight, ref bool doubtful);

    static abstract T PlusWeight(T weights, T weight, ref bool doubtful);

    static abstract T Finish(AggregateKind kind, T sum, T weights, ref bool doubtful);
}

/// <summary>A mean, sum or geometric mean of several values, in the order of the file.</summary>
/// <param name="rule">The rule.</param>
/// <param name="parts">Its values and weights, in order.</param>
/// <param name="fallback">The same computed by the interpreter, for rows in doubt.</param>
internal sealed class AggregateKernel<T, TWeighing>(Operation.Aggregate rule, (Kernel<T> Value, Kernel<T> Weight)[] parts, RowwiseKernel<T> fallback) : Kernel<T>
    where TWeighing : struct, IWeighing<T>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        bool certain = true;
        foreach ((Kernel<T> value, Kernel<T> weight) in parts)
        {
            value.Ensure(block);
            weight.Ensure(block);
            certain &= !value.HasUnknown && !weight.HasUnknown;
        }

        fallback.Begin(block);
        for (int row = 0; row < block.Count; row++)
        {
            bool doubtful = false;
            T result = certain ? OfAll(row, ref doubtful) : OfKnown(row, ref doubtful);
            if (doubtful)
            {
                Set(row, fallback.Of(row), block.Count);
            }
            else
            {
                Buffer[row] = result;
            }
        }
    }

    private T OfAll(int row, ref bool doubtful)
    {
        (T sum, T weights) = (default!, default!);
        foreach ((Kernel<T> value, Kernel<T> weight) in parts)
        {
            sum = TWeighing.Plus(sum, value.Values[row], weight.Values[row], ref doubtful);
            weights = TWeighing.PlusWeight(weights, weight.Values[row], ref doubtful);
        }

        return TWeighing.Finish(rule.Kind, sum, weights, ref doubtful);
    }

    private T OfKnown(int row, ref bool doubtful)
    {
        (T sum, T weights, int known) = (default!, default!, 0);
        foreach ((Kernel<T> value, Kernel<T> weight) in parts)
        {
            if (value.WhyNot(row) is null && weight.WhyNot(row) is null)
            {
                sum = TWeighing.Plus(sum, value.Values[row], weight.Values[row], ref doubtful);
                weights = TWeighing.PlusWeight(weights, weight.Values[row], ref doubtful);
                known++;
            }
        }

        doubtful |= known < (rule.SkipsMissing ? Math.Max(1, rule.Need) : parts.Length);
        return doubtful ? sum : TWeighing.Finish(rule.Kind, sum, weights, ref doubtful);
    }
}

/// <summary>Rows computed one by one by the interpreter's code from the columns' values.</summary>
/// <param name="template">A frame with the parameters filled.</param>
/// <param name="inputs">The slots that are read, and their kernels.</param>
/// <param name="compute">The interpreter's code.</param>
internal sealed class RowwiseKernel<T>(Operand[] template, (int Slot, Kernel Kernel)[] inputs, Func<Operand[], Operand> compute) : Kernel<T>
{
    private readonly Operand[] _frame = (Operand[])template.Clone();

    /// <summary>Computes what the rows of a block read.</summary>
    public void Begin(Block block)
    {
        foreach ((_, Kernel kernel) in inputs)
        {
            kernel.Ensure(block);
        }
    }

    /// <summary>One row of the block begun.</summary>
    public Operand Of(int row)
    {
        foreach ((int slot, Kernel kernel) in inputs)
        {
            _frame[slot] = kernel.At(row);
        }

        return compute(_frame);
    }

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        Begin(block);
        for (int row = 0; row < block.Count; row++)
        {
            Set(row, Of(row), block.Count);
        }
    }
}

/// <summary>In doubles.</summary>
internal readonly struct RealWeighing : IWeighing<double>
{
    public static double Plus(double sum, double value, double weight, ref bool doubtful) => sum + (value * weight);

    public static double PlusWeight(double weights, double weight, ref bool doubtful) => weights + weight;

    public static double Finish(AggregateKind kind, double sum, double weights, ref bool doubtful)
    {
        double result = kind == AggregateKind.Sum ? sum : kind == AggregateKind.Mean ? sum / weights : Elementary.Exp(sum / weights);
        doubtful |= !double.IsFinite(result);
        return result;
    }
}

/// <summary>In decimals.</summary>
internal readonly struct ExactWeighing : IWeighing<decimal>
{
    public static decimal Plus(decimal sum, decimal value, decimal weight, ref bool doubtful) =>
        Operations.AddExact.Of(sum, Operations.MultiplyExact.Of(value, weight, ref doubtful), ref doubtful);

    public static decimal PlusWeight(decimal weights, decimal weight, ref bool doubtful) => Operations.AddExact.Of(weights, weight, ref doubtful);

    public static decimal Finish(AggregateKind kind, decimal sum, decimal weights, ref bool doubtful) =>
        kind == AggregateKind.Sum ? sum : weights == 1 ? sum : Operations.DivideExact.Of(sum, weights, ref doubtful);
}
