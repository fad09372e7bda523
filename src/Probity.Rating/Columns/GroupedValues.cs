namespace Probity.Rating.Columns;

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
    /// <param name="values">For each organisation its value; not a number where it does not count.</param>
    /// <param name="threads">How many threads work.</param>
    public static GroupedValues From((string[] Names, int[] Of) groups, double[] values, int threads)
    {
        // Each chunk of organisations is counted by group, so that all chunks can then be put in their places at the same time.
        (int none, int size) = (groups.Names.Length, Math.Max(Suiting, 4 * groups.Names.Length));
        var next = new int[(values.Length + size - 1) / size][];
        Blocks.ForEach(values.Length, size, threads, () => block => next[block.Number] = Counted(groups.Of, values, block, none));
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
        (var together, var places) = (new double[total], new int[values.Length]);
        Blocks.ForEach(values.Length, size, threads, () => block =>
        {
            int[] place = next[block.Number];
            for (int row = block.From; row < block.From + block.Count; row++)
            {
                int group = double.IsNaN(values[row]) ? none : groups.Of[row];
                places[row] = -1;
                if (group < none)
                {
                    together[places[row] = place[group]++] = values[row];
                }
            }
        });
        return new GroupedValues(groups.Names, groups.Of, together, starts, places);
    }

    private static int[] Counted(int[] groupOf, double[] values, Block block, int none)
    {
        var counts = new int[none + 1];
        for (int row = block.From; row < block.From + block.Count; row++)
        {
            counts[double.IsNaN(values[row]) ? none : groupOf[row]]++;
        }

        return counts;
    }
}
