using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>
/// The values a statistic is of, brought together by group, in each group in the order of organisation identifiers: two statistics of the same
/// values share it.
/// </summary>
/// <param name="Groups">The groups' names; the empty text where there is but one.</param>
/// <param name="GroupOf">For each organisation the place of its group, or the number of groups where it belongs to none.</param>
/// <param name="Values">All values, group after group.</param>
/// <param name="Starts">For each group its first value, and one more behind the last.</param>
internal sealed record GroupedValues(string[] Groups, int[] GroupOf, double[] Values, int[] Starts)
{
    /// <summary>The values of one group.</summary>
    public ArraySegment<double> Of(int group) => new(Values, Starts[group], Starts[group + 1] - Starts[group]);

    /// <summary>Brings values together.</summary>
    /// <param name="groups">The groups' names, for each organisation its group (their number for none).</param>
    /// <param name="values">For each organisation its value; not a number where it does not count.</param>
    public static GroupedValues From((string[] Names, int[] Of) groups, double[] values)
    {
        var starts = new int[groups.Names.Length + 2];
        for (int row = 0; row < values.Length; row++)
        {
            starts[(double.IsNaN(values[row]) ? groups.Names.Length : groups.Of[row]) + 1]++;
        }

        for (int group = 1; group < starts.Length; group++)
        {
            starts[group] += starts[group - 1];
        }

        var next = (int[])starts.Clone();
        var together = new double[starts[groups.Names.Length]];
        for (int row = 0; row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]) && groups.Of[row] < groups.Names.Length)
            {
                together[next[groups.Of[row]]++] = values[row];
            }
        }

        return new GroupedValues(groups.Names, groups.Of, together, starts[..^1]);
    }
}

/// <summary>Computes statistics of a cohort from columns.</summary>
internal static class StatisticPass
{
    private static readonly Operand NoGroup = new Operand.Missing("it belongs to no group");
    private static readonly Operand Nobody = new Operand.Missing("nobody in the cohort has a value");

    /// <summary>A statistic of every group, as a column.</summary>
    /// <param name="step">The score that is the statistic.</param>
    /// <param name="grouped">What it is of.</param>
    /// <param name="threads">How many threads work.</param>
    public static CodedColumn Of(Step step, GroupedValues grouped, int threads)
    {
        CohortStatistic statistic = ((Operation.Statistic)step.Operation).Of;
        int groups = grouped.Groups.Length;
        var domain = new Operand[groups + 1];
        var lists = new AscendingList?[statistic.Kind == StatisticKind.Values ? groups + 1 : 0];
        domain[groups] = NoGroup;
        Blocks.ForEach(groups, threads, group =>
        {
            ArraySegment<double> values = grouped.Of(group);
            if (values.Count == 0 || (lists.Length > 0 && Statistics.TooFew(statistic, values.Count) is not null))
            {
                domain[group] = values.Count == 0 ? Nobody : Statistics.TooFew(statistic, values.Count)!;
            }
            else if (lists.Length > 0)
            {
                lists[group] = AscendingList.Of([.. values]);
                domain[group] = NoGroup;
            }
            else
            {
                domain[group] = Scoring.Rounded(step, Statistics.Of(statistic, values));
            }
        });
        return new CodedColumn(grouped.GroupOf, [.. domain]) { Lists = lists };
    }

    /// <summary>The names of the groups of rows, and of each row its group (their number for none).</summary>
    /// <param name="rows">The value that says the group, by row; null for one group of all.</param>
    /// <param name="rated">Which rows belong to the cohort at all.</param>
    public static (string[] Names, int[] Of) GroupsOf(Column? rows, ReadOnlySpan<bool> rated)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var of = new int[rated.Length];
        int[]? places = rows is CodedColumn coded ? [.. coded.Domain.Select(value => value.IsKnown ? PlaceOf(names, value) : -1)] : null;
        for (int row = 0; row < of.Length; row++)
        {
            of[row] = !rated[row] ? -1 : rows switch
            {
                null => 0,
                CodedColumn codes => places![codes.Codes[row]],
                _ => rows.WhyNot(row) is null ? PlaceOf(names, rows.At(row)) : -1,
            };
        }

        string[] all = rows is null ? [""] : [.. names.Keys];
        for (int row = 0; row < of.Length; row++)
        {
            of[row] = of[row] < 0 ? all.Length : of[row];
        }

        return (all, of);
    }

    private static int PlaceOf(Dictionary<string, int> names, Operand value)
    {
        string name = value.ToString()!;
        if (!names.TryGetValue(name, out int place))
        {
            names.Add(name, place = names.Count);
        }

        return place;
    }
}
