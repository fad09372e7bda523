namespace Probity.Rating.Bench;

/// <summary>What someone would write by hand for speed-1.0.0.yaml and for nothing else: three passes over plain arrays on so many threads.</summary>
internal static class HandKernel
{
    private static readonly int Near = GeneratedFindings.ValidAt.AddMonths(-12).DayNumber;
    private static readonly int Far = GeneratedFindings.ValidAt.AddMonths(-36).DayNumber;

    public static Results Run(GeneratedFindings findings, int threads)
    {
        Results results = Results.Empty(findings.Organisations);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        int part = (findings.Organisations + (threads * 8) - 1) / (threads * 8);
        Parallel.For(0, threads * 8, options, i => Sum(findings, results.Burden, i * part, Math.Min(findings.Organisations, (i + 1) * part)));
        int[][] below = Below(findings, results.Burden);
        var sizes = new int[GeneratedFindings.Sectors];
        foreach (short sector in findings.Sector)
        {
            sizes[sector]++;
        }

        Parallel.For(0, threads * 8, options, i => Rank(findings, results, (below, sizes), (i * part, Math.Min(findings.Organisations, (i + 1) * part))));
        return results;
    }

    private static void Sum(GeneratedFindings findings, long[] burden, int from, int to)
    {
        (int[] starts, int[] days, byte[] points, byte[] severities) = (findings.Starts, findings.Days, findings.Points, findings.Severities);
        for (int organisation = from; organisation < to; organisation++)
        {
            (int recent, int all) = (0, 0);
            for (int row = starts[organisation + 1] - 1; row >= starts[organisation] && days[row] > Far; row--)
            {
                int value = points[row] * severities[row];
                all += value;
                recent += days[row] > Near ? value : 0;
            }

            burden[organisation] = (2 * recent) + all;
        }
    }

    // For each sector and sum, how many sums of the sector are lower.
    private static int[][] Below(GeneratedFindings findings, long[] burden)
    {
        int most = (int)burden.Max();
        int[][] below = [.. Enumerable.Range(0, GeneratedFindings.Sectors).Select(_ => new int[most + 2])];
        for (int i = 0; i < burden.Length; i++)
        {
            below[findings.Sector[i]][burden[i] + 1]++;
        }

        foreach (int[] counts in below)
        {
            for (int i = 1; i < counts.Length; i++)
            {
                counts[i] += counts[i - 1];
            }
        }

        return below;
    }

    private static void Rank(GeneratedFindings findings, Results results, (int[][] Below, int[] Sizes) known, (int From, int To) rows)
    {
        for (int i = rows.From; i < rows.To; i++)
        {
            int sector = findings.Sector[i];
            double rank = (double)known.Below[sector][results.Burden[i]] / (known.Sizes[sector] - 1);
            results.Rank[i] = rank;
            results.Band[i] = (byte)(rank <= 0.1 ? 0 : rank <= 0.5 ? 1 : rank <= 0.9 ? 2 : 3);
        }
    }
}
