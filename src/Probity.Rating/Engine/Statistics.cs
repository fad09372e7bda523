using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>Statistics of a cohort in IEEE doubles, summed in the order the values are given, so that they are the same on any machine.</summary>
internal static class Statistics
{
    /// <summary>The statistic of some values; missing where there are too few.</summary>
    public static Operand Of(CohortStatistic statistic, IReadOnlyList<double> values)
    {
        if (TooFew(statistic, values.Count) is { } why)
        {
            return why;
        }

        return statistic.Kind switch
        {
            StatisticKind.Count => new Operand.Whole(values.Count),
            StatisticKind.Mean => Operand.Finite(Mean(values), "the mean"),
            StatisticKind.StandardDeviation => Operand.Finite(StandardDeviation(values), "the standard deviation"),
            StatisticKind.Min => new Operand.Real(values.Min()),
            StatisticKind.Max => new Operand.Real(values.Max()),
            StatisticKind.Percentile => Operand.Finite(Percentile(Ascending(values), statistic.At, statistic.Definition), "the percentile"),
            StatisticKind.Values => Listed(Ascending(values)),
            StatisticKind.Centres => Listed(Clustering.Centres(Ascending(values), statistic.Clusters, (double)statistic.Outlying)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Why a statistic cannot be computed from so many values; null where it can.</summary>
    public static Operand.Missing? TooFew(CohortStatistic statistic, int count)
    {
        bool enough = statistic.Kind == StatisticKind.Count || count >= Math.Max(statistic.MinSize, statistic.Kind == StatisticKind.StandardDeviation ? 2 : 1);
        return enough ? null : new Operand.Missing($"the cohort has {count} values, {statistic.MinSize} are needed");
    }

    /// <summary>Σx / n.</summary>
    public static double Mean(IReadOnlyList<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Count;
    }

    /// <summary>√(Σ(x − x̄)² / (n − 1)), the sample standard deviation, in two passes; needs two values.</summary>
    public static double StandardDeviation(IReadOnlyList<double> values)
    {
        double mean = Mean(values);
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (values.Count - 1));
    }

    /// <summary>
    /// A percentile of ascending values. "average": SAS PCTLDEF 5, the mean of two neighbours where n·p is whole, else the value above.
    /// "linear": interpolated at (n − 1)·p, as R type 7.
    /// </summary>
    public static double Percentile(IReadOnlyList<double> ascending, decimal at, string definition)
    {
        int n = ascending.Count;
        if (definition == "linear")
        {
            decimal place = (n - 1) * at / 100;
            int below = (int)decimal.Floor(place);
            double rest = (double)(place - below);
            return below + 1 < n ? ascending[below] + (rest * (ascending[below + 1] - ascending[below])) : ascending[n - 1];
        }

        decimal share = n * at / 100;
        int whole = (int)decimal.Floor(share);
        return whole == share && whole > 0 && whole < n
            ? (ascending[whole - 1] + ascending[whole]) / 2
            : ascending[Math.Min(whole, n - 1)];
    }

    private static double[] Ascending(IReadOnlyList<double> values)
    {
        double[] ascending = [.. values];
        Array.Sort(ascending);
        return ascending;
    }

    private static Operand.Items Listed(IEnumerable<double> values) => new([.. values.Select(value => (Operand)new Operand.Real(value))]);
}
