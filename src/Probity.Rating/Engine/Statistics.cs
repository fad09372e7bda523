using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>Statistics of a cohort in IEEE doubles, summed in the order the values are given, so that they are the same on any machine.</summary>
internal static class Statistics
{
    /// <summary>The statistic of some values; missing where there are too few.</summary>
    public static Operand Of(CohortStatistic statistic, IReadOnlyList<double> values)
    {
        if (statistic.Kind == StatisticKind.Count)
        {
            return new Operand.Whole(values.Count);
        }

        if (values.Count < Math.Max(statistic.MinSize, statistic.Kind == StatisticKind.StandardDeviation ? 2 : 1))
        {
            return new Operand.Missing($"the cohort has {values.Count} values, {statistic.MinSize} are needed");
        }

        return statistic.Kind switch
        {
            StatisticKind.Mean => Operand.Finite(Mean(values), "the mean"),
            StatisticKind.StandardDeviation => Operand.Finite(StandardDeviation(values), "the standard deviation"),
            StatisticKind.Min => new Operand.Real(values.Min()),
            StatisticKind.Max => new Operand.Real(values.Max()),
            StatisticKind.Percentile => new Operand.Real(Percentile([.. values.Order()], statistic.At, statistic.Definition)),
            StatisticKind.Values => Listed(values.Order()),
            StatisticKind.Centres => Listed(Clustering.Centres([.. values.Order()], statistic.Clusters, (double)statistic.Outlying)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
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

    private static Operand.Items Listed(IEnumerable<double> values) => new([.. values.Select(value => (Operand)new Operand.Real(value))]);
}
