using CsCheck;
using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>Laws of explanations, tried on generated methodologies and organisations.</summary>
public sealed class ExplanationLaws
{
    private static readonly AsOf Then = new(new DateOnly(2024, 6, 30), 1000);

    private static readonly Gen<(string Rules, Dossier Dossier)> Cases = Gen.Select(
        Gen.Int[1, 97].Array[3],
        Gen.OneOf("share_out", "stays"),
        Gen.OneOf("mean", "sum"),
        Gen.OneOf("a + b - c", "weighed - a", "weighed + 2 * b - (c - a)", "-weighed + 100", "weighed"),
        Gen.OneOf("int", "decimal", "number"),
        Gen.OneOf("", ", round: {places: 1, mode: half_up}", ", round: {to: 0.5, mode: half_even}"),
        Gen.Int[-999, 999].Array[3],
        (weights, missing, kind, formula, type, round, values) => (Written(weights, (missing, kind, formula), (type, round)), Of(values)));

    [Fact]
    public void G12_points_sum_exactly_to_the_score_and_the_waterfall_ends_at_it() => Cases.Sample(one =>
    {
        OrganisationRating rating = RatingEngine.Rate(Files.Written(one.Rules), one.Dossier, Then, Cohort.None);
        foreach (ExplanationLine line in rating.Explanation.Walk().Where(line => line.Points is not null && line.Children.Any(child => child.Points is not null)))
        {
            Assert.Equal(line.Points, line.Children.Sum(child => child.Points ?? 0));
        }

        Assert.Equal(rating.Score, rating.Waterfall[^1].To);
        Assert.Equal(0, rating.Waterfall[0].From);
        Assert.All(rating.Waterfall.Zip(rating.Waterfall.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }, iter: 300);

    [Fact]
    public void The_nearest_change_moves_the_band_and_one_step_less_does_not() => Cases.Sample(one =>
    {
        Methodology rules = Files.Written(one.Rules);
        OrganisationRating rating = RatingEngine.Rate(rules, one.Dossier, Then, Cohort.None);
        if (rating.NearestChange is not { } change)
        {
            return;
        }

        Assert.Equal(change.Band, RatingEngine.Rate(rules, With(one.Dossier, change.Name, change.To), Then, Cohort.None).Outcome.Code);
        Assert.NotEqual(rating.Outcome.Code, change.Band);
        if (change.To - Math.Sign(change.To - change.From) is var less && Math.Abs(change.To - change.From) > 1)
        {
            Assert.Equal(rating.Outcome.Code, RatingEngine.Rate(rules, With(one.Dossier, change.Name, less), Then, Cohort.None).Outcome.Code);
        }
    }, iter: 100);

    private static string Written(int[] weights, (string Missing, string Kind, string Formula) how, (string Type, string Round) what)
    {
        string literal(int number) => what.Type == "number" ? $"{number}.0" : $"{number}";
        string formula = what.Type == "number" ? how.Formula.Replace("2 *", "2.0 *", StringComparison.Ordinal).Replace("100", "100.0", StringComparison.Ordinal) : how.Formula;
        return $$"""
            probity: 1
            id: test.generated
            version: 1.0.0
            title: Generated
            status: draft
            applies: {from: 2000-01-01}
            rates: establishment
            contexts: [food]
            authority: {name: Somebody}
            bands: [{code: good, label: Good}, {code: bad, label: Bad}]
            evidence:
              count: {expires: {after: P9999D, because: old}, fields: {a: {type: {{what.Type}}}, b: {type: {{what.Type}}}, c: {type: {{what.Type}} } } }
            indicators:
              a: {from: count, take: latest, value: a, missing: stays}
              b: {from: count, take: latest, value: b, missing: stays}
              c: {from: count, take: latest, value: c, missing: stays}
            scores:
              weighed: { {{how.Kind}}: {of: {a: {{weights[0]}}, b: {{weights[1]}}, c: {{weights[2]}}}, total: {{weights.Sum()}}, missing: {{how.Missing}}}{{what.Round}}}
              total: {value: {{formula}}}
            outcome:
              score: total
              dimensions: [a, b]
              band: {hit: first, rows: [{when: {total: "> {{literal(50)}}"}, then: good}, {then: bad}]}
            """;
    }

    private static Dossier Of(int[] values) => Of(values.Select(value => (decimal)value).ToArray());

    private static Dossier With(Dossier dossier, string name, decimal value) => Of([.. "abc".Select(field =>
        $"{field}" == name ? value : decimal.Parse(dossier.Entries[0].Statement.Body[$"{field}"] is Value.Whole whole ? $"{whole.Number}" : ((Value.Text)dossier.Entries[0].Statement.Body[$"{field}"]!).Content, System.Globalization.CultureInfo.InvariantCulture))]);

    private static Dossier Of(decimal[] values)
    {
        var record = new RecordId("test", "1");
        var law = new Provenance("test", "food", "Act", "test");
        Value Written(decimal value) => value == decimal.Truncate(value) ? Value.Of((long)value) : Value.Of(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [new Entry(0, Statement.Finding(
            law, record, SubjectKind.Establishment, new Occasion("count", "1", new DateOnly(2024, 1, 1)), Fields.Of(("a", Written(values[0])), ("b", Written(values[1])), ("c", Written(values[2])))))]);
    }
}
