using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>What is found in a file before there are data: units, weights, periods, durations, reviews, branches without a test.</summary>
public sealed class StaticCheckTests
{
    private const string Rules = """
        probity: 1
        id: test.checked
        version: 1.0.0
        title: Checked
        status: draft
        applies: {from: 2020-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        parameters:
          low: {type: int, unit: points, values: {2020-01-01: {value: 10, ref: Act 1}, 2022-01-01: {value: 20, ref: Act 2}}}
          high: {type: int, unit: points, values: {2020-01-01: {value: 30, ref: Act 1}}, reviewed: 2024-01-01, review_every: P1Y}
          heavy: {type: decimal, values: {2020-01-01: {value: 0.6, ref: Act 1}, 2023-01-01: {value: 0.7, ref: Act 3}}}
          light: {type: decimal, values: {2020-01-01: {value: 0.4, ref: Act 1}, 2023-01-01: {value: 0.3, ref: Act 3}}}
          back: {type: duration, values: {2020-01-01: {value: P400D, ref: Act 1}}}
        bands: [{code: good, label: Good}, {code: fair, label: Fair}, {code: bad, label: Bad}]
        evidence:
          minor: {severity: 1, expires: {after: P2Y, because: small}, fields: {points: {type: int, unit: points}, delay: {type: int, unit: days}}}
          major: {severity: 2, expires: {after: P3Y, because: large}, fields: {points: {type: int, unit: points}}}
        indicators:
          minor: {from: minor, take: sum, window: back, value: points, unit: points, missing: zero, because: none was found}
          delay: {from: minor, take: max, value: delay, unit: days, missing: zero, because: none was found}
          major: {from: major, take: sum, value: points, unit: points, missing: zero, because: none was found}
        scores:
          total: {value: minor + 2 * major, unit: points, caps: [{id: patience, when: delay > 30, at_least: 12, because: a long delay counts}]}
          shares: {mean: {of: {minor: heavy, major: light}, total: 1, missing: stays}, unit: points}
        outcome:
          score: total
          dimensions: [minor, major, shares]
          band:
            hit: first
            rows: [{when: {total: <= low}, then: good}, {when: {total: <= high}, then: fair}, {when: {total: "> high"}, then: bad}]
        """;

    [Fact]
    public void The_rules_are_sound() => Assert.Equal("test.checked 1.0.0", Files.Written(Rules).ToString());

