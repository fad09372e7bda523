using System.Globalization;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Linkage.Tests;

/// <summary>
/// Service sites of one city from nine sources, with labels that lean on the address. Pairs: two records of one true id, found where their own
/// probability reaches the threshold, and found as clusters where both came into one cluster.
/// </summary>
public sealed class ProvidersTests(ITestOutputHelper output)
{
    [Fact]
    public void Sites_are_linked_at_the_published_threshold_without_a_specification()
    {
        List<Dictionary<string, string>> rows = CsvRows.Read(SharedData.Path("linkage/providers.csv"));
        Dictionary<RecordId, Dictionary<string, string>> byId = rows.ToDictionary(row => new RecordId("providers", row["Id"]));
        LinkageResult result = Link(rows);
        Dictionary<RecordId, string> found = result.ClusteredRecords().ToDictionary(record => record.Record, record => record.Cluster);
        HashSet<(RecordId, RecordId)> likely = [.. result.Pairs().Where(pair => pair.Probability >= result.Specification.Threshold).Select(pair => (pair.One, pair.Other))];
        (Score pairs, Score clusters) = Count(byId, found, likely, result);
        output.WriteLine($"pairs {pairs}");
        output.WriteLine($"clusters {clusters}");
        output.WriteLine($"compared {result.PairsCompared} clusters {result.Clusters} refused {result.JoinsRefused}");
        Assert.True(pairs.F1 >= 0.94, $"pairs {pairs}");
        Assert.True(clusters.F1 >= 0.92, $"clusters {clusters}");
        Assert.True(clusters is { Precision: >= 0.97, Recall: >= 0.85 }, $"clusters {clusters}");
    }

    [Fact]
    public void Probabilities_are_held_against_the_labels()
    {
        List<Dictionary<string, string>> rows = CsvRows.Read(SharedData.Path("linkage/providers.csv"));
        Dictionary<string, string> truth = rows.ToDictionary(row => row["Id"], row => row["True Id"]);
        Calibration calibration = Calibration.Of(Link(rows).Pairs().Select(pair => (pair.Probability, truth[pair.One.Record] == truth[pair.Other.Record])));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Brier score {calibration.Brier:F4}"));
        foreach (CalibrationBand band in calibration.Bands)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{band.From:F1}: {band.Pairs} pairs, mean {band.MeanProbability:F3}, of one label {(double)band.Same / band.Pairs:F3} {new string('#', band.Same * 40 / band.Pairs)}"));
        }

        Assert.InRange(calibration.Brier!.Value, 0, 0.04);
    }

    private static LinkageResult Link(List<Dictionary<string, string>> rows)
    {
        string[] columns = ["Id", "Source", "Site name", "Address", "Zip", "Phone"];
        var table = new LinkTable("providers", [.. columns], [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row[column])])]);
        return Assert.IsType<LinkageOutcome.Linked>(LinkageRun.Link(LinkageSpecification.Default, [table])).Result;
    }

    private (Score Pairs, Score Clusters) Count(
        Dictionary<RecordId, Dictionary<string, string>> byId, Dictionary<RecordId, string> found, HashSet<(RecordId, RecordId)> likely, LinkageResult result)
    {
        (Score pairs, Score clusters) = (new Score(), new Score());
        (int wrong, int missed) = (0, 0);
        RecordId[] ids = [.. byId.Keys];
        for (int i = 0; i < ids.Length; i++)
        {
            for (int j = i + 1; j < ids.Length; j++)
            {
                bool match = byId[ids[i]]["True Id"] == byId[ids[j]]["True Id"];
                bool linked = found[ids[i]] == found[ids[j]];
                pairs.Count(match, likely.Contains((ids[i], ids[j])));
                clusters.Count(match, linked);
                if (match != linked && (match ? missed++ : wrong++) < 20)
                {
                    Show(result.Explain(ids[i], ids[j])!, byId, match ? "missed" : "wrong");
                }
            }
        }

        return (pairs, clusters);
    }

    private void Show(LinkedPair pair, Dictionary<RecordId, Dictionary<string, string>> byId, string kind)
    {
        string steps = string.Join("; ", pair.Waterfall.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Field} {step.Outcome} {step.Bits:F1}")));
        output.WriteLine($"{kind} {pair.Probability:F3}: {Line(byId[pair.One])} | {Line(byId[pair.Other])} [{steps}]");
    }

    private static string Line(Dictionary<string, string> row) => $"{row["Site name"].Trim()}, {row["Address"].Trim()} {row["Zip"]} {row["Phone"]}";
}
