using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>Evidence that cannot be computed with gives an outcome with a reason, never a number.</summary>
public sealed class BadInputTests
{
    private static readonly AsOf Then = new(new DateOnly(2024, 6, 30), 1000);

    [Theory]
    [InlineData("whole", "'1000000 / (n - n)'", "drops the remainder")]
    [InlineData("decimal", "decimal(n) / (n - n)", "a division by zero")]
    [InlineData("number", "1.0 / (x - x)", "a division by zero")]
    [InlineData("number", "(x - x) / (x - x)", "a division by zero")]
    [InlineData("overflow of ints", "n * 9000000000000000 * 9000000000000000", "beyond the range of its type")]
    [InlineData("overflow of decimals", "decimal(n) * 9000000000000000 * 9000000000000000 * 9000000000000000", "beyond the range of its type")]
    [InlineData("overflow of doubles", "exp(1000.0 * x)", "exp is not a finite number")]
    [InlineData("logarithm of nothing", "ln(x - x)", "ln is not a finite number")]
    [InlineData("root of a negative", "sqrt(0.0 - x)", "sqrt is not a finite number")]
    [InlineData("power", "'pow(x, 100000.0)'", "pow is not a finite number")]
    [InlineData("infinity in a comparison on the way", "'exp(1000.0 * x) > 3.0 ? 1.0 : -2.0'", "exp is not a finite number")]
    [InlineData("rounding beyond decimals", "\"round(decimal(n) * 9000000000000000 * 9000000, 15, 'half_up')\"", "too large to round")]
    public void What_cannot_be_computed_is_an_outcome_with_its_reason(string what, string expression, string why)
    {
        string text = Rules(expression);
        if (what == "whole")
        {
            Assert.Contains(Files.ProblemsOf(text), problem => problem.Message.Contains(why, StringComparison.Ordinal));
            return;
        }

        OrganisationRating rating = RatingEngine.Rate(Files.Written(text), Given(("n", Value.Of(9000)), ("x", Value.Of("3.5"))), Then, Cohort.None);
        var reason = Assert.IsType<Outcome.NotRated>(rating.Outcome);
        Assert.Equal(NotRatedCodes.NotComputable, reason.Why);
        Assert.Contains(why, reason.Reason, StringComparison.Ordinal);
        Assert.Null(rating.Score);
        Assert.Contains(("result", "not computable"), rating.Outputs);
        Assert.Empty(rating.Waterfall);
        Assert.Null(rating.NearestChange);
    }

    [Fact]
    public void A_sum_of_doubles_beyond_their_range_is_no_number()
    {
        string text = Rules("x").Replace("take: latest, value: x", "take: sum, value: x", StringComparison.Ordinal);
        OrganisationRating rating = RatingEngine.Rate(Files.Written(text), Given(("n", Value.Of(1)), ("x", Value.Of("1e308")), ("n", Value.Of(1)), ("x", Value.Of("1e308"))), Then, Cohort.None);
        Assert.Equal(NotRatedCodes.NotComputable, rating.Outcome.Code);
    }

    [Theory]
    [InlineData("n", "many", "its n is not of type int")]
    [InlineData("x", "NaN", "its x is not of type number")]
    [InlineData("x", "Infinity", "its x is not of type number")]
    [InlineData("x", "1e999", "its x is not of type number")]
    public void A_column_of_the_wrong_type_does_not_count_and_the_explanation_says_so(string column, string text, string why)
    {
        (string, Value) other = column == "n" ? ("x", Value.Of("1")) : ("n", Value.Of(1));
        OrganisationRating rating = RatingEngine.Rate(Files.Written(Rules("x")), Given((column, Value.Of(text)), other), Then, Cohort.None);
        Assert.Equal(NotRatedCodes.InsufficientData, rating.Outcome.Code);
        Assert.Contains(rating.Explanation.Children, line => line.Text.EndsWith("does not count: " + why, StringComparison.Ordinal) && line.Evidence.SequenceEqual([0]));
    }

    [Fact]
    public void A_cohort_too_small_for_its_statistic_gives_no_rating_and_says_how_many_are_needed()
    {
        Methodology rules = Files.Written(Rules("n, zscore").Replace("result: {value: n, zscore}", "result: {zscore: {of: x, min_size: 3}}", StringComparison.Ordinal));
        Dossier[] two = [Given(1, ("n", Value.Of(1)), ("x", Value.Of("1"))), Given(2, ("n", Value.Of(1)), ("x", Value.Of("2")))];
        OrganisationRating rating = RatingEngine.Rate(rules, two[0], Then, RatingEngine.Survey(rules, two, Then));
        var reason = Assert.IsType<Outcome.NotRated>(rating.Outcome);
        Assert.Equal((NotRatedCodes.InsufficientData, "the cohort has 2 values, 3 are needed"), (reason.Why, reason.Reason));
    }

    [Fact]
    public void G15_peers_below_their_minimum_are_not_compared_and_the_others_name_their_peers_and_how_many()
    {
        Methodology rules = Files.Written(Rules("n, zscore").Replace("result: {value: n, zscore}", "result: {zscore: {of: x, by: n, min_size: 3}}", StringComparison.Ordinal));
        Dossier[] all = [.. Enumerable.Range(0, 5).Select(i => Given(i, ("n", Value.Of(i < 3 ? 1 : 2)), ("x", Value.Of($"{i}"))))];
        Cohort cohort = RatingEngine.Survey(rules, all, Then);
        Assert.Equal(NotRatedCodes.InsufficientData, RatingEngine.Rate(rules, all[4], Then, cohort).Outcome.Code);
        OrganisationRating rated = RatingEngine.Rate(rules, all[0], Then, cohort);
        Assert.IsType<Outcome.Rated>(rated.Outcome);
        Assert.Contains(rated.Explanation.Walk(), line => line.Kind == LineKind.Statistic && line.Text == "result mean: 1, from 3 values of the peers with n 1");
    }

    private static string Rules(string expression) => $$"""
        probity: 1
        id: test.bad
        version: 1.0.0
        title: Bad input
        status: draft
        applies: {from: 2020-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        bands: [{code: good, label: Good}, {code: bad, label: Bad}]
        evidence:
          count: {expires: {after: P5Y, because: old}, fields: {n: {type: int}, x: {type: number} } }
        indicators:
          n: {from: count, take: latest, value: n, missing: not_rated}
          x: {from: count, take: latest, value: x, missing: not_rated}
        scores:
          result: {value: {{expression}}}
        outcome:
          score: result
          dimensions: [n, x]
          band: {hit: first, rows: [{when: {result: "> 0"}, then: good}, {then: bad}]}
        """;

    private static Dossier Given(params (string, Value)[] fields) => Given(1, fields);

    // two fields make a statement
    private static Dossier Given(int number, params (string, Value)[] fields)
    {
        var record = new RecordId("test", $"{number}");
        var law = new Provenance("test", "food", "Act", "test");
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [.. fields.Chunk(2).Select((pair, index) => new Entry(index, Statement.Finding(
            law, record, SubjectKind.Establishment, new Occasion("count", $"{index}", new DateOnly(2024, 1, 1)), Fields.Of(pair))))]);
    }
}
