using Probity.Rating.Expressions;

namespace Probity.Rating.Engine;

/// <summary>
/// One-dimensional k-means as SAS FASTCLUS runs it for hospital stars: seeds are the medians of k bins with equal counts, cut by "average"
/// percentiles; Lloyd's steps until nothing changes; where wanted, a second run from those centres in which values far from every centre
/// do not move one.
/// </summary>
internal static class Clustering
{
    private const int MaxSteps = 1000;

    /// <summary>The centres, ascending; fewer than k where bins are empty.</summary>
    /// <param name="ascending">The values; at least one.</param>
    /// <param name="k">How many clusters.</param>
    /// <param name="outlying">The distance beyond which a value moves no centre in the second run; 0 for no second run.</param>
    public static double[] Centres(double[] ascending, int k, double outlying)
    {
        double[] centres = Settle(ascending, Seeds(ascending, k), double.PositiveInfinity);
        return outlying > 0 ? Settle(ascending, centres, outlying) : centres;
    }

    private static double[] Seeds(double[] ascending, int k)
    {
        var seeds = new List<double>(k);
        double below = double.NegativeInfinity;
        for (int bin = 1; bin <= k; bin++)
        {
            double cut = bin < k ? Statistics.Percentile(ascending, 100m * bin / k, "average") : double.PositiveInfinity;
            double[] inside = [.. ascending.Where(value => value > below && value <= cut)];
            if (inside.Length > 0)
            {
                seeds.Add(Statistics.Percentile(inside, 50, "average"));
            }

            below = cut;
        }

        return [.. seeds];
    }

    private static double[] Settle(double[] values, double[] seeds, double outlying)
    {
        double[] centres = seeds;
        for (int step = 0; step < MaxSteps; step++)
        {
            double[] next = Move(values, centres, outlying);
            if (next.AsSpan().SequenceEqual(centres))
            {
                return centres;
            }

            centres = next;
        }

        return centres;
    }

    private static double[] Move(double[] values, double[] centres, double outlying)
    {
        var sums = new double[centres.Length];
        var counts = new int[centres.Length];
        foreach (double value in values)
        {
            int nearest = Mathematics.NearestOf(centres, value);
            if (Math.Abs(value - centres[nearest]) <= outlying)
            {
                sums[nearest] += value;
                counts[nearest]++;
            }
        }

        return [.. centres.Select((centre, i) => counts[i] > 0 ? sums[i] / counts[i] : centre)];
    }
}
