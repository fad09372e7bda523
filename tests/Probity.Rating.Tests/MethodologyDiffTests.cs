using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>What differs between two methodologies, and whom it moves.</summary>
public sealed class MethodologyDiffTests
{
    private const string Rules = """
        probity: 1
        id: test.diff
        version: 1.0.0
        title: Diff
        status: draft
        applies: {from: 2020-01-01}
        rates: establishment
        contexts: [food]
        authority: {name: Somebody}
        parameters:
          limit: {type: int, unit: points, label: The limit, values: {2020-01-01: {value: 10, ref: Act 1}, 2022-01-01: {value: 20, ref: Act 2}}}
        bands: [{code: good, label: Good}, {code: fair, label: Fair}, {code: bad, label: Bad}]
        evidence:
          inspection: {expires: {after: P9000D, because: old}, fields: {points: {type: int, unit: points, min: 0, max: 100}, days: {type: int}}}
        indicators:
          points: {label: Points, from: inspection, take: latest, value: points, unit: points, best: 0, worst: 100, better: lower, missing: not_rated}
          days: {from: inspection, take: latest, value: days, missing: not_rated}
        scores:
          index: {label: Index, mean: {of: {points: 0.75, days: 0.25}, total: 1, missing: stays}}
        outcome:
          score: index
          dimensions: [points, days]
          band: {hit: first, rows: [{when: {points: <= limit}, then: good}, {when: {index: "<= 40"}, then: fair}, {then: bad}]}
        """;

    private static readonly AsOf Then = new(new DateOnly(2024, 1, 1), 1000);

