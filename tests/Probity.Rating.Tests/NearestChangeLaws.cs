using System.Globalization;
using CsCheck;
using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>The nearest change and the margins, held to trying every value: on generated rules with cohorts, clusters, ranks, tables and roundings.</summary>
public sealed class NearestChangeLaws
{
    private const int Most = 40;
    private static readonly AsOf Then = new(new DateOnly(2024, 6, 30), 1000);

    private static readonly Gen<(string Rules, int[][] Peers)> Cases = Gen.Select(
        Gen.OneOf("double(a) + double(b)", "double(a) * (20.0 - double(b))", "abs(double(a) - 20.0) + double(b)", "double(a * a - 30 * a) / 10.0 + double(b)", "ln(double(a) + 1.0) * 10.0 - double(b)", "max(double(a), 35.0 - double(b))"),
        Gen.OneOf("", ", round: {places: 0, mode: half_up}", ", round: {to: 5, mode: half_even}", ", caps: [{id: c, when: b > 30, at_most: 3.0, because: enough}]"),
        Gen.OneOf(
            "level: {cluster: {of: total, k: 3, min_size: 2}}", "level: {cluster: {of: total, k: 4, better: lower, min_size: 2}}",
            "rank: {percentile_rank: {of: total, min_size: 2}}\n  level: {value: \"rank < 0.3 ? 1 : rank < 0.6 ? 2 : 3\"}",
            "spread: {minmax: {of: total, min_size: 2}}\n  level: {value: \"spread < 0.3 ? 1 : spread < 0.6 ? 2 : 3\"}",
            "rank: {percentile_rank: {of: total, by: double(b) < 20.0, min_size: 2}}\n  level: {value: \"rank < 0.3 ? 1 : rank < 0.6 ? 2 : 3\"}",
            "z: {zscore: {of: total, min_size: 2}, round: {places: 1, mode: half_up}}\n  level: {table: {hit: first, rows: [{when: {z: \"> 1.0\"}, then: 3}, {when: {z: \"> 0.0\"}, then: 2}, {then: 1}]}}",
            "level: {value: \"int(min(max(floor(total / 10.0), 1.0), 4.0))\"}"),
        Gen.Int[0, Most].Array[2].Array[3, 12],
        (total, adjusted, level, peers) => (Written(total, adjusted, level), peers));

    [Fact]
    public void The_nearest_change_was_not_the_nearest_where_bands_come_and_go() => Cases.Sample(one =>
    {
        (Methodology rules, Dossier[] dossiers) = (Files.Written(one.Rules), [.. one.Peers.Select(DossierOf)]);
        Cohort cohort = RatingEngine.Survey(rules, dossiers, Then);
        for (int i = 0; i < dossiers.Length; i++)
        {
            (Dossier dossier, int[] values, int number) = (dossiers[i], one.Peers[i], i);
            string OutcomeOf(int[] changed) => Rerated(rules, dossiers, DossierOf(changed, number), number);
            OrganisationRating rating = RatingEngine.Rate(rules, dossier, Then, cohort);
            int? nearest = Tried(values).Where(changed => Moves(OutcomeOf(changed), rating.Outcome)).Select(changed => (int?)Math.Abs(changed[0] - values[0]) + Math.Abs(changed[1] - values[1])).Min();
            Assert.Equal(rating.Outcome is Outcome.Rated ? nearest : null, rating.NearestChange is { } change ? (int)Math.Abs(change.To - change.From) : null);
            if (rating.NearestChange is { } found)
            {
                int[] changed = found.Name == "a" ? [(int)found.To, values[1]] : [values[0], (int)found.To];
                Assert.InRange(found.To, 0, Most);
                Assert.Equal(found.Band, OutcomeOf(changed));
            }
        }
    }, iter: 50);

