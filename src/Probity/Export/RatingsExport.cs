using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Probity.Evidence;
using Probity.Register;

namespace Probity.Export;

/// <summary>Writes all ratings in the form of formats/export.md.</summary>
internal static class RatingsExport
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one line an organisation, in the order of organisations' identifiers.</summary>
    public static void Write(TextWriter output, RegisterReader reader, AsOf asOf, bool jsonLines)
    {
        IEnumerable<OrganisationSummary> organisations = reader.Organisations(asOf);
        if (jsonLines)
        {
            foreach (OrganisationSummary one in organisations)
            {
                output.Write(Line(one, asOf).ToJsonString(Plain));
                output.Write('\n');
            }

            return;
        }

        using var csv = new CsvWriter(
            output,
            new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", InjectionOptions = InjectionOptions.Escape, InjectionEscapeCharacter = '\'' },
            leaveOpen: true);
        foreach (string column in (ReadOnlySpan<string>)["organisation", "source_id", "name", "outcome", "score", "band_probability", "status", "published", "rated_on", "dimensions", "methodology", "valid_at", "ledger_size"])
        {
            csv.WriteField(column);
        }

        csv.NextRecord();
        foreach (OrganisationSummary one in organisations)
        {
            WriteRow(csv, one, asOf);
        }
    }

    private static void WriteRow(CsvWriter csv, OrganisationSummary one, AsOf asOf)
    {
        Standing standing = one.Standing;
        csv.WriteField(one.Id.ToString());
        csv.WriteField(one.Record.Record);
        csv.WriteField(one.Particulars.Name);
        csv.WriteField(standing.Outcome);
        csv.WriteField(standing.Score?.ToString(CultureInfo.InvariantCulture) ?? "");
        csv.WriteField(standing.BandProbability?.ToString(CultureInfo.InvariantCulture) ?? "");
        csv.WriteField(StatusWords.Code(standing.Status));
        csv.WriteField(standing.Published);
        csv.WriteField(standing.RatedOn is { } day ? Day.Text(day) : "");
        csv.WriteField(string.Join("; ", standing.Dimensions.Select(one => $"{one.Label}={one.Value.ToString(CultureInfo.InvariantCulture)}")));
        csv.WriteField(standing.Methodology);
        csv.WriteField(Day.Text(asOf.ValidAt));
        csv.WriteField(asOf.KnownAt);
        csv.NextRecord();
    }

    private static JsonObject Line(OrganisationSummary one, AsOf asOf)
    {
        Standing standing = one.Standing;
        var line = new JsonObject
        {
            ["organisation"] = one.Id.ToString(),
            ["source_id"] = one.Record.Record,
            ["name"] = one.Particulars.Name,
            ["outcome"] = standing.Outcome,
            ["status"] = StatusWords.Code(standing.Status),
            ["methodology"] = standing.Methodology,
            ["valid_at"] = Day.Text(asOf.ValidAt),
            ["ledger_size"] = asOf.KnownAt,
        };
        if (standing.Score is { } score)
        {
            line["score"] = score;
        }

        if (standing.BandProbability is { } probability)
        {
            line["band_probability"] = probability;
        }

        if (standing.Published.Length > 0)
        {
            line["published"] = standing.Published;
        }

        if (standing.RatedOn is { } day)
        {
            line["rated_on"] = Day.Text(day);
        }

        if (standing.Dimensions.Length > 0)
        {
            line["dimensions"] = new JsonObject(standing.Dimensions.Select(part => new KeyValuePair<string, JsonNode?>(part.Label, part.Value)));
        }

        return line;
    }
}
