using System.Globalization;
using Probity.Evidence;

namespace Probity.Linkage.Tests;

/// <summary>
/// Labelled organisations that are no part of this repository and that no rule or number was fitted to, measured at the published thresholds.
/// The environment variable PROBITY_LINKAGE_ELSEWHERE names a folder with a sub-folder for each set. A set is either
/// names: <c>pairs.csv</c> with the columns name1, name2 and is_match ("true" or "false"); or records: <c>truth.csv</c> with the columns
/// input, id and entity (two records of one entity are the same organisation), and for each input a file INPUT.csv whose column <c>id</c> is
/// the truth's id. Each test prints precision, recall and F1 of every set and the first 20 errors of each kind. It holds no figure: what was
/// measured stands in docs/linkage.md.
/// </summary>
public sealed class ElsewhereTests(ITestOutputHelper output)
{
    private const string Variable = "PROBITY_LINKAGE_ELSEWHERE";
    private const int Shown = 20;

    [Fact]
    public void Records_of_other_sets_are_linked_and_measured()
    {
        foreach (string folder in Sets("truth.csv"))
        {
            List<LinkTable> tables = [.. Directory.GetFiles(folder, "*.csv").Where(path => Path.GetFileName(path) != "truth.csv").Order(StringComparer.Ordinal).Select(Table)];
            LinkageResult result = Tables.Link(tables);
            var truth = CsvRows.Read(Path.Combine(folder, "truth.csv")).ToDictionary(row => new RecordId(row["input"], row["id"]), row => row["entity"]);
            Assert.Equal(truth.Count, tables.Sum(table => table.Rows.Count));
            Measure(Path.GetFileName(folder), result, truth, tables);
        }
    }

    [Fact]
    public void Pairs_of_names_of_other_sets_are_told_apart_and_measured()
    {
        foreach (string folder in Sets("pairs.csv"))
        {
            (Score given, Score strict) = (new Score(), new Score());
            var errors = new List<string>();
            foreach (Dictionary<string, string> row in CsvRows.Read(Path.Combine(folder, "pairs.csv")))
            {
                NamePair pair = NamePair.Compare(row["name1"], row["name2"]);
                (bool match, bool found) = (row["is_match"] == "true", pair.Probability >= NamePair.Threshold);
                given.Count(match, found);
                strict.Count(match && !pair.NumbersClash, found);
                if (match != found)
                {
                    errors.Add(string.Create(CultureInfo.InvariantCulture, $"{(match ? "missed" : "wrong")} {pair.Probability:F3}{(pair.NumbersClash ? " numbers clash" : "")}: {row["name1"]} | {row["name2"]}"));
                }
            }

            output.WriteLine($"{Path.GetFileName(folder)}: names as given: {given}");
            output.WriteLine($"{Path.GetFileName(folder)}: names strict: {strict}");
            Print(errors);
        }
    }

    private static List<string> Sets(string file)
    {
        string? root = Environment.GetEnvironmentVariable(Variable);
        if (root is null)
        {
            Assert.Skip($"{Variable} names no folder of labelled sets (its layout: the summary of ElsewhereTests)");
        }

        List<string> sets = [.. Directory.GetDirectories(root).Where(folder => File.Exists(Path.Combine(folder, file))).Order(StringComparer.Ordinal)];
        Assert.SkipWhen(sets.Count == 0, $"no sub-folder of {Variable} holds a {file}");
        return sets;
    }

    private static LinkTable Table(string path)
    {
        List<Dictionary<string, string>> rows = CsvRows.Read(path);
        string[] columns = [.. rows[0].Keys];
        return new LinkTable(Path.GetFileNameWithoutExtension(path), [.. columns], [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row[column])])]);
    }

    private void Measure(string name, LinkageResult result, Dictionary<RecordId, string> truth, List<LinkTable> tables)
    {
        Dictionary<RecordId, string> cluster = result.ClusteredRecords().ToDictionary(record => record.Record, record => record.Cluster);
        HashSet<(RecordId, RecordId)> likely = [.. result.Pairs().Where(pair => pair.Probability >= result.Specification.Threshold).Select(pair => (pair.One, pair.Other))];
        (Score pairs, Score clusters, Score across) = (new Score(), new Score(), new Score());
        var errors = new List<string>();
        RecordId[] ids = [.. tables.SelectMany(table => table.Rows.Select(row => new RecordId(table.Name, row[table.Columns.IndexOf("id")])))];
        for (int i = 0; i < ids.Length; i++)
        {
            for (int j = i + 1; j < ids.Length; j++)
            {
                (bool match, bool found, bool joined) = (truth[ids[i]] == truth[ids[j]], likely.Contains((ids[i], ids[j])), cluster[ids[i]] == cluster[ids[j]]);
                pairs.Count(match, found);
                clusters.Count(match, joined);
                if (ids[i].Source != ids[j].Source)
                {
                    across.Count(match, found);
                }

                if (match != joined)
                {
                    errors.Add(Line(match ? "missed" : "wrong", result.Explain(ids[i], ids[j])!, tables));
                }
            }
        }

        output.WriteLine($"{name}: {ids.Length} records\npairs    {pairs}\nacross   {across}\nclusters {clusters}");
        Print(errors);
    }

    private void Print(List<string> errors)
    {
        foreach (string line in errors.Where(error => error.StartsWith('m')).Take(Shown).Concat(errors.Where(error => error.StartsWith('w')).Take(Shown)))
        {
            output.WriteLine("  " + line);
        }
    }

    private static string Line(string kind, LinkedPair pair, List<LinkTable> tables)
    {
        string steps = string.Join("; ", pair.Waterfall.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Field} {step.Outcome} {step.Bits:F1}")));
        return string.Create(CultureInfo.InvariantCulture, $"{kind} {pair.Probability:F4}: {Text(pair.One, tables)} | {Text(pair.Other, tables)} [{steps}]");
    }

    private static string Text(RecordId id, List<LinkTable> tables)
    {
        LinkTable table = tables.Single(table => table.Name == id.Source);
        int column = table.Columns.IndexOf("id");
        return string.Join(", ", table.Rows.Single(row => row[column] == id.Record));
    }
}
