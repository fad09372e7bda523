using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>The law beside each value, in explanations and in the document.</summary>
public sealed class ParameterExplanationTests
{
    private const string Rules = """
        probity: 1
        id: test.parameters
        version: 1.0.0
        title: Parameters
        status: draft
        applies: {from: 2020-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        parameters:
          look_back: {label: How far back visits count, type: duration, values: {2020-01-01: {value: P12M, ref: Act section 1}}}
          limit:
            label: Points for a pass
            type: int
            unit: points
            values:
              2020-01-01: {value: 5, ref: Act section 2}
              2024-01-01: {value: 7, ref: Act section 2a, decided: 2023-11-05}
          weight: {type: int, values: {2020-01-01: {value: 2, ref: Act section 3}}}
          ceiling: {label: Highest index, type: int, values: {2020-01-01: {value: 40, ref: Act section 4}}}
        bands: [{code: pass, label: Pass}, {code: fail, label: Fail}]
        evidence:
          visit: {label: visit, expires: {after: P3Y, because: old}, fields: {a: {label: cleanliness, type: int, unit: points, min: 0, max: 9}, b: {type: int, min: 1, optional: true}, c: {type: text, one_of: [x, y]}}}
        indicators:
          a: {label: Cleanliness, from: visit, take: mean, value: decimal(a), where: c == 'x', window: look_back, unit: points, ref: Act section 5, missing: not_rated}
          b: {from: visit, take: latest, value: b, missing: stays}
        scores:
          index: {label: Index, sum: {of: {a: weight, b: 1}, total: 3, missing: share_out}, caps: [{id: top, when: a > 8, at_most: decimal(ceiling), because: Nobody is above it., ref: Act section 6}]}
        outcome: {score: index, dimensions: [a], band: {hit: first, rows: [{when: {a: ">= decimal(limit)"}, then: pass}, {then: fail}]}}
        """;

    [Theory]
    [InlineData(2023, "Points for a pass: 5 points, from 2020-01-01", "Act section 2")]
    [InlineData(2024, "Points for a pass: 7 points, from 2024-01-01, decided on 2023-11-05", "Act section 2a")]
    public void A_parameter_stood_in_the_explanation_without_its_label_and_law(int year, string text, string reference)
    {
        ExplanationLine line = Lines(year).First(line => line.Rule == "parameter.limit");
        Assert.Equal((text, "Points for a pass", reference), (line.Text, line.Label, line.Reference));
    }

    [Theory]
    [InlineData("indicator.a", "parameter.look_back", "Act section 1")]
    [InlineData("score.index", "parameter.weight", "Act section 3")]
    [InlineData("score.index.cap.top", "parameter.ceiling", "Act section 4")]
    public void Windows_weights_and_limits_of_caps_name_no_parameter(string rule, string parameter, string reference)
    {
        ExplanationLine line = Lines(2024).First(line => line.Rule == rule && line.Children.Any(child => child.Rule == parameter));
        Assert.Equal(reference, line.Children.First(child => child.Rule == parameter).Reference);
    }

    [Fact]
    public void The_document_left_out_names_ranges_references_and_caps()
    {
        string[] cells = [.. MethodologyDocument.Of(Files.Written(Rules), "en").Sections.SelectMany(section => section.Blocks).OfType<DocumentBlock.Table>().SelectMany(table => table.Rows).Select(row => string.Join(" | ", row))];
        Assert.Contains("visit | cleanliness | int | 0 to 9 | points", cells);
        Assert.Contains("visit | b | int | at least 1; may be absent | ", cells);
        Assert.Contains("Cleanliness | a | visit | mean of decimal(a), where c == 'x', within look_back | points | no rating: Insufficient data | Act section 5", cells);
        Assert.Contains("Index | a > 8 | at most decimal(ceiling) | Nobody is above it. | Act section 6", cells);
        Assert.Contains("Points for a pass | limit | 2024-01-01 | 7 | points | 2023-11-05 | Act section 2a", cells);
    }

    private static IEnumerable<ExplanationLine> Lines(int year)
    {
        var record = new RecordId("test", "1");
        var day = new DateOnly(year, 6, 1);
        var finding = Statement.Finding(new Provenance("test", "food", "Act", "test"), record, SubjectKind.Establishment, Occasion.Of("visit", day), Fields.Of(("a", Value.Of(9)), ("b", Value.Of(30)), ("c", Value.Of("x"))));
        var dossier = new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [new Entry(0, finding)]);
        return RatingEngine.Rate(Files.Written(Rules), dossier, new AsOf(day, 10), Cohort.None).Explanation.Walk();
    }
}
