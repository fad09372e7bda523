using System.Diagnostics;
using Probity.Evidence;

namespace Probity.Rating.Bench;

/// <summary>One size: rates by file, by DuckDB and by hand, compares every result, then what-if, explanation and incremental rating.</summary>
internal sealed class SpeedRun(int findings, int organisations, int threads)
{
    private const int Rounds = 7;
    private const int Changed = 1000;
    private readonly GeneratedFindings _generated = GeneratedFindings.Of(findings, organisations);
    private readonly Methodology _methodology = Read();
    private readonly AsOf _asOf = new(GeneratedFindings.ValidAt, findings + (2L * organisations));

    /// <summary>True where all results are the same.</summary>
    public bool Run()
    {
        Console.WriteLine($"{findings:N0} findings of {organisations:N0} organisations, {threads} threads");
        string path = Path.Combine(Path.GetTempPath(), $"probity-bench-{Environment.ProcessId}.frame");
        try
        {
            Gather(path);
            using FrameFile file = FrameFile.Open(path)!;
            Population population = Once("read the frame file, check its checksum", () => file.Read(_methodology, GeneratedFindings.ValidAt)!);
            return Compare(population) && Questions(population);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Gather(string path)
    {
        Population gathered = Once("gather dossiers into columns", () => Population.Of(_methodology, _generated.Dossiers(), _asOf));
        Once("write the frame file", () =>
        {
            FrameFile.Write(path, gathered);
            return 0;
        });
        Console.WriteLine($"  {new FileInfo(path).Length / (double)findings:0.0} bytes a finding on disk");
    }

    private bool Compare(Population population)
    {
        using var duck = new DuckPeer(_generated, threads);
        (PopulationRating? rating, Results? byHand) = (null, null);
        Timed[] times = Timed.InTurn(Rounds,
            ("the methodology file, columns", () => rating = population.Rate(threads)),
            ("by hand, for this methodology alone", () => byHand = HandKernel.Run(_generated, threads)),
            ("DuckDB", duck.Run));
        (Timed engine, Timed hand, Timed peer) = (times[0], times[1], times[2]);
        Console.WriteLine($"  by the clock, middle of the rounds' ratios: DuckDB / columns {peer.Over(engine):0.0} ×; columns / by hand {engine.Over(hand):0.0} ×");
        Console.WriteLine($"  by processor time, least of each: DuckDB / columns {peer.Processor / engine.Processor:0.0} ×; columns / by hand {engine.Processor / hand.Processor:0.0} ×");
        Console.WriteLine($"  {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MB at most, all engines together");
        Results results = ResultsOf(rating!);
        (int first, int second) = (results.FirstDifference(byHand!), results.FirstDifference(duck.Read(organisations)));
        Console.WriteLine(first < 0 && second < 0 ? "  all three gave the same for every organisation" : $"  DIFFERENT at organisation {Math.Max(first, second)}");
        return first < 0 && second < 0;
    }

    private bool Questions(Population population)
    {
        PopulationRating rating = population.Rate(threads);
        foreach (MethodologyChange change in (MethodologyChange[])[new MethodologyChange.ParameterValue("stress", "3"), new MethodologyChange.Cut(1, "rank", 0.6m), new MethodologyChange.ParameterValue("far", "P24M")])
        {
            Methodology changed = _methodology.With([change], [])!;
            Timed.InTurn(Rounds, ($"what if {change}: counts and moves", () => rating.WhatIf(changed, threads).MovesFrom(rating)));
        }

        Cohort cohort = rating.ToCohort();
        Dossier[] some = [.. Enumerable.Range(0, Math.Min(Changed, organisations)).Select(i => _generated.DossierOf((int)(i * (long)organisations / Math.Min(Changed, organisations))))];
        int parts = 0;
        Timed explained = Timed.InTurn(Rounds, ($"explain {some.Length}", () => parts = some.Sum(dossier => RatingEngine.Rate(_methodology, dossier, _asOf, cohort).Explanation.Children.Length)))[0];
        Console.WriteLine($"  {explained.Middle / some.Length:0.000} ms for one explanation, of {(double)parts / some.Length:0.0} parts on average");
        Dossier[] changes = [.. Enumerable.Range(0, some.Length).Select(i => _generated.ChangedDossierOf((int)(i * (long)organisations / some.Length)))];
        PopulationRating after = rating;
        Timed.InTurn(Rounds, ($"rate again after {changes.Length} organisations changed", () => after = rating.With(changes, long.MaxValue, threads)));
        Console.WriteLine($"  {after.MovedSince(rating).Count():N0} organisations moved");
        return true;
    }

    private Results ResultsOf(PopulationRating rating)
    {
        Results results = Results.Empty(organisations);
        for (int i = 0; i < organisations; i++)
        {
            (results.Burden[i], results.Rank[i], results.Band[i]) = ((long)rating.ValueOf("burden", i)!.Value, rating.RealOf("rank", i)!.Value, (byte)rating.CodeOf(i));
        }

        return results;
    }

    private static T Once<T>(string what, Func<T> act)
    {
        long start = Stopwatch.GetTimestamp();
        T result = act();
        Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds,10:N0} ms  {what}");
        return result;
    }

    private static Methodology Read()
    {
        var problems = new List<Problem>();
        string file = Path.Combine(AppContext.BaseDirectory, "speed-1.0.0.yaml");
        return Methodology.Read(file, File.ReadAllText(file), problems) ?? throw new InvalidDataException(string.Join('\n', problems));
    }
}
