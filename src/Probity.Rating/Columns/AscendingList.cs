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

    private readonly double[] _values;
    private readonly int[]? _below;
    private Operand.Items? _items;

    private AscendingList(double[] values, int[]? below) => (_values, _below) = (values, below);

    /// <summary>How many.</summary>
    public int Count => _values.Length;

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The same as the interpreter knows it; made when first asked for.</summary>
    public Operand.Items Items => _items ??= new Operand.Items([.. _values.Select(value => (Operand)new Operand.Real(value))]);

    /// <summary>Sorts values; the array becomes the list's own.</summary>
    public static AscendingList Of(double[] values)
    {
        if (CountsOf(values) is not { } counts)
        {
            Array.Sort(values);
            return new AscendingList(values, null);
        }

        double least = values.Min();
        int next = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            int count = counts[i];
            counts[i] = next;
            values.AsSpan(next, count).Fill(least + i);
            next += count;
        }

        return new AscendingList(values, counts);
    }

    /// <summary>How many values are below a number.</summary>
    public int Below(double number)
    {
        if (_below is null)
        {
            return Search(number);
        }

        double place = Math.Ceiling(number) - _values[0];
        return place <= 0 ? 0 : place >= _below.Length ? _values.Length : _below[(int)place];
    }

    private int Search(double number)
    {
        (int low, int high) = (0, _values.Length);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_values[middle] < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // Null unless all are whole numbers (minus zero is none) near each other.
    private static int[]? CountsOf(double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        (double least, double most) = (values[0], values[0]);
        foreach (double value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        if (!(most - least < Sparse * (double)values.Length) || Math.Abs(least) > 1e15)
        {
            return null;
        }

        var counts = new int[(int)(most - least) + 1];
        foreach (double value in values)
        {
            if (Math.Floor(value) != value || (value == 0 && double.IsNegative(value)))
            {
                return null;
            }

            counts[(int)(value - least)]++;
        }

        return counts;
    }
}
