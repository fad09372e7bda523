using System.Collections.Immutable;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>Computes statistics of a cohort from columns.</summary>
internal static class StatisticPass
{
    private const int Suiting = 32_768;
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
        double[] ranks = lists.Length > 0 ? GC.AllocateUninitializedArray<double>(grouped.Values.Length) : [];
        Blocks.ForEach(groups, threads, group =>
        {
            ArraySegment<double> values = grouped.Of(group);
            if (values.Count == 0 || (lists.Length > 0 && Statistics.TooFew(statistic, values.Count) is not null))
            {
                domain[group] = values.Count == 0 ? Nobody : Statistics.TooFew(statistic, values.Count)!;
                ranks.AsSpan(lists.Length > 0 ? values.Offset : 0, lists.Length > 0 ? values.Count : 0).Fill(double.NaN);
            }
            else if (lists.Length > 0)
            {
                lists[group] = AscendingList.Of(values);
                lists[group]!.RankOwn(values, ranks.AsSpan(values.Offset, values.Count));
                domain[group] = NoGroup;
            }
            else
            {
                domain[group] = Scoring.Rounded(step, Statistics.Of(statistic, values));
            }
        });
        return new CodedColumn(grouped.GroupOf, [.. domain]) { Lists = lists, Own = lists.Length > 0 ? new OwnRanks(statistic.Of, grouped.Places, ranks) : null };
    }

    /// <summary>The names of the groups of rows, and of each row its group (their number for none).</summary>
    /// <param name="rows">The value that says the group, by row; null for one group of all.</param>
    /// <param name="rated">Which rows belong to the cohort at all.</param>
    /// <param name="threads">How many threads work.</param>
    public static (string[] Names, int[] Of) GroupsOf(Column? rows, ImmutableArray<bool> rated, int threads)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        if (rows is null or CodedColumn)
        {
            int[] places = rows is CodedColumn coded ? [.. coded.Domain.Select(value => value.IsKnown ? PlaceOf(names, value) : -1)] : [];
            string[] known = rows is null ? [""] : [.. names.Keys];
            places.AsSpan().Replace(-1, known.Length);
            if (rows is CodedColumn own && !rated.Contains(false) && places.AsSpan().SequenceEqual([.. Enumerable.Range(0, places.Length)]))
            {
                return (known, own.Shared);
            }

            int[] chosen = GC.AllocateUninitializedArray<int>(rated.Length);
            Blocks.ForEach(chosen.Length, Suiting, threads, () => block => OfBlock(block, (rows as CodedColumn, places, known.Length), rated.AsSpan(), chosen));
            return (known, chosen);
        }

        var of = new int[rated.Length];
        for (int row = 0; row < of.Length; row++)
        {
            of[row] = rated[row] && rows.WhyNot(row) is null ? PlaceOf(names, rows.At(row)) : -1;
        }

        string[] all = [.. names.Keys];
        of.AsSpan().Replace(-1, all.Length);
        return (all, of);
    }

    private static void OfBlock(Block block, (CodedColumn? Rows, int[] Places, int None) groups, ReadOnlySpan<bool> rated, int[] of)
    {
        ReadOnlySpan<int> codes = groups.Rows is null ? [] : groups.Rows.Codes;
        for (int row = block.From; row < block.From + block.Count; row++)
        {
            of[row] = !rated[row] ? groups.None : codes.IsEmpty ? 0 : groups.Places[codes[row]];
        }
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
