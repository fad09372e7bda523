using System.Globalization;
using System.Text;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Rating.Tests;

public sealed class FoodHygieneTests
{
    private const string File = "registers/uk-food-hygiene/methodology/fhrs-1.0.0.yaml";
    private static readonly Provenance Law = new("fhrs", "food", "Food Law Code of Practice, Annex 5", "public information on food hygiene");
    private static readonly AsOf Summer2021 = new(new DateOnly(2021, 8, 31), long.MaxValue);
    private static readonly Methodology Scheme = Files.Read(File);

    [Fact]
    public void Every_test_beside_the_rules_passes()
    {
        Assert.DoesNotContain(Scheme.RunTests(), result => !result.Passed);
        Assert.True(Scheme.RunTests().Length > 40);
    }

    [Fact]
    public void Every_establishment_with_scores_has_the_published_rating()
    {
        string[] lines = System.IO.File.ReadAllLines(SharedData.Path("food-hygiene/establishments.csv"));
        string[] header = lines[0].Split(',');
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Dossier[] dossiers = [.. lines.Skip(1).Select(line => DossierOf(header, Csv.Cells(line)))];
        PopulationRating columns = Population.Of(Scheme, dossiers, Summer2021).Rate(2);
        foreach (Dossier dossier in dossiers)
        {
            OrganisationRating rating = RatingEngine.Rate(Scheme, dossier, Summer2021, Cohort.None);
            int row = columns.RowOf(dossier.Organisation);
            Assert.Equal(rating.Outcome, columns.OutcomeOf(row));
            Assert.Equal(rating.Outputs, columns.OutputsOf(row));
            string key = $"{rating.Outcome.GetType().Name} {(rating.Outcome is Outcome.NotRated ? rating.Outcome.Code + " " : "")}{rating.Agreement}";
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(35574, counts["Rated Equal"]);
        Snapshot.Match(string.Join("\n", counts.Select(pair => $"{pair.Value} {pair.Key}")) + "\n", "fhrs-outcomes");
    }

    [Fact]
    public void The_cells_of_the_table_are_the_schemes()
    {
        var text = new StringBuilder();
        foreach (int total in Enumerable.Range(0, 17).Select(i => i * 5))
        {
            foreach (int worst in (int[])[0, 5, 10, 15, 20, 25, 30])
            {
                text.Append(RatingOfCell(total, worst));
            }

            text.Append('\n');
        }

        Snapshot.Match(text.ToString(), "fhrs-cells");
    }

    [Fact]
    public void A_rating_has_these_bytes()
    {
        OrganisationRating rating = RatingEngine.Rate(Scheme, DossierOf(0, 10, 10), Summer2021 with { KnownAt = 3 }, Cohort.None);
        Snapshot.Match(Encoding.UTF8.GetString(rating.ToBytes()) + "\n", "fhrs-rating");
    }

    [Fact]
    public void The_explanation_sums_to_the_score()
    {
        OrganisationRating rating = RatingEngine.Rate(Scheme, DossierOf(0, 10, 10), Summer2021, Cohort.None);
        ExplanationLine score = Assert.Single(rating.Explanation.Children, line => line.Points is not null);
        Assert.Equal(20m, rating.Score);
        Assert.Equal(20m, score.Points);
        Assert.Equal([0m, 10m, 10m], score.Children.Select(line => line.Points!.Value));
        Assert.All(score.Children, line => Assert.Equal([1L], line.Evidence));
    }

    [Fact]
    public void G14_the_margin_and_the_nearest_change_are_shown()
    {
        OrganisationRating rating = RatingEngine.Rate(Scheme, DossierOf(0, 10, 10), Summer2021, Cohort.None);
        Assert.Equal(("4", new DateOnly(2020, 2, 12)), (rating.Outcome.Code, rating.RestsOn));
        Assert.Equal(
            ["total 20 to 21: 3", "worst 10 to 11: 2"],
            rating.Margins.Select(margin => $"{margin.Name} {margin.Value} to {margin.Cut}: {margin.Band}").Order(StringComparer.Ordinal));
        Assert.Equal("with 5 points instead of 0 for Hygienic handling of food, and all else as it is, it would be 3, Generally satisfactory", rating.NearestChange!.Text);
    }

    [Fact]
    public void The_document_has_a_transparency_record()
    {
        MethodologyDocument document = MethodologyDocument.Of(Scheme, "en");
        var text = new StringBuilder(document.Title + "\n");
        foreach (DocumentSection section in document.Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n# {section.Heading}\n");
            foreach (DocumentBlock block in section.Blocks)
            {
                text.AppendLine(block switch
                {
                    DocumentBlock.Paragraph paragraph => paragraph.Text,
                    DocumentBlock.Link link => $"[{link.Text}]({link.Url})",
                    DocumentBlock.Table table => string.Join("\n", table.Rows.Prepend(table.Header).Select(row => "| " + string.Join(" | ", row) + " |")),
                    _ => "",
                });
            }
        }

        Snapshot.Match(text.ToString().Replace(Scheme.Fingerprint.ToString(), "(fingerprint)", StringComparison.Ordinal), "fhrs-document");
    }

    private static string RatingOfCell(int total, int worst)
    {
        return RatingEngine.Rate(Scheme, DossierWith(total, worst), Summer2021, Cohort.None).Outcome is Outcome.Rated rated ? rated.Band : "-";
    }

    // Three scores with that total and that worst, where the scheme's score sets hold them.
    private static Dossier DossierWith(int total, int worst)
    {
        int[] places = [0, 5, 10, 15, 20, 25];
        foreach (int hygiene in places)
        {
            foreach (int structural in places)
            {
                int confidence = total - hygiene - structural;
                if (confidence is 0 or 5 or 10 or 20 or 30 && Math.Max(Math.Max(hygiene, structural), confidence) == worst)
                {
                    return DossierOf(hygiene, structural, confidence);
                }
            }
        }

        return new Dossier(OrganisationId.FirstSeenAs(new RecordId("fhrs", "1")), SubjectKind.Establishment, []);
    }

    private static Dossier DossierOf(int hygiene, int structural, int confidence)
    {
        var record = new RecordId("fhrs", "592");
        Statement identity = Statement.Identity(Law, record, SubjectKind.Establishment, Fields.Of(("name", Value.Of("Hollybank"))));
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [new Entry(0, identity), new Entry(1, Inspection(record, new DateOnly(2020, 2, 12), (hygiene, structural, confidence)))]);
    }

