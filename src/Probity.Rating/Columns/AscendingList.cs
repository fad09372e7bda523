using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>
/// All values of a group, ascending. Where they are whole numbers not too far apart, how many are below each is counted once; else it is
/// searched for.
/// </summary>
internal sealed class AscendingList
{
    /// <summary>Whole numbers farther apart than this many times their number are searched.</summary>
    private const int Sparse = 16;

    private readonly double _least;
    private readonly int[]? _below;
    private double[]? _values;
    private Operand.Items? _items;

    private AscendingList(double[] values) => (_values, Count, _least) = (values, values.Length, double.NaN);

    private AscendingList(int[] below, int count, double least) => (_below, Count, _least) = (below, count, least);

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The values; where they were counted, made when first asked for.</summary>
    public ReadOnlySpan<double> Values => _values ??= Spread();

    /// <summary>The same as the interpreter knows it; made when first asked for.</summary>
    public Operand.Items Items => _items ??= new Operand.Items([.. Values.ToArray().Select(value => (Operand)new Operand.Real(value))]);

    /// <summary>Puts values in order.</summary>
    public static AscendingList Of(ReadOnlySpan<double> values)
    {
        if (CountsOf(values) is not var (counts, least))
        {
            double[] sorted = values.ToArray();
            Array.Sort(sorted);
            return new AscendingList(sorted);
        }

        int next = 0;
        foreach (ref int count in counts.AsSpan())
        {
            (count, next) = (next, next + count);
        }

        return new AscendingList(counts, values.Length, least);
    }

    /// <summary>How many values are below a number.</summary>
    public int Below(double number)
    {
        if (_below is null)
        {
            return Numbers.CountBelow(Values, number);
        }

        double place = Math.Ceiling(number) - _least;
        return place <= 0 ? 0 : place >= _below.Length ? Count : _below[(int)place];
    }

    /// <summary>The ranks of the list's own values: (how many are lower) / (n − 1); not a number where there is but one.</summary>
    /// <param name="values">All of the list, in any order.</param>
    /// <param name="into">Their ranks.</param>
    public void RankOwn(ReadOnlySpan<double> values, Span<double> into)
    {
        double others = Count > 1 ? Count - 1 : double.NaN;
        for (int i = 0; i < values.Length; i++)
        {
            into[i] = (_below is null ? Numbers.CountBelow(_values, values[i]) : _below[(int)(values[i] - _least)]) / others;
        }
    }

    private double[] Spread()
    {
        var values = new double[Count];
        for (int i = 0; i < _below!.Length; i++)
        {
            values.AsSpan(_below[i]..(i + 1 < _below.Length ? _below[i + 1] : Count)).Fill(_least + i);
        }

        return values;
    }

    // Null unless all are whole numbers (minus zero is none) near each other.
    private static (int[] Counts, double Least)? CountsOf(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        (double least, double most) = (values[0], values[0]);
        foreach (double value in values)
        {
            least = value < least ? value : least;
            most = value > most ? value : most;
        }

        if (!(most - least < Sparse * (double)values.Length) || Math.Abs(least) > 1e15 || Math.Floor(least) != least)
        {
            return null;
        }

        var counts = new int[(int)(most - least) + 1];
        foreach (double value in values)
        {
            int place = (int)(value - least);
            if (least + place != value || (value == 0 && double.IsNegative(value)))
            {
                return null;
            }

            counts[place]++;
        }

        return (counts, least);
    }
}
