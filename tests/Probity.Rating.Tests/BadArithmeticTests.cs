using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>What cannot be computed is an outcome with a reason in both back ends, never a number.</summary>
public sealed class BadArithmeticTests
{
    private static readonly AsOf Then = new(new DateOnly(2024, 6, 30), 100);

    [Theory]
    [InlineData("number", "x: {value: a / b}", "a division by zero")]
    [InlineData("number", "x: {value: ln(b)}", "ln is not a finite number")]
    [InlineData("number", "x: {value: sqrt(b - a)}", "sqrt is not a finite number")]
    [InlineData("number", "x: {value: exp(a * 1000.0)}", "exp is not a finite number")]
    [InlineData("number", "x: {value: a * 1e308 * 1e10}", "'*' does not give a finite number here")]
    [InlineData("number", "x: {goalposts: {of: a, worst: b, best: 0.0, beyond: held}}", "a division by zero")]
    [InlineData("number", "x: {geometric: {of: [a, b], missing: stays}}", "")]
    [InlineData("decimal", "x: {value: a / b}", "a division by zero")]
    [InlineData("decimal", "x: {value: a * 7000000000000000000000000000.0 * 70000.0}", "the result is beyond the range of its type")]
    [InlineData("decimal", "x: {value: a * 7000000000000000000000000000.0, round: {places: 4, mode: half_up}}", "the number is too large to round")]
    [InlineData("int", "x: {value: a * 9223372036854775807}", "the result is beyond the range of its type")]
    [InlineData("number", "s: {zscore: {of: b, min_size: 1}}\n  x: {value: s + a}", "")]
    public void It_is_not_computable_and_says_why(string type, string score, string why)
    {
        Methodology methodology = Files.Written(Rules(type, score));
        Dossier[] dossiers = [.. Enumerable.Range(0, 3).Select(i => DossierOf(i, type == "int" ? Value.Of(2) : Value.Of("2.5"), type == "int" ? Value.Of(0) : Value.Of("0")))];
        OrganisationRating one = RatingEngine.Rate(methodology, dossiers[0], Then, RatingEngine.Survey(methodology, dossiers, Then));
        PopulationRating all = Population.Of(methodology, dossiers, Then).Rate(2);
        if (score.Contains("geometric", StringComparison.Ordinal))
        {
            // exp of minus infinity is a zero, a finite number: the geometric mean of a zero.
            Assert.Equal("0", one.Outputs[^1].Value);
            Assert.Equal(one.Outcome, all.OutcomeOf(0));
            return;
        }

        Assert.Equal(NotRatedCodes.NotComputable, one.Outcome.Code);
        Assert.Contains(why, ((Outcome.NotRated)one.Outcome).Reason, StringComparison.Ordinal);
        Assert.Equal("not computable", one.Outputs[^1].Value);
        Assert.Null(one.Score);
        for (int row = 0; row < dossiers.Length; row++)
        {
            Assert.Equal(one.Outcome, all.OutcomeOf(row));
            Assert.Null(all.ScoreOf(row));
        }
    }

    [Fact]
    public void A_sum_of_doubles_beyond_their_range_is_not_infinite()
    {
        Methodology methodology = Files.Written(Rules("number", "x: {value: a + b}").Replace("take: latest, value: a", "take: sum, value: a * 1e308", StringComparison.Ordinal));
        Dossier dossier = DossierOf(0, Value.Of("1.7"), Value.Of("0"), Value.Of("1.7"));
        Assert.Equal(new Outcome.NotRated(NotRatedCodes.NotComputable, "the total is not a finite number"), RatingEngine.Rate(methodology, dossier, Then, Cohort.None).Outcome);
        Assert.Equal(new Outcome.NotRated(NotRatedCodes.NotComputable, "the total is not a finite number"), Population.Of(methodology, [dossier], Then).Rate(1).OutcomeOf(0));
    }

    [Fact]
    public void A_quantifier_in_a_score_does_not_break_the_lineage()
    {
        Methodology methodology = Files.Written(Rules("int", "x: {value: \"[a, b].exists(one, one > 1) ? a : b\"}"));
        Assert.Equal("worst", RatingEngine.Rate(methodology, DossierOf(0, Value.Of(2), Value.Of(0)), Then, Cohort.None).Outcome.Code);
    }

    [Fact]
    public void A_cap_beside_a_rounding_of_whole_numbers_is_compared()
    {
        Methodology methodology = Files.Written(Rules("int", "x: {value: a + b, round: {to: 5, mode: up}, caps: [{id: c, when: a > 1, at_most: 4, because: enough}]}"));
        Dossier dossier = DossierOf(0, Value.Of(2), Value.Of(1));
        Assert.Equal("4", RatingEngine.Rate(methodology, dossier, Then, Cohort.None).Outputs[^1].Value);
        Assert.Equal("4", Population.Of(methodology, [dossier], Then).Rate(1).OutputsOf(0)[^1].Value);
    }

    private static string Rules(string type, string score) => $$$"""
        probity: 1
        id: test.arithmetic
        version: 1.0.0
        title: Arithmetic
        status: draft
        applies: {from: 2000-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        bands: [{code: best, label: Best}, {code: worst, label: Worst}]
        evidence:
          figure: {expires: {after: P3Y, because: old}, fields: {a: {type: {{{type}}} }, b: {type: {{{type}}} } } }
        indicators:
          a: {from: figure, take: latest, value: a, missing: stays}
          b: {from: figure, take: latest, value: b, missing: stays}
        scores:
          {{{score}}}
        outcome: {score: x, dimensions: [x], band: {hit: first, rows: [{when: {x: "<= 0"}, then: best}, {then: worst}]}}
        """;

    private static Dossier DossierOf(int number, params ReadOnlySpan<Value> values)
    {
        var record = new RecordId("test", $"{number}");
        var law = new Provenance("test", "food", "Act", "test");
        var entries = new List<Entry> { new(0, Statement.Finding(law, record, SubjectKind.Establishment, Occasion.Of("figure", Then.ValidAt), Fields.Of(("a", values[0]), ("b", values[1])))) };
        if (values.Length > 2)
        {
            entries.Add(new Entry(1, Statement.Finding(law, record, SubjectKind.Establishment, Occasion.Of("figure", Then.ValidAt.AddDays(-1)), Fields.Of(("a", values[2]), ("b", values[1])))));
        }

        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [.. entries]);
    }
}