    [Theory]
    [InlineData("value: 20, ref", "value: 25, ref", ChangeKind.Parameter, "parameters limit values 2022-01-01 value", "20", "25")]
    [InlineData("points: 0.75, days: 0.25", "points: 0.5, days: 0.5", ChangeKind.Weight, "scores index mean of days", "0.25", "0.5")]
    [InlineData("index: \"<= 40\"", "index: \"<= 45\"", ChangeKind.Band, "outcome band rows 2 when index", "<= 40", "<= 45")]
    [InlineData(", {code: bad, label: Bad}]", ", {code: bad, label: Bad, meaning: Very bad}]", ChangeKind.Text, "bands bad meaning", "", "Very bad")]
    [InlineData("{code: good, label: Good}, {code: fair, label: Fair}", "{code: fair, label: Fair}, {code: good, label: Good}", ChangeKind.Band, "bands order", "good, fair, bad", "fair, good, bad")]
    [InlineData("after: P9000D", "after: P8000D", ChangeKind.Evidence, "evidence inspection expires after", "P9000D", "P8000D")]
    [InlineData("value: days, missing: not_rated", "value: days, missing: stays", ChangeKind.Indicator, "indicators days missing", "not_rated", "stays")]
    [InlineData("label: Points", "label: Point", ChangeKind.Text, "indicators points label", "Points", "Point")]
    [InlineData("missing: stays}}", "missing: share_out}}", ChangeKind.Score, "scores index mean missing", "stays", "share_out")]
    [InlineData("version: 1.0.0", "version: 1.1.0", ChangeKind.Heading, "version", "1.0.0", "1.1.0")]
    public void A_change_is_named_with_its_kind_place_before_and_after(string right, string wrong, ChangeKind kind, string place, string before, string after)
    {
        Assert.Contains(right, Rules, StringComparison.Ordinal);
        IEnumerable<RuleChange> changes = MethodologyDiff.Between(Files.Written(Rules), Files.Written(Rules.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(new RuleChange(kind, place, before, after), changes);
    }

    [Fact]
    public void What_does_not_change_the_fingerprint_is_no_change() =>
        Assert.Empty(MethodologyDiff.Between(Files.Written(Rules), Files.Written(Rules.Replace("title: Diff", "title:   Diff # a remark", StringComparison.Ordinal))));

    [Fact]
    public void Organisations_are_counted_by_the_band_they_leave_and_the_one_they_enter()
    {
        Methodology before = Files.Written(Rules);
        Methodology after = Files.Written(Rules.Replace("value: 20, ref", "value: 30, ref", StringComparison.Ordinal));
        BandMoves moves = BandMoves.Between(before, after, [.. Enumerable.Range(0, 101).Select(Given)], Then);
        Assert.Equal((101, 10), (moves.Organisations, moves.Moved));
        Assert.Equal([new BandMove("good", "good", 21), new BandMove("fair", "good", 10), new BandMove("fair", "fair", 22), new BandMove("bad", "bad", 48)], moves.Moves);
        Assert.Equal(new OutcomeShift("good", 21, 31), moves.Shifts[0]);
    }

    [Fact]
    public void Parameters_weights_and_cuts_can_be_turned()
    {
        Assert.Equal(
            [("limit", 20m), ("index.points", 0.75m), ("index.days", 0.25m), ("band.2.index", 40m)],
            MethodologyNumber.Of(Files.Written(Rules), Then.ValidAt).Select(number => (number.Name, number.Value)));
        MethodologyNumber limit = MethodologyNumber.Of(Files.Written(Rules), Then.ValidAt)[0];
        Assert.Equal(("The limit", "points", true), (limit.Label, limit.Unit, limit.IsWhole));
        Assert.Equal("fair: Index at most", MethodologyNumber.Of(Files.Written(Rules), Then.ValidAt)[3].Label, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("limit", "30", "value: 20, ref", "value: 30, ref")]
    [InlineData("band.2.index", "12.5", "<= 40", "<= 12.5")]
    [InlineData("index.points", "0.6", "points: 0.75, days: 0.25}, total: 1", "points: 0.6, days: 0.4}, total: 1")]
    public void A_turned_number_gives_what_a_file_with_that_number_gives(string name, string value, string right, string wrong)
    {
        Methodology rules = Files.Written(Rules);
        Methodology written = Files.Written(Rules.Replace(right, wrong, StringComparison.Ordinal));
        Methodology turned = MethodologyNumber.Turn(rules, new Dictionary<string, decimal> { [name] = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture) }, Then.ValidAt, [])!;
        Assert.NotEqual(rules.Fingerprint, turned.Fingerprint);
        foreach (Dossier dossier in Enumerable.Range(0, 101).Select(Given))
        {
            Assert.Equal(RatingEngine.Rate(written, dossier, Then, Cohort.None).Outputs, RatingEngine.Rate(turned, dossier, Then, Cohort.None).Outputs);
            Assert.Equal(RatingEngine.Rate(written, dossier, Then, Cohort.None).Outcome, RatingEngine.Rate(turned, dossier, Then, Cohort.None).Outcome);
        }
    }

    [Theory]
    [InlineData("limits", "1", "did you mean 'limit'?")]
    [InlineData("limit", "1.5", "takes whole numbers")]
    [InlineData("limit", "1e20", "takes numbers up to")]
    [InlineData("index.points", "-5", "index: the weight of 'points' is not above zero")]
    [InlineData("index.points", "0", "index: the weight of 'points' is not above zero")]
    [InlineData("index.points", "3", "index: the weights sum to 3.25, not 1")]
    public void A_setting_that_cannot_be_is_answered_with_advice(string name, string value, string said)
    {
        var problems = new List<string>();
        Assert.Null(MethodologyNumber.Turn(Files.Written(Rules), new Dictionary<string, decimal> { [name] = decimal.Parse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture) }, Then.ValidAt, problems));
        Assert.Contains(said, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_all_turned_must_sum_as_the_rules_say()
    {
        var problems = new List<string>();
        Assert.Null(MethodologyNumber.Turn(Files.Written(Rules), new Dictionary<string, decimal> { ["index.points"] = 0.6m, ["index.days"] = 0.5m }, Then.ValidAt, problems));
        Assert.Equal("index: the weights sum to 1.1, not 1; correct one of them", Assert.Single(problems));
        Assert.NotNull(MethodologyNumber.Turn(Files.Written(Rules), new Dictionary<string, decimal> { ["index.points"] = 0.6m, ["index.days"] = 0.4m }, Then.ValidAt, []));
    }

    [Theory]
    [InlineData("value: points", "low", "12", "row 2 is never reached")]
    [InlineData("value: points", "high", "9", "row 2 is never reached")]
    [InlineData("value: decimal(points) / low", "low", "0", "half: this divides by zero")]
    [InlineData("goalposts: {of: decimal(points), worst: low, best: high, beyond: held}", "low", "11", "half: this divides by zero")]
    public void A_turned_number_could_make_rules_that_no_file_may_hold(string half, string name, string value, string said)
    {
        Methodology rules = Files.Written("""
            probity: 1
            id: test.turned
            version: 1.0.0
            title: Turned
            status: draft
            applies: {from: 2020-01-01}
            rates: establishment
            contexts: [food]
            authority: {name: Somebody}
            parameters:
              low: {type: decimal, values: {2020-01-01: {value: 10, ref: Act 1}}}
              high: {type: decimal, values: {2020-01-01: {value: 11, ref: Act 1}}}
            bands: [{code: good, label: Good}, {code: fair, label: Fair}, {code: bad, label: Bad}]
            evidence:
              visit: {expires: {after: P900D, because: old}, fields: {points: {type: int}}}
            indicators:
              points: {from: visit, take: latest, value: points, missing: not_rated}
            scores:
              half: {HOW}
            outcome:
              dimensions: [half]
              band: {hit: first, rows: [{when: {points: <= low}, then: good}, {when: {points: <= high}, then: fair}, {then: bad}]}
            """.Replace("HOW", half, StringComparison.Ordinal));
        var problems = new List<string>();
        Assert.Null(MethodologyNumber.Turn(rules, new Dictionary<string, decimal> { [name] = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture) }, Then.ValidAt, problems));
        Assert.Contains(problems, problem => problem.Contains(said, StringComparison.Ordinal));
        Assert.NotNull(MethodologyNumber.Turn(rules, new Dictionary<string, decimal> { [name] = name == "low" ? 9 : 12 }, Then.ValidAt, []));
    }

    [Theory]
    [InlineData("P24M", "months", 24)]
    [InlineData("P700D", "days", 700)]
    public void How_far_the_rules_look_back_could_not_be_turned(string written, string unit, int value)
    {
        string file = """
            probity: 1
            id: test.window
            version: 1.0.0
            title: Window
            status: draft
            applies: {from: 2020-01-01}
            rates: establishment
            contexts: [food]
            authority: {name: Somebody}
            month_ends: last_day
            parameters:
              look_back: {type: duration, values: {2020-01-01: {value: WRITTEN, ref: Act 1}}}
            bands: [{code: good, label: Good}, {code: bad, label: Bad}]
            evidence:
              inspection: {expires: {after: P9000D, because: old}, fields: {points: {type: int}, days: {type: int}}}
            indicators:
              points: {from: inspection, take: sum, value: points, window: look_back, missing: zero, because: no inspection is no point}
            outcome:
              dimensions: [points]
              band: {hit: first, rows: [{when: {points: "<= 20"}, then: good}, {then: bad}]}
            """;
        Methodology rules = Files.Written(file.Replace("WRITTEN", written, StringComparison.Ordinal));
        MethodologyNumber number = MethodologyNumber.Of(rules, Then.ValidAt)[0];
        Assert.Equal(("look_back", (decimal)value, unit, true), (number.Name, number.Value, number.Unit, number.IsLength));
        Methodology turned = MethodologyNumber.Turn(rules, new Dictionary<string, decimal> { ["look_back"] = 6 }, Then.ValidAt, [])!;
        Assert.Equal(80, BandMoves.WhatIf(rules, turned, [.. Enumerable.Range(0, 101).Select(Given)], Then).Moved); // the inspections are a year old
        var problems = new List<string>();
        Assert.Null(MethodologyNumber.Turn(rules, new Dictionary<string, decimal> { ["look_back"] = 0 }, Then.ValidAt, problems));
        Assert.Equal($"'look_back' takes 1 to 9999 {unit}, not 0", Assert.Single(problems));
    }

    private static Dossier Given(int points)
    {
        var record = new RecordId("test", $"{points}");
        var law = new Provenance("test", "food", "Act", "test");
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [new Entry(points, Statement.Finding(
            law, record, SubjectKind.Establishment, new Occasion("inspection", "1", new DateOnly(2023, 1, 1)), Fields.Of(("points", Value.Of(points)), ("days", Value.Of(4)))))]);
    }
}