    // Values between the grid of the search, which no search tries: none nearer than the change may move the band. The centres of clusters jump with a value of
    // their own, so that of clusters only whole numbers are held to every value.
    [Fact]
    public void No_number_nearer_than_the_nearest_change_moves_the_band() => Gen.Select(Cases.Where(one => !one.Rules.Contains("cluster", StringComparison.Ordinal)), Gen.Double.Unit.Array[60]).Sample(drawn =>
    {
        Methodology rules = Files.Written(drawn.Item1.Rules.Replace("type: int", "type: number", StringComparison.Ordinal).Replace("a * a - 30 * a", "a * a - 30.0 * a", StringComparison.Ordinal).Replace("b > 30", "b > 30.0", StringComparison.Ordinal));
        Dossier[] dossiers = [.. drawn.Item1.Peers.Select(DossierOf)];
        Cohort cohort = RatingEngine.Survey(rules, dossiers, Then);
        double[] values = [.. drawn.Item1.Peers[0].Select(value => (double)value)];
        OrganisationRating rating = RatingEngine.Rate(rules, dossiers[0], Then, cohort);
        string OutcomeOf(double[] changed) => Rerated(rules, dossiers, DossierOf(changed), 0);
        double reach = rating.NearestChange is { } change ? (double)Math.Abs(change.To - change.From) : Most;
        for (int i = 0; i < drawn.Item2.Length && rating.Outcome is Outcome.Rated && reach > 0.0001; i++)
        {
            int which = i % 2;
            double to = values[which] + ((i % 4 < 2 ? 1 : -1) * drawn.Item2[i] * (reach - 0.0001));
            double[] changed = which == 0 ? [to, values[1]] : [values[0], to];
            Assert.False(to is >= 0 and <= Most && Moves(OutcomeOf(changed), rating.Outcome), $"{rating.NearestChange?.Text}, but {to:R} for {"ab"[which]} gives {OutcomeOf(changed)}\n{drawn.Item1.Rules}");
        }
    }, iter: 40);

    [Fact]
    public void Beyond_a_margin_the_band_is_the_one_it_says_and_short_of_it_is_not() => Cases.Sample(one =>
    {
        string text = one.Rules.Replace("type: int", "type: number", StringComparison.Ordinal).Replace("a * a - 30 * a", "a * a - 30.0 * a", StringComparison.Ordinal).Replace("b > 30", "b > 30.0", StringComparison.Ordinal);
        int from = text.IndexOf("  total:", StringComparison.Ordinal);
        int to = text.IndexOf('\n', from);
        Methodology rules = Files.Written(text[..from] + "  total: {value: a + 0.0 * b}" + text[to..]);
        Dossier[] dossiers = [.. one.Peers.Select(DossierOf)];
        Cohort cohort = RatingEngine.Survey(rules, dossiers, Then);
        OrganisationRating rating = RatingEngine.Rate(rules, dossiers[0], Then, cohort);
        foreach (BandMargin margin in rating.Margins.Where(margin => margin.Name == "total"))
        {
            Assert.Equal(one.Peers[0][0], margin.Value);
            double sign = margin.Cut > margin.Value || margin.Side == MarginSide.Above ? 1 : -1;
            Assert.Equal(margin.Band, Rated((double)margin.Cut + (sign * 1e-7)));
            Assert.True(margin.Distance < 0.001m || Rated((double)margin.Cut - (sign * 1e-7)) == rating.Outcome.Code, one.Rules);
        }

        string Rated(double a) => RatingEngine.Rate(rules, DossierOf([a, one.Peers[0][1]]), Then, cohort).Outcome.Code;
    }, iter: 50);

    [Fact]
    public void A_rise_among_ranks_was_advised_that_the_changed_file_does_not_reward()
    {
        string text = Written("double(a)", "", "rank: {percentile_rank: {of: total, min_size: 2}}\n  level: {value: \"rank < 0.5 ? 1 : 2\"}");
        Methodology rules = Files.Written(text.Replace("type: int", "type: number", StringComparison.Ordinal));
        Dossier[] dossiers = [.. ((int[])[10, 20, 30, 40]).Select((a, i) => DossierOf([a, 0], i))];
        NearestChange change = RatingEngine.Rate(rules, dossiers[1], Then, RatingEngine.Survey(rules, dossiers, Then)).NearestChange!;

        // with its own 20 still among the peers, 20.00001 was third of four and so 2
        Assert.Equal(("a", 30.00001m, "2"), (change.Name, change.To, change.Band));
        Assert.Equal("2", Rerated(rules, dossiers, DossierOf([30.00001, 0], 1), 1));
        Assert.Equal("1", Rerated(rules, dossiers, DossierOf([30, 0], 1), 1));
        Assert.Equal("with 30.00001 instead of 20 for a, and all else and the figures of its peers as they are, it would be 2, Two", change.Text);
    }

    [Fact]
    public void Stars_by_clustering_had_no_margin_at_all()
    {
        Methodology rules = Files.Written(Written("double(a)", "", "level: {cluster: {of: total, k: 3, min_size: 2}}"));
        Dossier[] dossiers = [.. Enumerable.Range(0, 12).Select(i => DossierOf([(i / 4 * 15) + (i % 4), 0], i))];
        Cohort cohort = RatingEngine.Survey(rules, dossiers, Then);
        OrganisationRating middle = RatingEngine.Rate(rules, dossiers[5], Then, cohort);

        // centres 1.5, 16.5 and 31.5
        Assert.Equal("2", middle.Outcome.Code);
        Assert.Equal([("total", 16m, 9m, "1"), ("total", 16m, 24m, "3")], middle.Margins.Select(margin => (margin.Name, margin.Value, margin.Cut, margin.Band)));
        Assert.Equal("total is 16; at 9 the outcome would be 1", middle.Margins[0].Text);
        Assert.Equal("total is 16; above 24 the outcome would be 3", middle.Margins[1].Text);
    }

