using System.Diagnostics;

namespace Probity.Linkage.Bench;

/// <summary>Questions to an index, one after the other on one thread: copies of indexed records with errors, which the index does not hold.</summary>
internal static class OnlineMatching
{
    private const int Questions = 2_000;

    /// <summary>Prints matches a second, the median, 95 and 99 of 100, and how often the right record came first.</summary>
    public static void Run(int count)
    {
        GeneratedRecords generated = GeneratedRecords.Of(count + (Questions * 4));
        IReadOnlyList<ColumnUse> uses = ColumnGuess.Of(generated.Table);
        var held = generated.Table with { Rows = LinkRows.Of(generated.Table.Columns.Length, generated.Table.Rows.Take(count)) };
        long start = Stopwatch.GetTimestamp();
        OrganisationIndex index = OrganisationIndex.Of(held, uses);
        Console.WriteLine($"{index.Count:N0} records learnt from and indexed in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MB");
        HashSet<int> known = [.. generated.Truth.Take(count)];
        int[] asked = [.. Enumerable.Range(count, Questions * 4).Where(row => known.Contains(generated.Truth[row])).Take(Questions)];
        for (int round = 0; round < 2; round++)
        {
            Ask(index, generated, asked);
        }
    }

    private static void Ask(OrganisationIndex index, GeneratedRecords generated, int[] asked)
    {
        double[] times = new double[asked.Length];
        int right = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < asked.Length; i++)
        {
            IReadOnlyList<string> row = generated.Table.Rows[asked[i]];
            long before = Stopwatch.GetTimestamp();
            var found = index.Match(new OrganisationQuestion(row[0], row[1], row[2], row[3], row[4], row[5], []), 5);
            times[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            right += found.Length > 0 && generated.Truth[int.Parse(found[0].Record.Record)] == generated.Truth[asked[i]] ? 1 : 0;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(times);
        Console.WriteLine($"{asked.Length / seconds:N0} matches/s on one thread; median {times[times.Length / 2]:F2} ms, 95 of 100 within {times[times.Length * 95 / 100]:F2} ms, 99 within {times[times.Length * 99 / 100]:F2} ms; right record first {(double)right / asked.Length:P1}");
    }
}
