using System.Globalization;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Rating.Tests;

/// <summary>CMS value-based purchasing: every interpolated point, domain and total of the published files.</summary>
public sealed class HospitalValueTests
{
    private static readonly string[] Published = ["clinical_outcomes", "efficiency_and_cost_reduction", "person_and_community_engagement", "safety", "tps"];
    private static readonly (string Column, string Name)[] Survey =
    [
        ("communication with nurses", "nurses"), ("communication with doctors", "doctors"), ("responsiveness of hospital staff", "responsiveness"), ("care transition", "transition"),
        ("communication about medicines", "medicines"), ("cleanliness and quietness of hospital environment", "environment"), ("discharge information", "discharge"), ("overall rating of hospital", "overall"),
    ];

    private static readonly (string Column, string End)[] Ends = [("achievement threshold", "t"), ("benchmark", "b"), ("baseline rate", "base"), ("performance rate", "p"), ("floor", "floor"), ("dimension score", "published")];

    [Theory]
    [InlineData("fy2021", "vbp-2021.0.0")]
    [InlineData("fy2025", "vbp-2025.0.0")]
    public void Points_domains_and_totals_are_the_published_ones(string year, string version)
    {
        Methodology scheme = Files.Read($"registers/us-hospital-value/methodology/{version}.yaml");
        var asOf = new AsOf(scheme.AppliesFrom.AddMonths(6), long.MaxValue);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string hospital, Dictionary<string, string> row) in RowsOf(year))
        {
            OrganisationRating rating = RatingEngine.Rate(scheme, DossierOf(hospital, row, scheme.AppliesFrom), asOf, Cohort.None);
            Dictionary<string, string> values = rating.Outputs.ToDictionary(output => output.Name, output => output.Value);
            foreach ((string column, string published) in row)
            {
                if (NameOf(column) is { } name && values.TryGetValue(name.Name, out string? got) && NumberOf(published) is { } expected)
                {
                    bool equal = decimal.TryParse(got, CultureInfo.InvariantCulture, out decimal number) && Math.Abs(number - expected) < 0.0000001m;
                    string key = $"{name.Kind} {(equal ? "equal" : "different")}";
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }

        Snapshot.Match(string.Join("\n", counts.Select(pair => $"{pair.Value} {pair.Key}")) + "\n", "vbp-" + year);
    }

    private static Dictionary<string, Dictionary<string, string>> RowsOf(string year)
    {
        var hospitals = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (string file in Published)
        {
            foreach (IReadOnlyDictionary<string, string> row in Csv.Read(SharedData.Path($"hospital-value/{year}/{file}.csv")))
            {
                if (!hospitals.TryGetValue(row["Facility ID"], out Dictionary<string, string>? all))
                {
                    hospitals[row["Facility ID"]] = all = [];
                }

                foreach ((string column, string value) in row)
                {
                    all[column.ToLowerInvariant()] = value;
                }
            }
        }

        return hospitals;
    }

    private static Dossier DossierOf(string hospital, Dictionary<string, string> row, DateOnly day)
    {
        var fields = new List<KeyValuePair<string, Value>>();
        foreach ((string column, string value) in row)
        {
            (string Column, string End)? end = Ends.Where(end => column.EndsWith(end.Column, StringComparison.Ordinal)).Select(end => ((string, string)?)end).FirstOrDefault();
            string? name = column == "combined ssi measure score" ? "ssi_score" : end is { } found ? $"{MeasureOf(column[..^found.Column.Length].Trim())}_{found.End}" : null;
            if (name is not null && NumberOf(value) is { } number)
            {
                fields.Add(new(name, Value.Of(number.ToString(CultureInfo.InvariantCulture))));
            }
        }

        var about = new RecordId("cms", hospital);
        var law = new Provenance("cms", "care", "42 CFR 412.165", "public information on hospital quality");
        return new Dossier(OrganisationId.FirstSeenAs(about), SubjectKind.Establishment, [new Entry(0, Statement.Finding(law, about, SubjectKind.Establishment, Occasion.Of("measures", day), Fields.Of([.. fields])))]);
    }

    private static string MeasureOf(string column) => Survey.FirstOrDefault(survey => survey.Column == column).Name ?? column.Replace('-', '_');

    private static (string Kind, string Name)? NameOf(string column) => column switch
    {
        "hcahps base score" => ("base score", "survey_base"),
        "hcahps consistency score" => ("consistency", "consistency"),
        "total performance score" => ("total", "total"),
        "unweighted normalized clinical outcomes domain score" => ("clinical domain", "clinical"),
        "unweighted person and community engagement domain score" => ("engagement domain", "engagement"),
        "unweighted normalized safety domain score" => ("safety domain", "safety"),
        "unweighted normalized efficiency and cost reduction domain score" => ("efficiency domain", "efficiency"),
        _ when column.EndsWith(" achievement points", StringComparison.Ordinal) => ("achievement points", MeasureOf(column[..^19]) + "_achievement"),
        _ when column.EndsWith(" improvement points", StringComparison.Ordinal) => ("improvement points", MeasureOf(column[..^19]) + "_improvement"),
        "combined ssi measure score" => null,
        _ when column.EndsWith(" measure score", StringComparison.Ordinal) => ("measure score", MeasureOf(column[..^14]) + "_score"),
        _ when column.EndsWith(" dimension score", StringComparison.Ordinal) => ("dimension score", MeasureOf(column[..^16]) + "_score"),
        _ => null,
    };

    // "77.4970%", "3 out of 10", "0.872624"; null for "Not Available".
    private static decimal? NumberOf(string text) =>
        decimal.TryParse(text.Split(' ')[0].TrimEnd('%'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