    private static Statement Inspection(RecordId record, DateOnly? day, (int Hygiene, int Structural, int Confidence) scores) => Statement.Finding(
        Law,
        record,
        SubjectKind.Establishment,
        Occasion.Of("inspection", day),
        Fields.Of(("hygiene", Value.Of(scores.Hygiene)), ("structural", Value.Of(scores.Structural)), ("confidence", Value.Of(scores.Confidence))));

    private static Dossier DossierOf(string[] header, string[] cells)
    {
        string Of(string name) => cells[Array.IndexOf(header, name)];
        var record = new RecordId("fhrs", Of("FHRSID"));
        DateOnly written = DateOnly.ParseExact(Of("RatingDate")[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        DateOnly? day = written.Year > 1901 ? written : null; // 1901-01-01 stands for "none" in this file
        var entries = new List<Entry>();
        if (Of("Hygiene").Length > 0)
        {
            int Score(string name) => (int)decimal.Parse(Of(name), CultureInfo.InvariantCulture);
            entries.Add(new Entry(0, Inspection(record, day, (Score("Hygiene"), Score("Structural"), Score("ConfidenceInManagement")))));
        }

        entries.Add(new Entry(1, Statement.Finding(Law, record, SubjectKind.Establishment, Occasion.Of("rating", day), Fields.Of(("value", Value.Of(Of("RatingValue")))))));
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [.. entries]);
    }
}
