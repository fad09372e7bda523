using System.Diagnostics;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Bench;

/// <summary>What a ledger takes on disk, and how long the proof of one entry takes, as it grows tenfold from ten thousand entries.</summary>
internal static class LedgerGrowth
{
    private const int Together = 8_192;
    private const int Proofs = 2_000;
    private static readonly Provenance Said = new("bench", "food", "Example Act, section 4", "measurement");

    public static void Measure(string folder, long most)
    {
        using TransparencyLog log = TransparencyLog.Open(folder, new LogOptions("probity.example/bench"));
        Console.WriteLine($"{"entries",12} {"bytes/entry",12} {"of them own",12} {"appends/s",12} {"proof p50 ms",13} {"p99 ms",8} {"most ms",8}");
        long own = 0;
        for (long size = 10_000; size <= most; size *= 10)
        {
            long before = log.Size;
            var watch = Stopwatch.StartNew();
            own += Grow(log, size);
            double took = watch.Elapsed.TotalSeconds;
            log.Sign(DateTimeOffset.UtcNow);
            double[] proofs = ProofTimes(log, size);
            Console.WriteLine(
                $"{size,12:N0} {(double)BytesOf(folder) / size,12:0.0} {(double)own / size,12:0.0} {(size - before) / took,12:N0} {proofs[Proofs / 2],13:0.000} {proofs[Proofs * 99 / 100],8:0.000} {proofs[^1],8:0.000}");
        }
    }

    /// <summary>Appends to a size; the bytes of the entries appended.</summary>
    private static long Grow(TransparencyLog log, long size)
    {
        long own = 0;
        var batch = new EntryBatch();
        for (long at = log.Size; at < size; at += batch.Count)
        {
            batch.Clear();
            for (long record = at; record < Math.Min(size, at + Together); record++)
            {
                Statement statement = StatementOf(record);
                own += statement.ToBytes().Length;
                batch.Add(statement);
            }

            log.Append(batch);
        }

        return own;
    }

    private static double[] ProofTimes(TransparencyLog log, long size)
    {
        var random = new Random(1);
        double[] times = new double[Proofs];
        for (int i = 0; i < Proofs; i++)
        {
            long index = random.NextInt64(size);
            long start = Stopwatch.GetTimestamp();
            log.ProveInclusion(index, size);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    /// <summary>With what is written ahead and not yet in place, at most 32 MiB.</summary>
    private static long BytesOf(string folder) => Directory.GetFiles(folder, "ledger.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length);

    private static Statement StatementOf(long record) => Statement.Finding(
        Said, new RecordId("bench", $"{record:D9}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2026, 5, 12)),
        Fields.Of(("filling", Value.Of(new string('x', 80))), ("hygiene", Value.Of(5))));
}
