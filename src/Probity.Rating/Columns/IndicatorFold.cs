using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>One part of an indicator: what is taken from the statements of one type. One thread's own.</summary>
/// <param name="Reader">The statements.</param>
/// <param name="Value">The value of each.</param>
/// <param name="Where">The condition each must meet; null where there is none.</param>
/// <param name="Since">The day by number after which statements count; <see cref="EvidenceColumns.NoDay"/> where there is no window.</param>
internal sealed record PartKernels(TypeReader Reader, Kernel Value, Kernel<bool>? Where, int Since)
{
    /// <summary>The day by number after which statements count that have not expired either.</summary>
    public int After => Math.Max(Since, Reader.Expired);

    /// <summary>Computes the values of the block that the reader has read.</summary>
    public void Ensure()
    {
        Value.Ensure(Reader.Rows);
        Where?.Ensure(Reader.Rows);
    }

    /// <summary>The first row after the window's beginning and the last expired day, where every row has a day.</summary>
    public int FirstOf(int from, int to)
    {
        int after = After;
        ReadOnlySpan<int> days = Reader.Days;
        while (from < to && days[from] <= after)
        {
            from++;
        }

        return from;
    }

    /// <summary>Whether a row that is true by the day asked about counts.</summary>
    public bool Counts(int row)
    {
        int day = Reader.Days[row];
        bool inTime = day == EvidenceColumns.NoDay ? Since == EvidenceColumns.NoDay : day > After;
        return inTime && Reader.IsReadable(row) && (Where is null || (Where.WhyNot(row) is null && Where.Values[row]));
    }
}

/// <summary>Folds one indicator for a block of organisations. One thread's own.</summary>
internal abstract class IndicatorFold(IndicatorRule rule, PartKernels[] parts, (DateOnly ValidAt, double? HalfLife) age)
{
    private readonly Operand _without = Folding.WithoutEvidence(rule);

    /// <summary>The rule.</summary>
    public IndicatorRule Rule => rule;

    /// <summary>No known whole number it gives is farther from zero; infinite where that is not known.</summary>
    public virtual double Bound => double.PositiveInfinity;

    /// <summary>What is computed, by part.</summary>
    protected PartKernels[] Parts => parts;

    /// <summary>The value without evidence.</summary>
    protected Operand Without => _without;

    /// <summary>The half-life in days; null where age does not matter.</summary>
    protected double? HalfLife => age.HalfLife;

    /// <summary>The day asked about, by number.</summary>
    protected int ValidAt => age.ValidAt.DayNumber;

    /// <summary>Folds a block of organisations into a column.</summary>
    public abstract void Fold(Block organisations, Column into);

    /// <summary>One organisation as the interpreter folds it: for several evidence types, for statements without a day, and for arithmetic in doubt.</summary>
    protected Operand FoldSlowly(int organisation)
    {
        var counted = new List<Counted>();
        foreach (PartKernels part in parts)
        {
            (int from, int to) = part.Reader.RowsOf(organisation);
            for (int row = from; row < to; row++)
            {
                if (part.Counts(row))
                {
                    int day = part.Reader.Days[row];
                    counted.Add(new Counted(day == EvidenceColumns.NoDay ? null : DateOnly.FromDayNumber(day), part.Reader.IndexOf(row), part.Value.At(row)));
                }
            }
        }

        if (counted.Count == 0)
        {
            return _without;
        }

        if (rule.Take == Take.Latest)
        {
            return Folding.LatestOf([.. counted.OrderBy(one => one.Index)]).Value;
        }

        return Folding.Fold(rule, [.. counted.OrderBy(one => one.Day ?? DateOnly.MinValue).ThenBy(one => one.Day is not null).ThenBy(one => one.Index)], age);
    }
}

/// <summary>Several evidence types, or a sort of value without a fold of its own: every organisation as the interpreter folds it.</summary>
internal sealed class SlowFold(IndicatorRule rule, PartKernels[] parts, (DateOnly ValidAt, double? HalfLife) age) : IndicatorFold(rule, parts, age)
{
    /// <inheritdoc/>
    public override void Fold(Block organisations, Column into)
    {
        foreach (PartKernels part in Parts)
        {
            part.Ensure();
        }

        for (int i = 0; i < organisations.Count; i++)
        {
            into.Set(organisations.From + i, FoldSlowly(i));
        }
    }
}

/// <summary>One evidence type, plain values.</summary>
internal abstract class PlainFold<T, TResult>(IndicatorRule rule, PartKernels part, (DateOnly ValidAt, double? HalfLife) age) : IndicatorFold(rule, [part], age)
{
    private readonly Kernel<T> _value = (Kernel<T>)part.Value;
    private readonly bool _isPlain = part.Reader.IsPlain;
    private T[] _counted = [];
    private int[] _days = [];

