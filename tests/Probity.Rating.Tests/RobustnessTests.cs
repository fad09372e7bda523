using Probity.Evidence;
using Probity.Rating.Engine;

namespace Probity.Rating.Tests;

/// <summary>How firmly a band stands under other weights and other ways of computing.</summary>
public sealed class RobustnessTests
{
    private const string Rules = """
        probity: 1
        id: test.composite
        version: 1.0.0
        title: Composite
        status: draft
        applies: {from: 2020-01-01}
        rates: public-body
        contexts: [public-statistics]
        authority: {name: Somebody}
        bands: [{code: high, label: High}, {code: low, label: Low}]
        evidence:
          year: {expires: {after: P900D, because: old}, fields: {a: {type: decimal}, b: {type: decimal}, c: {type: decimal}}}
        indicators:
          a: {from: year, take: latest, value: a, missing: not_rated}
          b: {from: year, take: latest, value: b, missing: not_rated}
          c: {from: year, take: latest, value: c, missing: not_rated}
        scores:
          index: {mean: {of: {a: 0.5, b: 0.3, c: 0.2}, total: 1, missing: stays}, round: {places: 1, mode: half_up}}
          unused: {value: index + 1}
        outcome:
          score: index
          dimensions: [a, b, c]
          band: {hit: first, rows: [{when: {index: ">= 50"}, then: high}, {then: low}]}
        robustness:
          seed: 7
          draws: 1000
          weights: [{score: index, vary: uniform, share: 0.5}]
          alternatives: [{score: index, instead: [{geometric: {of: {a: 0.5, b: 0.3, c: 0.2}, total: 1, missing: stays}}]}]
        """;

    private static readonly AsOf Then = new(new DateOnly(2021, 1, 1), 10);

    [Fact]
    public void An_outcome_no_weight_can_move_is_certain()
    {
        BandRobustness robustness = Rated(Rules, 80, 80, 80).Robustness!;
        Assert.Equal((1000, 1m), (robustness.Draws, robustness.Probability));
        Assert.Equal([new OutcomeCount("high", 1000)], robustness.Outcomes);
    }

