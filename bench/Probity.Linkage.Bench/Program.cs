using System.Diagnostics;
using Probity.Linkage;
using Probity.Linkage.Bench;

int count = args.Length > 0 ? int.Parse(args[0]) : 1_000_000;
if (args.Contains("online"))
{
    OnlineMatching.Run(count);
    return;
}

if (args.Contains("daily"))
{
    DailyLinkage.Run(count);
    return;
}

GeneratedRecords generated = GeneratedRecords.Of(count);
Console.WriteLine($"{count:N0} generated records of {generated.Truth.Distinct().Count():N0} organisations, {Environment.ProcessorCount} cores");
for (int round = 0; round < 2; round++)
{
    TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    var stages = new List<string>();
    long begun = start;
    LinkageOutcome outcome = LinkageRun.Link(LinkageSpecification.Default, [generated.Table], [], (stage, share) =>
    {
        stages.Add(share == 0 ? "" : $"{stage} {Stopwatch.GetElapsedTime(begun).TotalSeconds:F2} s");
        begun = Stopwatch.GetTimestamp();
    });
    TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
    processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
    LinkageResult result = ((LinkageOutcome.Linked)outcome).Result;
    (double precision, double recall) = Accuracy.Of(result.ClusteredRecords().Select(record => record.Cluster), generated.Truth);
    long peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
    Console.WriteLine($"{elapsed.TotalSeconds:F2} s ({processor.TotalSeconds:F2} s of processor), {result.PairsCompared:N0} pairs, precision {precision:F5}, recall {recall:F5}, peak memory {peak:N0} MB; {elapsed.TotalMicroseconds * Environment.ProcessorCount / result.PairsCompared:F2} µs of a core for each pair compared, everything included");
    Console.WriteLine("  " + string.Join(", ", stages.Where(stage => stage.Length > 0)));
}

if (args.Contains("duckdb"))
{
    using var peer = new DuckPeer(generated.Table, Environment.ProcessorCount);
    for (int round = 0; round < 2; round++)
    {
        long start = Stopwatch.GetTimestamp();
        (long pairs, int[] clusters) = peer.Run();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        (double precision, double recall) = Accuracy.Of(clusters, generated.Truth);
        Console.WriteLine($"DuckDB: {elapsed.TotalSeconds:F2} s, {pairs:N0} pairs, precision {precision:F5}, recall {recall:F5}");
    }
}
