using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>What a methodology file may not say, and what its author is told.</summary>
public sealed class MethodologyCheckTests
{
    private const string Small = """
        probity: 1
        id: test.small
        version: 1.0.0
        title: A small one
        status: draft
        applies: {from: 2020-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        parameters:
          limit: {type: int, unit: points, values: {2020-01-01: {value: 10, ref: Act 1}, 2022-01-01: {value: 20, decided: 2021-11-01, ref: Act 2}}}
        bands: [{code: good, label: Good}, {code: bad, label: Bad}]
        evidence:
          inspection: {expires: {after: P2Y, because: old findings say little}, fields: {points: {type: int, min: 0, max: 100}}}
        indicators:
          points: {from: inspection, take: sum, value: points, unit: points, missing: not_rated}
        scores:
          doubled: {value: 2 * points, unit: points}
        outcome:
          score: doubled
          dimensions: [points]
          band: {hit: first, rows: [{when: {doubled: <= limit}, then: good}, {then: bad}]}
        tests:
          - {name: few points, as_of: 2021-06-01, given: {inspection: [{points: 5}]}, expect: {outcome: good, doubled: 10}}
        """;

    [Fact]
    public void The_small_one_is_read() => Assert.Equal("test.small 1.0.0", Files.Written(Small).ToString());

