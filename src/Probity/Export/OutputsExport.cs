using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Probity.Pipeline;
using Probity.Rating;

namespace Probity.Export;

/// <summary>Writes ratings with every named output as CSV (formats/export.md).</summary>
internal static class OutputsExport
{
    private static readonly ImmutableArray<string> Always = ["source_id", "name", "outcome", "score"];

    /// <summary>Writes a header and one line an organisation, in the order given; how many organisations there were of each outcome.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="methodology">Names the outputs.</param>
    /// <param name="ratings">What is written, each by this methodology.</param>
    public static IReadOnlyDictionary<string, long> Write(TextWriter output, Methodology methodology, IEnumerable<FileRating> ratings)
    {
        using var csv = new CsvWriter(output, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        ImmutableArray<string> first = methodology.HasRobustness ? Always.Add("band_probability") : Always;
        WriteRow(csv, first.Concat(methodology.OutputNames.Select(name => first.Contains(name) ? "output." + name : name)));
        var outcomes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (FileRating one in ratings)
        {
            outcomes[one.Rating.Outcome.Code] = outcomes.GetValueOrDefault(one.Rating.Outcome.Code) + 1;
            string score = one.Rating.Score?.ToString(CultureInfo.InvariantCulture) ?? "";
            ImmutableArray<(string Name, string Value)> outputs = one.Rating.Outputs;
            IEnumerable<string> values = outputs.IsEmpty ? methodology.OutputNames.Select(_ => "") : outputs.Select(named => named.Value == "missing" ? "" : named.Value);
            IEnumerable<string> probability = methodology.HasRobustness ? [one.Rating.Robustness?.Probability.ToString(CultureInfo.InvariantCulture) ?? ""] : [];
            WriteRow(csv, [one.SourceId, one.Name, one.Rating.Outcome.Code, score, .. probability, .. values]);
        }

        return outcomes;
    }

    private static void WriteRow(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(IsFormula(field) ? "'" + field : field);
        }

        csv.NextRecord();
    }

    /// <summary>Whether a spreadsheet would take a text for a formula; a number with a sign is none.</summary>
    private static bool IsFormula(string field) =>
        field.Length > 0 && field[0] is ('=' or '+' or '-' or '@' or '\t' or '\r')
        && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
