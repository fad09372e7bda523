using System.Globalization;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Rating.Tests;

/// <summary>Official schemes reproduced from official data, by methodology files alone.</summary>
public sealed class OfficialSchemeTests
{
    private static readonly Provenance Care = new("test", "care", "test", "test");

    [Fact]
    public void Aged_care_differs_from_the_published_stars_three_times_in_17168()
    {
        Methodology scheme = Files.Read("registers/au-aged-care/methodology/star-ratings-1.0.0.yaml");
        int equal = 0;
        var differing = new List<string>();
        foreach (IReadOnlyDictionary<string, string> row in Csv.Read(SharedData.Path("aged-care/services.csv")))
        {
            var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(long.Parse(row["quarter_date"], CultureInfo.InvariantCulture)).UtcDateTime);
            (string, string)[] parts = [("experience", row["residents_experience_rating"]), ("compliance", row["compliance_rating"]), ("staffing", row["staffing_rating"]), ("quality", row["quality_measures_rating"])];
            Dossier dossier = Of(row["facility_id"] + day, day, ("parts", parts), ("rating", [("value", row["overall_star_rating"])]));
            OrganisationRating rating = RatingEngine.Rate(scheme, dossier, new AsOf(day, long.MaxValue), Cohort.None);
            equal += rating.Agreement == Agreement.Equal ? 1 : 0;
            if (rating.Agreement == Agreement.Differs)
            {
                differing.Add(row["reporting_period"]);
            }
        }

        Assert.Equal(17165, equal);
        Assert.Equal(["December 2023", "May 2023", "May 2023"], differing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_hospital_has_the_published_total_score_of_acquired_conditions()
    {
        Methodology scheme = Files.Read("registers/us-hospital-acquired-conditions/methodology/hac-2025.0.0.yaml");
        var asOf = new AsOf(new DateOnly(2025, 1, 1), long.MaxValue);
        (IReadOnlyDictionary<string, string> Row, Dossier Dossier)[] hospitals = [.. Csv.Read(SharedData.Path("hospital-acquired-conditions/fy2025/hospitals.csv")).Select(row => (row, Of(row["Facility ID"], new DateOnly(2024, 12, 1),
            ("measures", [("jurisdiction", row["State"]), ("psi_90", row["PSI 90 W Z Score"]), ("clabsi", row["CLABSI W Z Score"]), ("cauti", row["CAUTI W Z Score"]), ("ssi", row["SSI W Z Score"]), ("cdi", row["CDI W Z Score"]), ("mrsa", row["MRSA W Z Score"])]),
            ("sanction", row["Payment Reduction"] is "Yes" or "No" ? [("value", row["Payment Reduction"] == "Yes" ? "reduced" : "not-reduced")] : []))))];
        Cohort cohort = RatingEngine.Survey(scheme, hospitals.Select(hospital => hospital.Dossier), asOf);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((IReadOnlyDictionary<string, string> row, Dossier dossier) in hospitals)
        {
            OrganisationRating rating = RatingEngine.Rate(scheme, dossier, asOf, cohort);
            string key = $"{rating.Outcome.Code} {rating.Agreement}";
            counts[key] = counts.GetValueOrDefault(key) + 1;
            if (decimal.TryParse(row["Total HAC Score"], CultureInfo.InvariantCulture, out decimal published))
            {
                decimal score = decimal.Parse(rating.Outputs.Single(output => output.Name == "total").Value, CultureInfo.InvariantCulture);
                Assert.InRange(score - published, -0.0001m, 0.0001m);
                counts["total score equal"] = counts.GetValueOrDefault("total score equal") + 1;
            }
        }

        Snapshot.Match(string.Join("\n", counts.Select(pair => $"{pair.Value} {pair.Key}")) + "\n", "hac-outcomes");
    }

    [Theory]
    [InlineData(2021, 3330, 4536)]
    [InlineData(2023, 3061, 4654)]
    [InlineData(2025, 2872, 4566)]
    public void Hospital_stars_are_the_published_ones(int year, int published, int staged)
    {
        Methodology scheme = Files.Read($"registers/us-hospital-stars/methodology/stars-{year}.0.0.yaml");
        var asOf = new AsOf(new DateOnly(year, 8, 1), long.MaxValue);
        Dictionary<string, string> stars = Csv.Read(SharedData.Path($"hospital-stars/{year}/published.csv")).ToDictionary(row => row["Facility ID"], row => row["Hospital overall rating"]);
        var hospitals = Csv.Read(SharedData.Path($"hospital-stars/{year}/measures.csv")).ToDictionary(row => row["PROVIDER_ID"], row => Of(row["PROVIDER_ID"], new DateOnly(year, 7, 1),
            ("measures", [.. row.Where(cell => cell.Key != "PROVIDER_ID").Select(cell => (cell.Key.Replace("_STAR_RATING", "", StringComparison.Ordinal).ToLowerInvariant(), cell.Value))]),
            ("star", stars.GetValueOrDefault(row["PROVIDER_ID"], "") is { Length: 1 } star ? [("value", star)] : [])));
        Cohort cohort = RatingEngine.Survey(scheme, hospitals.Values, asOf);
        Dictionary<string, OrganisationRating> ratings = hospitals.ToDictionary(hospital => hospital.Key, hospital => RatingEngine.Rate(scheme, hospital.Value, asOf, cohort));
        Assert.Equal(published, ratings.Values.Count(rating => rating.Published is not null && rating.Agreement == Agreement.Equal));
        Assert.DoesNotContain(ratings.Values, rating => rating.Agreement == Agreement.Differs);
        int rows = 0;
        foreach (IReadOnlyDictionary<string, string> row in Csv.Read(SharedData.Path($"hospital-stars/{year}/expected-stages.csv")))
        {
            rows++;
            Dictionary<string, string> values = ratings[row["PROVIDER_ID"]].Outputs.ToDictionary(output => output.Name, output => output.Value);
            Near(row["summary_score"], values["summary"]);
            Near(row["Std_Outcomes_Mortality_score"], values["mortality"]);
            Near(row["Std_Outcomes_Safety_score"], values["safety"]);
            Near(row["Std_Outcomes_Readmission_score"], values["readmission"]);
            Near(row["Std_PatientExp_score"], values["experience"]);
            Near(row["Std_Process_score"], values["process"]);
            Assert.Equal(row["star"], row["star"].Length > 0 ? ratings[row["PROVIDER_ID"]].Outcome.Code : "");
        }

        Assert.Equal(staged, rows);
    }

    private static void Near(string expected, string got)
    {
        if (expected.Length > 0)
        {
            Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), double.Parse(got, CultureInfo.InvariantCulture), 5e-9);
        }
    }

    private static Dossier Of(string record, DateOnly day, params (string Type, (string Name, string Value)[] Fields)[] findings)
    {
        var about = new RecordId("test", record);
        IEnumerable<Entry> entries = findings.Where(finding => finding.Fields.Any(field => field.Value.Length > 0)).Select((finding, index) => new Entry(index, Statement.Finding(
            Care, about, SubjectKind.Establishment, Occasion.Of(finding.Type, day), Fields.Of([.. finding.Fields.Where(field => IsValue(field.Value)).Select(field => new KeyValuePair<string, Value>(field.Name, ValueOf(field)))]))));
        return new Dossier(OrganisationId.FirstSeenAs(about), SubjectKind.Establishment, [.. entries]);
    }

    private static bool IsValue(string text) => text is not ("" or "NA" or "N/A");

    private static Value ValueOf((string Name, string Value) field) =>
        field.Name != "value" && long.TryParse(field.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? Value.Of(whole) : Value.Of(field.Value);
}