    /// <inheritdoc/>
    public sealed override void Fold(Block organisations, Column into)
    {
        part.Ensure();
        Span<TResult> results = ((Column<TResult>)into).Values[organisations.From..];
        for (int i = 0; i < organisations.Count; i++)
        {
            (int from, int to) = part.Reader.RowsOf(i);
            bool folded = true;
            if (_isPlain)
            {
                from = part.FirstOf(from, to);
                if (part.Where is null && !_value.HasUnknown)
                {
                    folded = from < to && TryFold(_value.Values[from..to], part.Reader.Days[from..to], out results[i]);
                }
                else
                {
                    bool gathered = TryGather(from, to, out int counted);
                    to = gathered && counted == 0 ? from : to;
                    folded = gathered && counted > 0 && TryFold(_counted.AsSpan(0, counted), _days.AsSpan(0, counted), out results[i]);
                }
            }

            if (!folded || !_isPlain)
            {
                into.Set(organisations.From + i, from == to ? Without : FoldSlowly(i));
            }
        }
    }

    /// <summary>Folds the values that count, at least one; false where the interpreter must decide.</summary>
    protected abstract bool TryFold(ReadOnlySpan<T> values, ReadOnlySpan<int> days, out TResult result);

    // Brings the rows that count side by side; false where one of them has no value.
    private bool TryGather(int from, int to, out int counted)
    {
        if (_counted.Length < to - from)
        {
            _counted = new T[2 * (to - from)];
            _days = new int[_counted.Length];
        }

        counted = 0;
        ReadOnlySpan<T> values = _value.Values;
        for (int row = from; row < to; row++)
        {
            if (part.Where is not null && !(part.Where.WhyNot(row) is null && part.Where.Values[row]))
            {
                continue;
            }

            if (_value.WhyNot(row) is not null)
            {
                return false;
            }

            (_counted[counted], _days[counted]) = (values[row], part.Reader.Days[row]);
            counted++;
        }

        return true;
    }
}

/// <summary>A fold in which age does not matter.</summary>
internal sealed class AgelessFold<T, TResult, TFold>(IndicatorRule rule, PartKernels part, (DateOnly ValidAt, double? HalfLife) age) : PlainFold<T, TResult>(rule, part, age)
    where TFold : struct, IFold<T, TResult>
{
    /// <inheritdoc/>
    protected override bool TryFold(ReadOnlySpan<T> values, ReadOnlySpan<int> days, out TResult result) => TFold.Of(values, out result);
}

/// <summary>A sum, count or mean in which each statement's weight halves with every half-life. The weights are worked out once for each age.</summary>
internal sealed class DecayedFold(IndicatorRule rule, PartKernels part, (DateOnly ValidAt, double? HalfLife) age) : PlainFold<double, double>(rule, part, age)
{
    private double[] _weights = [];

    /// <inheritdoc/>
    protected override bool TryFold(ReadOnlySpan<double> values, ReadOnlySpan<int> days, out double result)
    {
        Reach(ValidAt - days[0]);
        (double sum, double weights) = (0, 0);
        for (int i = 0; i < values.Length; i++)
        {
            double weight = _weights[ValidAt - days[i]];
            sum += weight * values[i];
            weights += weight;
        }

        result = Rule.Take == Take.Mean ? sum / weights : sum;
        return double.IsFinite(result);
    }

    private void Reach(int age)
    {
        int known = _weights.Length;
        if (age >= known)
        {
            Array.Resize(ref _weights, Math.Max(age + 1, 2 * known));
            for (int days = known; days < _weights.Length; days++)
            {
                _weights[days] = Folding.WeightAt(days, HalfLife!.Value);
            }
        }
    }
}

/// <summary>The latest text of one field, by its place among the field's texts.</summary>
internal sealed class LatestTextFold(IndicatorRule rule, PartKernels part, TextFieldKernel text, (DateOnly ValidAt, double? HalfLife) age) : IndicatorFold(rule, [part], age)
{
    /// <inheritdoc/>
    public override void Fold(Block organisations, Column into)
    {
        part.Where?.Ensure(part.Reader.Rows);
        ReadOnlySpan<int> codes = text.CodesOf(part.Reader.Rows);
        ReadOnlySpan<int> days = part.Reader.Days;
        var coded = (CodedColumn)into;
        (bool isPlain, int after, int texts) = (part.Reader.IsPlain, part.After, text.Domain.Count - 1);
        for (int i = 0; i < organisations.Count; i++)
        {
            (int from, int to) = part.Reader.RowsOf(i);
            int row = !isPlain ? LatestOf(from, to) : part.Where is not null ? LastOf(from, to) : to > from && days[to - 1] > after ? to - 1 : -1;
            if (row >= 0 && codes[row] < texts)
            {
                coded.SetCode(organisations.From + i, codes[row]);
            }
            else
            {
                coded.Set(organisations.From + i, row < 0 ? Without : text.Domain[codes[row]]);
            }
        }
    }

    private int LastOf(int from, int to)
    {
        int row = to - 1;
        while (row >= from && !part.Counts(row))
        {
            row--;
        }

        return row < from ? -1 : row;
    }

    private int LatestOf(int from, int to)
    {
        int[] counted = [.. Enumerable.Range(from, to - from).Where(part.Counts).OrderBy(part.Reader.IndexOf)];
        int latest = -1;
        foreach (int row in counted)
        {
            bool undated = latest < 0 || part.Reader.Days[latest] == EvidenceColumns.NoDay || part.Reader.Days[row] == EvidenceColumns.NoDay;
            latest = undated || part.Reader.Days[row] >= part.Reader.Days[latest] ? row : latest;
        }

        return latest;
    }
}