    [Theory]
    [InlineData("minor + 2 * major", "minor + 2 * delay", "unit.mismatch", "unlike units: points and days are added or subtracted")]
    [InlineData("minor + 2 * major", "'minor > delay ? minor : major'", "unit.mismatch", "points and days are compared")]
    [InlineData("minor + 2 * major", "'max(minor, delay)'", "unit.mismatch", "points and days are compared")]
    [InlineData("minor + 2 * major", "'minor > 3 ? minor : delay'", "unit.mismatch", "points and days are alternatives")]
    [InlineData("2 * major, unit: points", "2 * major, unit: days", "unit.mismatch", "'total' states the unit days, but what it is computed from is in points")]
    [InlineData("value: delay, unit: days", "value: delay, unit: weeks", "unit.mismatch", "'delay' states the unit weeks, but what it is computed from is in days")]
    [InlineData("{total: <= low}", "{delay: <= low}", "unit.mismatch", "days and points are compared")]
    [InlineData("{minor: heavy, major: light}, total: 1", "{minor: 0.5, delay: 0.5}, total: 1.0", "unit.mismatch", "points and days are aggregated")]
    [InlineData("at_least: 12", "at_least: delay", "unit.mismatch", "points and days are compared by a cap")]
    [InlineData("from: major, take: sum, value: points", "from: [major, minor], take: sum, value: {major: points, minor: delay}", "unit.mismatch", "the evidence types give points and days")]
    [InlineData("value: 0.3, ref: Act 3", "value: 0.2, ref: Act 3", "weight.total", "the weights sum to 0.9 from 2023-01-01, not 1")]
    [InlineData("value: 0.4, ref: Act 1", "value: -0.4, ref: Act 1", "weight.positive", "the weight of 'major' is not above zero from 2020-01-01")]
    [InlineData(", total: 1, missing", ", missing", "weight.total", "the sum of the weights is not stated")]
    [InlineData("{value: 20, ref: Act 2}", "{value: 40, ref: Act 2}", "", "")]
    [InlineData("{when: {total: \"> high\"}", "{when: {total: \"> 35\"}", "table.gap", "no row holds for total")]
    [InlineData("{value: 10, ref: Act 1}", "{value: 50, ref: Act 1}", "", "")]
    [InlineData("{value: 10, ref: Act 1}, 2022-01-01: {value: 20, ref: Act 2}", "{value: 50, ref: Act 1}", "table.unreachable", "row 2 is never reached")]
    [InlineData("severity: 2, expires: {after: P3Y", "severity: 2, expires: {after: P1Y", "guard-rail.G32", "'major' is graver than 'minor' and expires sooner, after 1 year instead of 2 years")]
    [InlineData("severity: 1", "severity: 0", "guard-rail.G32", "what was not upheld counts for no time")]
    [InlineData(", review_every: P1Y", "", "review.half", "'reviewed' without 'review_every'")]
    [InlineData("after: P3Y, because: large", "after: P3Y", "key.missing", "key 'because' is missing")]
    public void A_contradiction_in_the_rules_is_found(string right, string wrong, string code, string said)
    {
        Assert.Contains(right, Rules, StringComparison.Ordinal);
        string text = Rules.Replace(right, wrong, StringComparison.Ordinal);
        if (code.Length == 0)
        {
            // a row may wait for a later period
            Files.Written(text);
            return;
        }

        Assert.Contains(Files.ProblemsOf(text), problem => problem.Code == code && problem.Line > 0 && problem.Column > 0 && problem.Message.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expires: {after: P2Y")]
    [InlineData("review_every: P1Y")]
    [InlineData("value: P400D")]
    public void Months_are_not_counted_before_the_rule_for_short_months_is_stated(string months)
    {
        string text = Rules.Replace("month_ends: last_day\n", "", StringComparison.Ordinal).Replace("P2Y", "P730D", StringComparison.Ordinal).Replace("P3Y", "P1095D", StringComparison.Ordinal).Replace("P1Y", "P365D", StringComparison.Ordinal);
        Files.Written(text);
        string counted = months.Contains("P400D", StringComparison.Ordinal) ? text.Replace("P400D", "P13M", StringComparison.Ordinal)
            : months.Contains("P2Y", StringComparison.Ordinal) ? text.Replace("P730D", "P2Y", StringComparison.Ordinal) : text.Replace("P365D", "P1Y", StringComparison.Ordinal);
        Assert.Equal("month-ends.missing", Assert.Single(Files.ProblemsOf(counted)).Code);
    }

    [Theory]
    [InlineData("{value: 30, ref: Act 1}", "{value: thirty, ref: Act 1}")]
    [InlineData("value: 0.7, ref: Act 3", "value: 0.7")]
    [InlineData("type: int, unit: points, values: {2020-01-01: {value: 30", "type: inte, unit: points, values: {2020-01-01: {value: 30")]
    public void One_fault_in_a_parameter_was_told_again_at_all_that_is_beside_it_or_uses_it(string what, string instead) =>
        Assert.Single(Files.ProblemsOf(Rules.Replace(what, instead, StringComparison.Ordinal)));

    [Fact]
    public void A_quotient_has_a_unit_of_its_own_and_a_parameter_converts() =>
        Files.Written(Rules.Replace("value: minor + 2 * major", "value: minor + major * 1 + delay * low", StringComparison.Ordinal));

    [Fact]
    public void A_cap_no_test_reaches_is_named_outside_a_draft()
    {
        string text = Rules.Replace("status: draft", "status: consultation", StringComparison.Ordinal);
        Assert.Contains(Files.ProblemsOf(text), problem => problem.Message == "no test meets cap patience");
        string tested = text + "\ntests:\n  - {name: late, as_of: 2021-01-01, given: {minor: [{points: 0, delay: 40}]}, expect: {total: 12}}";
        Assert.DoesNotContain(Files.ProblemsOf(tested), problem => problem.Message == "no test meets cap patience");
    }

    [Fact]
    public void A_day_beyond_the_review_of_a_parameter_is_told_in_the_explanation()
    {
        Methodology rules = Files.Written(Rules);
        Assert.Empty(rules.OverdueOn(new DateOnly(2025, 1, 1)));
        Assert.Equal("high", Assert.Single(rules.OverdueOn(new DateOnly(2025, 1, 2))).Name);
        var nobody = new Dossier(OrganisationId.FirstSeenAs(new RecordId("test", "1")), SubjectKind.Establishment, []);
        ExplanationLine line = Assert.Single(
            RatingEngine.Rate(rules, nobody, new AsOf(new DateOnly(2025, 6, 1), 1), Cohort.None).Explanation.Children, line => line.Rule == "parameter.high.review");
        Assert.Equal("high was last reviewed on 2024-01-01, and should have been again by 2025-01-01", line.Text);
    }

    [Fact]
    public void A_failing_test_is_told_with_its_name_what_it_expects_what_came_and_why()
    {
        Problem problem = Assert.Single(Files.ProblemsOf(Rules + "\ntests:\n  - {name: two minor, as_of: 2021-01-01, given: {minor: [{points: 4, delay: 0}, {points: 5, delay: 1}]}, expect: {outcome: bad}}"));
        Assert.Equal(("test.failed", "test 'two minor' expects outcome bad, but the rules give outcome good"), (problem.Code, problem.Message));
        Assert.Contains("minor: 9, from 2 statements", problem.Suggestion, StringComparison.Ordinal);
        Assert.Contains("total <= low gives good", problem.Suggestion, StringComparison.Ordinal);
    }
}