    [Fact]
    public void A_rounded_rating_had_no_margin_to_where_it_rounds_to_another()
    {
        Methodology rules = Files.Written(Written("double(a) / 10.0", ", round: {places: 0, mode: half_up}", "level: {value: int(total)}"));
        OrganisationRating rating = RatingEngine.Rate(rules, DossierOf([21, 0], 0), Then, Cohort.None);
        Assert.Equal(["total before rounding is 2.1; at 2.5 the outcome would be 3", "total before rounding is 2.1; below 1.5 the outcome would be 1"], rating.Margins.Select(margin => margin.Text));
    }

    [Fact]
    public void The_nearest_change_lay_outside_what_any_peer_has()
    {
        string undeclared = Written("double(a)", "", "level: {cluster: {of: total, k: 3, min_size: 2}}").Replace(", min: 0, max: 40", "", StringComparison.Ordinal);
        Methodology rules = Files.Written(undeclared);
        Dossier[] dossiers = [.. ((int[])[10, 11, 20]).Select((a, i) => DossierOf([a, i], i))];
        Cohort cohort = RatingEngine.Survey(rules, dossiers, Then);
        Assert.All(dossiers, dossier => Assert.InRange(RatingEngine.Rate(rules, dossier, Then, cohort).NearestChange!.To, 10, 20));
    }

    [Fact]
    public void Nothing_within_the_declared_range_moves_the_band_and_so_nothing_is_said_to()
    {
        Methodology rules = Files.Written(Written("double(a)", "", "level: {value: \"total > 40.0 ? 2 : 1\"}"));
        OrganisationRating rating = RatingEngine.Rate(rules, DossierOf([39, 0], 0), Then, Cohort.None);
        Assert.Null(rating.NearestChange);
        Assert.Equal("total is 39; above 40 the outcome would be 2", Assert.Single(rating.Margins).Text);
    }

    // What the changed file gives: everybody is surveyed and rated again.
    private static string Rerated(Methodology rules, Dossier[] dossiers, Dossier changed, int number) =>
        RatingEngine.Rate(rules, changed, Then, RatingEngine.Survey(rules, dossiers.Select((dossier, i) => i == number ? changed : dossier), Then)).Outcome.Code;

    private static bool Moves(string code, Outcome from) => code != from.Code && !NotRatedCodes.All.Contains(code);

    private static IEnumerable<int[]> Tried(int[] values) =>
        Enumerable.Range(0, Most + 1).SelectMany(to => (int[][])[[to, values[1]], [values[0], to]]);

    private static string Written(string total, string adjusted, string level) => $$"""
        probity: 1
        id: test.nearest
        version: 1.0.0
        title: Nearest
        status: draft
        applies: {from: 2000-01-01}
        rates: establishment
        contexts: [food]
        authority: {name: Somebody}
        bands: [{code: "4", label: Four}, {code: "3", label: Three}, {code: "2", label: Two}, {code: "1", label: One}]
        evidence:
          figure: {expires: {after: P9999D, because: old}, fields: {a: {type: int, min: 0, max: 40}, b: {type: int, min: 0, max: 40} } }
        indicators:
          a: {from: figure, take: latest, value: a, missing: stays}
          b: {from: figure, take: latest, value: b, missing: stays}
        scores:
          total: {value: "{{total}}"{{adjusted}}}
          {{level}}
        outcome:
          score: total
          dimensions: [a, b]
          band: {from: level}
        """;

    private static Dossier DossierOf(int[] values, int number) => DossierOf([.. values.Select(value => (double)value)], number);

    private static Dossier DossierOf(double[] values) => DossierOf(values, 0);

    private static Dossier DossierOf(double[] values, int number)
    {
        var record = new RecordId("test", $"{number}");
        Value Written(double value) => value == Math.Floor(value) ? Value.Of((long)value) : Value.Of(value.ToString("R", CultureInfo.InvariantCulture));
        var finding = Statement.Finding(new Provenance("test", "food", "Act", "test"), record, SubjectKind.Establishment, Occasion.Of("figure", new DateOnly(2024, 1, 1)), Fields.Of(("a", Written(values[0])), ("b", Written(values[1]))));
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [new Entry(number, finding)]);
    }
}
