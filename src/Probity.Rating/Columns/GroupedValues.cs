using System.Numerics;

namespace Probity.Rating.Columns;

/// <summary>For each organisation the value a statistic counts of it; not a number where it counts none.</summary>
internal interface ICountedRows
{
    double this[int row] { get; }
}

/// <summary>The values of a column; those of organisations that have one.</summary>
internal readonly struct ColumnRows<T>(Column<T> column) : ICountedRows
    where T : INumberBase<T>
{
    public double this[int row] => column.WhyNot(row) is null ? double.CreateTruncating(column.Values[row]) : double.NaN;
}

/// <summary>Values computed for the statistic alone.</summary>
internal readonly struct ComputedRows(double[] values) : ICountedRows
{
    public double this[int row] => values[row];
}

/// <summary>
/// The values a statistic is of, brought together by group, in each group in the order of organisation identifiers: two statistics of the same
/// values share it.
/// </summary>
/// <param name="Groups">The groups' names; the empty text where there is but one.</param>
/// <param name="GroupOf">For each organisation the place of its group, or the number of groups where it belongs to none.</param>
/// <param name="Values">All values, group after group.</param>
/// <param name="Starts">For each group its first value, and one more behind the last.</param>
/// <param name="Places">For each organisation where its value stands in <paramref name="Values"/>; −1 where it does not count.</param>
internal sealed record GroupedValues(string[] Groups, int[] GroupOf, double[] Values, int[] Starts, int[] Places)
{
    private const int Suiting = 32_768;

    /// <summary>The values of one group.</summary>
    public ArraySegment<double> Of(int group) => new(Values, Starts[group], Starts[group + 1] - Starts[group]);

    /// <summary>Brings values together.</summary>
    /// <param name="groups">The groups' names, for each organisation its group (their number for none).</param>
    /// <param name="values">The organisations' values.</param>
    /// <param name="threads">How many threads work.</param>
    public static GroupedValues From<TRows>((string[] Names, int[] Of) groups, TRows values, int threads)
        where TRows : struct, ICountedRows
    {
        int rows = groups.Of.Length;
        // Each chunk of organisations is counted by group, so that all chunks can then be put in their places at the same time.
        (int none, int size) = (groups.Names.Length, Math.Max(Suiting, 4 * groups.Names.Length));
        var next = new int[(rows + size - 1) / size][];
        Blocks.ForEach(rows, size, threads, () => block => next[block.Number] = Counted(groups.Of, values, block, none));
        var starts = new int[none + 1];
        int total = 0;
        for (int group = 0; group < none; group++)
        {
            starts[group] = total;
            foreach (int[] counts in next)
            {
                (counts[group], total) = (total, total + counts[group]);
            }
        }

        starts[none] = total;
        (double[] together, int[] places) = (GC.AllocateUninitializedArray<double>(total), GC.AllocateUninitializedArray<int>(rows));
        Blocks.ForEach(rows, size, threads, () => block =>
        {
            int[] place = next[block.Number];
            for (int row = block.From; row < block.From + block.Count; row++)
            {
                double value = values[row];
                int group = groups.Of[row];
                if (group == none || double.IsNaN(value))
                {
                    places[row] = -1;
                    continue;
                }

                int at = place[group]++;
                (places[row], together[at]) = (at, value);
            }
        });
        return new GroupedValues(groups.Names, groups.Of, together, starts, places);
    }

    private static int[] Counted<TRows>(int[] groupOf, TRows values, Block block, int none)
        where TRows : struct, ICountedRows
    {
        var counts = new int[none + 1];
        for (int row = block.From; row < block.From + block.Count; row++)
        {
            counts[double.IsNaN(values[row]) ? none : groupOf[row]]++;
        }

        return counts;
    }
}
