using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Linkage;

namespace Probity.Linking;

/// <summary>The files that a linkage writes: clusters and pairs as CSV (RFC 4180), the report as JSON.</summary>
internal static class LinkOutput
{
    /// <summary>Why the files to write may not be written: one of them is an input, or both are one; null where they may.</summary>
    /// <param name="inputs">Each NAME=FILE.</param>
    /// <param name="clusters">The file of clusters.</param>
    /// <param name="pairs">The file of pairs; null for none.</param>
    public static string? Overwrites(IEnumerable<string> inputs, string clusters, string? pairs)
    {
        HashSet<string> read = [.. inputs.Select(input => PathOf(input[(input.IndexOf('=', StringComparison.Ordinal) + 1)..]))];
        string? input = new[] { clusters, pairs }.OfType<string>().FirstOrDefault(file => read.Contains(PathOf(file)));
        return input is not null ? $"'{input}' is an input and would be overwritten; name another file to write"
            : pairs is not null && PathOf(clusters) == PathOf(pairs) ? $"--out and --pairs are both '{clusters}'; name two files"
            : null;
    }

    /// <summary>The full path of a file behind the last of its links, so that one file has one path.</summary>
    public static string PathOf(string file)
    {
        string full = Path.GetFullPath(file.Length > 0 ? file : ".");
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? target.FullName : full;
    }

    /// <summary>record, cluster, probability: one line a record, in the order of inputs and rows.</summary>
    public static void WriteClusters(TextWriter writer, LinkageResult result)
    {
        Line(writer, "record", "cluster", "probability");
        foreach (ClusteredRecord record in result.ClusteredRecords())
        {
            Line(writer, record.Record.ToString(), record.Cluster, Number(record.Probability));
        }
    }

    /// <summary>one, other, probability, linked, waterfall: every pair of probability 0.2 and more; bits of evidence with their sign.</summary>
    public static void WritePairs(TextWriter writer, LinkageResult result)
    {
        Line(writer, "one", "other", "probability", "linked", "waterfall");
        foreach (LinkedPair pair in result.Pairs())
        {
            Line(writer, pair.One.ToString(), pair.Other.ToString(), Number(pair.Probability), pair.Linked ? "true" : "false", Waterfall(pair));
        }
    }

    /// <summary>The report with what each column was taken for.</summary>
    public static JsonObject Report(LinkageResult result)
    {
        LinkageReport report = LinkageReport.Of(result);
        return new JsonObject
        {
            ["records"] = report.Records,
            ["clusters"] = report.Clusters,
            ["threshold"] = result.Specification.Threshold,
            ["pairs_compared"] = report.PairsCompared,
            ["blocking_recall_estimate"] = report.BlockingRecall is { } recall ? Math.Round(recall, 4, MidpointRounding.ToEven) : null,
            ["joins_refused"] = result.JoinsRefused,
            ["common_keys"] = result.CommonKeys,
            ["placeholders"] = Texts(result.Placeholders),
            ["without_name"] = result.Unnamed.Count,
            ["failed_checks"] = new JsonObject(result.FailedChecks.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["columns"] = Columns(result),
            ["bands"] = new JsonArray([.. report.Bands.Select(band => new JsonObject { ["from"] = band.From, ["pairs"] = band.Pairs, ["linked"] = band.Linked })]),
            ["biggest"] = Clusters(report.Biggest),
            ["weakest"] = Clusters(report.Weakest),
            ["doubtful_pairs"] = report.DoubtfulPairs,
            ["doubtful"] = new JsonArray([.. report.Doubtful.Select(Pair)]),
        };
    }

    private static JsonObject Columns(LinkageResult result) => new(result.Columns.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => KeyValuePair.Create(
        input.Key,
        (JsonNode?)new JsonArray([.. input.Value.Select(use => new JsonObject { ["column"] = use.Column, ["role"] = Role(use) })]))));

    /// <summary>A column's role as a specification writes it.</summary>
    public static string Role(ColumnUse use) => LinkageSpecification.RoleName(use.Role) + (use.Scheme.Length > 0 ? " " + use.Scheme : "");

    private static JsonArray Clusters(IEnumerable<ClusterSummary> clusters) =>
        new([.. clusters.Select(cluster => new JsonObject { ["cluster"] = cluster.Cluster, ["records"] = cluster.Records, ["weakest_link"] = Rounded(cluster.WeakestLink) })]);

    private static JsonObject Pair(LinkedPair pair) => new()
    {
        ["one"] = pair.One.ToString(),
        ["other"] = pair.Other.ToString(),
        ["probability"] = Rounded(pair.Probability),
        ["linked"] = pair.Linked,
        ["waterfall"] = new JsonArray([.. pair.Waterfall.Select(step => new JsonObject { ["field"] = step.Field, ["outcome"] = step.Outcome, ["bits"] = Math.Round(step.Bits, 2, MidpointRounding.ToEven) })]),
    };

    private static string Waterfall(LinkedPair pair) =>
        string.Join("; ", pair.Waterfall.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Field}: {step.Outcome} {step.Bits:+0.0;-0.0;0.0}")));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static double Rounded(double probability) => Math.Round(probability, 6, MidpointRounding.ToEven);

    private static string Number(double probability) => Rounded(probability).ToString("0.######", CultureInfo.InvariantCulture);

    private static void Line(TextWriter writer, params ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            writer.Write(i == 0 ? "" : ",");
            writer.Write(fields[i].AsSpan().IndexOfAny(",\"\r\n") < 0 ? fields[i] : $"\"{fields[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        writer.Write("\r\n");
    }
}