    [Theory]
    [InlineData("take: sum", "takes: sum", "did you mean 'take'?")]
    [InlineData("take: sum", "take: summ", "did you mean 'sum'?")]
    [InlineData("value: 2 * points", "value: 2 * pionts", "did you mean 'points'?")]
    [InlineData("value: 2 * points", "value: 2 * * points", "'*' stands where a value")]
    [InlineData("value: 2 * points", "value: points / 2", "drops the remainder")]
    [InlineData("value: 2 * points", "value: \"points == 2 ? 'a' : 1\"", "different types, text and int")]
    [InlineData("missing: not_rated", "note: x", "key 'missing' is missing")]
    [InlineData("missing: not_rated", "missing: zero", "must be explained in words")]
    [InlineData("then: bad}", "then: awful}", "'awful' is no band of the scale")]
    [InlineData(", {then: bad}]", "]", "no row holds for doubled 11 from 2020-01-01")]
    [InlineData("<= limit}, then: good}, {then: bad}", "\"<= points\"}, then: good}, {when: {doubled: \"> limit\"}, then: bad}", "nobody can tell before there are data")]
    [InlineData("{doubled: <= limit}, then: good}, {then: bad}", "{doubled: <= 10}, then: good}, {when: {doubled: \">= 12\"}, then: bad}", "no row holds for doubled 11")]
    [InlineData("{then: bad}]", "{when: {doubled: < limit}, then: bad}, {then: bad}, {then: good}]", "row 4 is never reached")]
    [InlineData("version: 1.0.0", "version: one", "is not three numbers")]
    [InlineData("{2020-01-01: {value: 10", "{2020-06-01: {value: 10", "has no value before 2020-06-01")]
    [InlineData("<= limit", "<= 7", "no rule uses parameter 'limit'")]
    [InlineData("outcome: good, doubled: 10", "outcome: bad", "expects outcome bad, but the rules give outcome good")]
    [InlineData("month_ends: last_day\n", "", "needs a rule")]
    [InlineData("dimensions: [points]", "dimensions: []", "a headline is shown only together with its dimensions")]
    [InlineData("scores:\n", "scores:\n  first: {value: doubled + 1}\n", "stands further down")]
    [InlineData("doubled: {value", "points: {value", "'points' stands already")]
    [InlineData("doubled: {value", "Doubled Points: {value", "write 'doubled_points'")]
    [InlineData("unit: points, missing", "better: lower, best: 9, worst: 0, missing", "exchange best and worst")]
    [InlineData("take: sum, value: points", "take: latest, value: day, decay: P1Y", "only a sum, a count or a mean can decay")]
    public void A_wrong_file_is_answered_with_place_reason_and_advice(string right, string wrong, string said)
    {
        Assert.Contains(right, Small, StringComparison.Ordinal);
        List<Problem> problems = Files.ProblemsOf(Small.Replace(right, wrong, StringComparison.Ordinal));
        Problem problem = Assert.Single(problems, problem => problem.ToString().Contains(said, StringComparison.Ordinal));
        Assert.True(problem.Line > 0 && problem.Column > 0, problem.ToString());
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        string text = Small.Replace("take: sum", "take: summ", StringComparison.Ordinal).Replace("status: draft", "status: drift", StringComparison.Ordinal).Replace("then: bad}", "then: awful}", StringComparison.Ordinal);
        Assert.Equal(["band.unknown", "status.unknown", "take.unknown"], Files.ProblemsOf(text).Select(problem => problem.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_place_of_a_fault_is_the_character_in_the_expression()
    {
        Problem problem = Assert.Single(Files.ProblemsOf(Small.Replace("2 * points", "2 * pionts", StringComparison.Ordinal)), problem => problem.Code == "expression");
        string line = Small.Replace("2 * points", "2 * pionts", StringComparison.Ordinal).Split('\n')[problem.Line - 1];
        Assert.Equal("pionts", line.Substring(problem.Column - 1, 6));
    }

    [Theory]
    [InlineData("rates: establishment", "rates: person")]
    [InlineData("rates: establishment", "rates: natural-person")]
    public void G01_a_person_cannot_be_rated(string right, string wrong) => Assert.Contains(Problems(right, wrong), problem => problem.Code == "guard-rail.G01");

    [Theory]
    [InlineData("contexts: [food]", "contexts: [gossip]")]
    [InlineData("contexts: [food]", "contexts: []")]
    [InlineData("contexts: [food]", "contexts: [food, licence]")]
    [InlineData("inspection: {expires", "inspection: {context: court, expires")]
    public void G05_contexts_are_declared_and_do_not_mix(string right, string wrong) => Assert.Contains(Problems(right, wrong), problem => problem.Code == "guard-rail.G05");

    [Theory]
    [InlineData("social_media_posts")]
    [InlineData("religion")]
    [InlineData("political_opinion")]
    [InlineData("purchases")]
    [InlineData("anonymous_tips")]
    [InlineData("complaints")]
    [InlineData("press_reports")]
    [InlineData("charges")]
    [InlineData("red_flags")]
    public void G06_denied_evidence_cannot_be_allowed_by_a_file(string name) =>
        Assert.Contains(Files.ProblemsOf(Small.Replace("inspection", name, StringComparison.Ordinal)), problem => problem.Code == "guard-rail.G06");

    [Theory]
    [InlineData("membership_fee")]
    [InlineData("advertising")]
    [InlineData("payments")]
    public void G08_nobody_pays_for_a_better_rating(string name) =>
        Assert.Contains(Problems("fields: {points:", $"fields: {{{name}: {{type: int, optional: true}}, points:"), problem => problem.Code == "guard-rail.G08");

    [Theory]
    [InlineData("expires: {after: P2Y, because: old findings say little}, ", "")]
    [InlineData("after: P2Y", "after: P0D")]
    public void G31_evidence_without_an_expiry_is_refused(string right, string wrong) => Assert.Contains(Problems(right, wrong), problem => problem.Code == "guard-rail.G31");

    [Fact]
    public void G40_a_methodology_without_a_transparency_record_cannot_be_in_force()
    {
        List<Problem> problems = Problems("status: draft", "status: in-force");
        Assert.Equal(TransparencyRecord.RequiredKeys.Length, problems.Count(problem => problem.Code == "guard-rail.G40"));
        Assert.Contains(problems, problem => problem.Code == "legal.missing");
    }

    [Fact]
    public void A_branch_without_a_test_is_named_outside_a_draft() =>
        Assert.Contains(Problems("status: draft", "status: consultation"), problem => problem.Message == "no test meets row 2 of band");

    [Theory]
    [InlineData("title: A small one", "title:   A small one   # a remark")]
    [InlineData("value: 2 * points", "value: \"2*points\"")]
    [InlineData("id: test.small\n", "id: test.small\n\n\n")]
    [InlineData("name: few points", "name: a few points")]
    public void Comments_spaces_and_tests_do_not_change_the_fingerprint(string before, string after) =>
        Assert.Equal(Files.Written(Small).Fingerprint, Files.Written(Small.Replace(before, after, StringComparison.Ordinal)).Fingerprint);

    [Theory]
    [InlineData("value: 2 * points", "value: 2 * points + 0")]
    [InlineData("after: P2Y", "after: P3Y")]
    [InlineData("label: Good", "label: Fine")]
    public void A_change_of_the_rules_changes_the_fingerprint(string before, string after) =>
        Assert.NotEqual(Files.Written(Small).Fingerprint, Files.Written(Small.Replace(before, after, StringComparison.Ordinal)).Fingerprint);

    private static List<Problem> Problems(string right, string wrong)
    {
        Assert.Contains(right, Small, StringComparison.Ordinal);
        return Files.ProblemsOf(Small.Replace(right, wrong, StringComparison.Ordinal));
    }
}