    [Fact]
    public void Near_an_edge_the_other_band_comes_out_as_often_as_the_draws_say()
    {
        OrganisationRating rating = Rated(Rules, 60, 50, 30);
        Assert.Equal("high", rating.Outcome.Code);
        Assert.Equal(1000, rating.Robustness!.Outcomes.Sum(one => one.Draws));
        Assert.InRange(rating.Robustness.Probability, 0.2m, 0.8m);
        Assert.Contains(rating.Explanation.Children, line => line.Rule == "robustness" && line.Text.StartsWith("under 1000 draws of other weights and ways of computing it is high in ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_other_draws()
    {
        Assert.Equal(Rated(Rules, 60, 50, 30).ToBytes(), Rated(Rules, 60, 50, 30).ToBytes());
        Assert.Equal([new OutcomeCount("high", 364), new OutcomeCount("low", 636)], Rated(Rules, 60, 50, 30).Robustness!.Outcomes);
        Assert.NotEqual(Rated(Rules, 60, 50, 30).Robustness!.Outcomes, Rated(Rules.Replace("seed: 7", "seed: 8", StringComparison.Ordinal), 60, 50, 30).Robustness!.Outcomes);
    }

    // A hand-computed model of the same draws, in doubles: the weights' uniform shares and the choice of the mean.
    [Fact]
    public void The_counts_are_those_of_an_independent_model()
    {
        int high = 0;
        for (ulong draw = 0; draw < 1000; draw++)
        {
            var chance = new Chance(new Chance(7).Bits(draw));
            double[] weights = [.. ((double[])[0.5, 0.3, 0.2]).Select((weight, i) => weight * (1 + (0.5 * ((2 * (double)chance.Share(1 + (ulong)i)) - 1))))];
            double mean = ((weights[0] * 60) + (weights[1] * 50) + (weights[2] * 30)) / weights.Sum();
            double geometric = Math.Exp((0.5 * Math.Log(60)) + (0.3 * Math.Log(50)) + (0.2 * Math.Log(30)));
            high += Math.Round(chance.Choice(0, 2) == 0 ? mean : geometric, 1, MidpointRounding.AwayFromZero) >= 50 ? 1 : 0;
        }

        Assert.Equal(high, Rated(Rules, 60, 50, 30).Robustness!.Outcomes[0].Draws);
    }

    [Fact]
    public void Dirichlet_weights_lie_around_those_of_the_file()
    {
        string text = Rules.Replace("vary: uniform, share: 0.5", "vary: dirichlet, concentration: 20", StringComparison.Ordinal);
        Assert.InRange(Rated(text, 60, 50, 30).Robustness!.Probability, 0.2m, 0.8m);
        Model.Plan plan = Files.Written(text).Plan;
        decimal[] first = [.. Enumerable.Range(0, 1000).Select(draw => plan.Drawn![draw][0].Operation).OfType<Model.Operation.Aggregate>().Where(one => one.Kind == Model.AggregateKind.Mean)
            .Select(one => ((Expressions.Typed.Constant)one.Parts[0].Weight).Value.AsDecimal()!.Value)];
        // Dirichlet(10, 6, 4): mean 0.5, variance 0.25 / 21
        Assert.InRange(first.Average(), 0.48m, 0.52m);
        Assert.InRange(first.Average(one => (one - 0.5m) * (one - 0.5m)), 0.009m, 0.015m);
    }

    [Theory]
    [InlineData("seed: 7", "sed: 7", "did you mean 'seed'?")]
    [InlineData("seed: 7", "seed: -7", "a seed is a whole number from 0")]
    [InlineData("draws: 1000", "draws: 3", "between 10 and 100000")]
    [InlineData("share: 0.5", "share: 1.5", "the share lies between 0 and 1")]
    [InlineData("vary: uniform", "vary: normal", "'normal' is no way to vary weights")]
    [InlineData("vary: uniform, share: 0.5", "vary: dirichlet, concentration: 7", "each must be a whole number from 1")]
    [InlineData("[{score: index, vary", "[{score: a, vary", "'a' is no score of one organisation")]
    [InlineData("[{score: index, vary", "[{score: unused, vary", "'unused' has no part in the outcome")]
    [InlineData("[{score: index, vary", "[{score: indeks, vary", "did you mean 'index'?")]
    [InlineData("[{geometric: {of: {a: 0.5, b: 0.3, c: 0.2}, total: 1, missing: stays}}]", "[{value: unused}]", "uses a score that does not stand above it")]
    [InlineData("[{geometric: {of: {a: 0.5, b: 0.3, c: 0.2}, total: 1, missing: stays}}]", "[{value: a > b}]", "gives flag, not decimal")]
    [InlineData("[{geometric: {of: {a: 0.5, b: 0.3, c: 0.2}, total: 1, missing: stays}}]", "[{middle: {of: [a]}}]", "exactly one way")]
    [InlineData("{a: 0.5, b: 0.3, c: 0.2}, total: 1, missing: stays}, round", "{a: 0.5, b: 0.3, c: b}, missing: stays}, round", "are not written out")]
    public void A_wrong_section_is_answered_with_place_and_advice(string right, string wrong, string said)
    {
        Assert.Contains(right, Rules, StringComparison.Ordinal);
        int place = Rules.IndexOf(right, StringComparison.Ordinal);
        string text = Rules[..place] + wrong + Rules[(place + right.Length)..];
        Assert.Contains(Files.ProblemsOf(text), problem => problem.ToString().Contains(said, StringComparison.Ordinal) && problem.Line > 0);
    }

    private static OrganisationRating Rated(string text, params int[] values)
    {
        var record = new RecordId("test", "1");
        var law = new Provenance("test", "public-statistics", "Act", "test");
        var dossier = new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.PublicBody, [new Entry(0, Statement.Finding(
            law, record, SubjectKind.PublicBody, new Occasion("year", "1", new DateOnly(2020, 6, 1)), Fields.Of(("a", Value.Of(values[0])), ("b", Value.Of(values[1])), ("c", Value.Of(values[2])))))]);
        return RatingEngine.Rate(Files.Written(text), dossier, Then, Cohort.None);
    }
}
