using System.Diagnostics;
using Probity.Evidence;

namespace Probity.Linkage.Bench;

/// <summary>A register of many records links all of them, and then what a day brings among them.</summary>
internal static class DailyLinkage
{
    private const int ADay = 1_000;
    private const int Days = 3;

    /// <summary>Prints how long each linkage took, how many pairs it compared and whether its weights were other ones.</summary>
    public static void Run(int count)
    {
        GeneratedRecords generated = GeneratedRecords.Of(count + (ADay * Days));
        IdentityRecord[] records = [.. generated.Table.Rows.Select((row, i) => Record(i, row))];
        var history = new LinkageHistory();
        LinkageChange? since = null;
        for (int day = 0; day <= Days; day++)
        {
            IdentityRecord[] now = records[..(count + (day * ADay))];
            long start = Stopwatch.GetTimestamp();
            TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
            Relinking linked = Relinking.Of(new LinkageQuestion(LinkageSpecification.Default, default, now, [], history) { Since = since });
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
            Console.WriteLine($"{now.Length:N0} records: {elapsed.TotalSeconds:F2} s ({processor.TotalSeconds:F2} s of processor), {linked.Compared:N0} pairs compared, {linked.Pairs.Count():N0} kept of which {linked.PairProbabilities().Count():N0} from 0.2, {linked.Clusters.Count:N0} clusters looked at, {(linked.IsEverythingCompared ? "everything" : "what changed")}, weights {linked.Model.Digest.ToString()[..8]}, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MB");
            int known = now.Length - (day == 0 ? count : ADay);
            start = Stopwatch.GetTimestamp();
            Conclude(linked, history, record => int.Parse(record.Record) < known);
            Console.WriteLine($"  conclusions {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
            since = new LinkageChange(records.Skip(now.Length).Take(ADay).Select(record => record.Id).ToHashSet(), [], new HashSet<RecordId>(), linked.Model.Digest, linked.Model.Records, [.. linked.Pairs]);
        }
    }

    private static void Conclude(Relinking linked, LinkageHistory history, Func<RecordId, bool> isKnown)
    {
        var register = new Provenance("bench", "linkage", "law", "purpose");
        long entry = 0;
        foreach (Membership membership in LinkageConclusion.Of(linked, history, isKnown).Memberships)
        {
            history.Add(new Entry(entry++, membership.ToStatement(register)));
        }
    }

    private static IdentityRecord Record(int place, IReadOnlyList<string> row) => new(
        new RecordId("generated", place.ToString("0000000")),
        SubjectKind.Establishment,
        Fields.Of(("name", Value.Of(row[0])), ("address", Value.Of(row[1])), ("postcode", Value.Of(row[2])), ("city", Value.Of(row[3])), ("telephone", Value.Of(row[4])), ("website", Value.Of(row[5]))));
}
