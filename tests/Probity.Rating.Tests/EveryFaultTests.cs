using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>Faults that once hid others, stood at the wrong place or were said twice.</summary>
public sealed class EveryFaultTests
{
    private const string Rules = """
        probity: 1
        id: test.every
        version: 1.0.0
        title: Every fault
        status: draft
        applies: {from: 2020-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        parameters:
          life_min: {type: number, unit: years, values: {2020-01-01: {value: 20, ref: Act 1}}}
          life_max: {type: number, unit: years, values: {2020-01-01: {value: 85, ref: Act 1}}}
        bands: [{code: high, label: High}, {code: low, label: Low}]
        evidence:
          year: {expires: {after: P2Y, because: old}, fields: {life: {type: number, unit: years}, n: {type: int}, d: {type: decimal}, kind: {type: text}}}
        indicators:
          life: {from: year, take: latest, value: life, unit: years, missing: not_rated}
          n: {from: year, take: latest, value: n, missing: not_rated}
          d: {from: year, take: latest, value: d, missing: not_rated}
          kind: {from: year, take: latest, value: kind, missing: not_rated}
        scores:
          health: {goalposts: {of: life, worst: life_min, best: life_max, beyond: held}}
          wealth: {value: "double(n) / 10.0"}
          points: {value: "n + 1"}
          rounded: {value: "round(d, 2, 'half_up')"}
          index: {mean: {of: {health: 0.5, wealth: 0.5}, total: 1, missing: stays}}
          grade: {table: {hit: first, rows: [{when: {n: "<= 3"}, then: "'a'"}, {when: {n: "> 3"}, then: "'b'"}]}}
        outcome:
          score: index
          dimensions: [health, wealth]
          band: {hit: first, rows: [{when: {index: ">= 0.5", n: ">= 1"}, then: high}, {then: low}]}
        tests:
          - {name: well, as_of: 2021-06-01, given: {year: [{life: 85, n: 10, d: 1.5, kind: big}]}, expect: {outcome: high, health: 1, points: 11}}
          - {name: ill, as_of: 2021-06-01, given: {year: [{life: 20, n: 1, d: 1.5, kind: small}]}, expect: {outcome: low, wealth: 0.1}}
        """;

    [Fact]
    public void The_rules_are_sound() => Assert.Equal("test.every 1.0.0", Files.Written(Rules).ToString());

    [Fact]
    public void An_unknown_name_in_goalposts_hid_a_wrong_total_and_an_unknown_name_in_the_bands() => Told(
        ["best: life_max,>best: life_maxx,", "total: 1,>total: 4,", "{index: \">= 0.5\"|>{indexx: \">= 0.5\""],
        ["expression life_maxx", "weight.total 4", "expression indexx"]);

    [Fact]
    public void A_bad_day_hid_a_wrong_value_in_the_same_test() => Told(["as_of: 2021-06-01, given: {year: [{life: 85, n: 10>as_of: soon, given: {year: [{life: 85, n: ten"], ["type.day soon", "type.literal ten"]);

    [Fact]
    public void A_gap_in_a_table_hid_a_wrong_value_of_a_test() => Told(["{n: \"> 3\"}|>{n: \"> 4\"}", "points: 11}>points: 12}"], ["table.gap {hit", "test.failed 12"]);

    [Fact]
    public void A_fault_in_one_score_hid_a_wrong_value_of_another_in_a_test_and_only_that_is_told() => Told(["best: life_max>best: life_maxx", "points: 11}>points: 12}"], ["expression life_maxx", "test.failed 12"]);

    [Fact]
    public void A_limit_of_a_table_was_not_looked_at_where_its_name_was_unknown() => Told(["{index: \">= 0.5\"|>{indexx: \">= limitt\""], ["expression indexx", "expression limitt"]);

    [Fact]
    public void A_fault_in_an_argument_hid_one_in_the_next() => Told(["round(d, 2, 'half_up')>round(dd, 20, 'half_upp')"], ["expression dd", "expression 20", "expression 'half_upp'"]);

    [Fact]
    public void A_key_that_stands_twice_hid_everything_else() => Told(["title: Every fault>title: Every fault\ntitle: Twice", "take: latest, value: life>take: latst, value: life"], ["key.twice title", "take.unknown latst"]);

    [Fact]
    public void A_mistyped_section_made_everything_in_it_unknown() => Told(["scores:>scorez:", "parameters:>paramters:"], ["key.unknown paramters", "key.unknown scorez"]);

    [Theory]
    [InlineData("value: \"double(n) / 10.0\"", "vaule: \"double(n) / 10.0\"")]
    [InlineData("take: latest, value: n", "tkae: latest, value: n")]
    [InlineData("best: life_max", "bst: life_max")]
    [InlineData("expires: {after", "expiers: {after")]
    [InlineData("of: {health: 0.5", "off: {health: 0.5")]
    [InlineData("fields: {life", "feilds: {life")]
    public void A_mistyped_key_was_told_again_as_missing(string right, string wrong) => Assert.Equal("key.unknown", Assert.Single(Files.ProblemsOf(Changed(right, wrong))).Code);

    [Theory]
    [InlineData("worst: life_min", "worst: life_mni", "'life_mni' is not a name known here; did you mean 'life_min'?")]
    [InlineData("of: life,", "of: lief,", "did you mean 'life'?")]
    [InlineData("worst: life_min", "worst: kind", "goalposts are of numbers, not of text")]
    [InlineData("worst: life_min", "worst: d", "'-' cannot be applied to number, decimal")]
    [InlineData("best: life_max", "best: life_min", "best and worst are the same, 20 from 2020-01-01: nothing lies between them")]
    [InlineData("of: life, worst: life_min, best: life_max", "of: n, worst: 0, best: 10", "drops the remainder")]
    public void A_fault_in_goalposts_stood_at_the_score(string right, string wrong, string said)
    {
        List<Problem> problems = Files.ProblemsOf(Changed(right, wrong));
        Problem problem = problems.First(problem => problem.Code != "parameter.unused");
        Assert.Contains(said, problem.ToString(), StringComparison.Ordinal);
        string line = Changed(right, wrong).Split('\n')[problem.Line - 1];
        Assert.True(problem.Line == 23 && problem.Column > line.IndexOf("goalposts: {", StringComparison.Ordinal) + 12, problem.ToString());
        Assert.Single(problems, one => one.Message == problem.Message && one.Column == problem.Column);
    }

    [Fact]
    public void A_branch_without_a_test_had_no_place() => Told(
        ["status: draft>status: consultation", "n: 1, d>n: 9, d", "wealth: 0.1>wealth: 0.9"],
        ["branch.untested {when"]);

    [Theory]
    [InlineData("parameters:\n", "parameters:\n\tlife: 1\n", 12, 1)]
    [InlineData("  health: {goal", "  nothing:\n\t  value: n\n  health: {goal", 24, 1)]
    public void A_tab_was_told_at_the_beginning_of_the_file(string right, string wrong, int line, int column)
    {
        Problem problem = Assert.Single(Files.ProblemsOf(Changed(right, wrong)));
        Assert.Equal((line, column, "yaml.tab"), (problem.Line, problem.Column, problem.Code));
    }

    [Theory]
    [InlineData("points: {value: \"n + 1\"}", "points:\n    value: >-\n      n\n      + zz", "zz")]
    [InlineData("value: \"n + 1\"", "value: 'kind == ''x'' ? n : zz'", "zz")]
    [InlineData("value: \"n + 1\"", "value: \"kind == \\\"x\\\" ? n : zz\"", "zz")]
    [InlineData("value: \"n + 1\"", "value: \"n\n      + zz\"", "zz")]
    [InlineData("{index: \">= 0.5\"", "{index: \">=   zz\"", "zz")]
    public void A_fault_in_a_text_with_escapes_or_several_lines_stood_beside_its_place(string right, string wrong, string fault)
    {
        string text = Changed(right, wrong);
        Problem problem = Files.ProblemsOf(text).First(problem => problem.Message.Contains($"'{fault}'", StringComparison.Ordinal));
        Assert.StartsWith(fault, text.Split('\n')[problem.Line - 1][(problem.Column - 1)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'half_up'", "'half_u'", "'half_u' is no rounding; did you mean 'half_up'?")]
    [InlineData("round(d, 2, 'half_up')", "round(d, 2)", "its mode is missing; write round(x, places, 'half_up'); the modes are half_up, half_even, half_away, up, down, truncate")]
    [InlineData("round(d, 2,", "round(d, 16,", "16 is no number of places: from -15 to 15")]
    [InlineData("double(n) / 10.0", "double(n) / 0.0", "this divides by zero")]
    [InlineData("\"n + 1\"", "\"n % 0\"", "this divides by zero")]
    [InlineData("\"double(n) / 10.0\"", "life / (life_min - life_min)", "this divides by zero")]
    [InlineData("\"double(n) / 10.0\"", "life / ln(1.0)", "this divides by zero")]
    [InlineData("\"double(n) / 10.0\"", "life * ln(0.0)", "this can never be computed: ln is not a finite number")]
    [InlineData("\"double(n) / 10.0\"", "life * sqrt(0.0 - life_min)", "this can never be computed: sqrt is not a finite number")]
    [InlineData("\"n + 1\"", "\"n + int('ten')\"", "this can never be computed: 'ten' is no whole number")]
    [InlineData("\"n + 1\"", "\"n + [1, 2][2]\"", "this can never be computed: the list has no item 2")]
    [InlineData("\"n + 1\"", "\"n + [n, 2][-1]\"", "a list has no item before its first")]
    [InlineData("\"double(n) / 10.0\"", "\"percentile_rank(life, [1.0])\"", "a rank needs two values")]
    [InlineData("\"double(n) / 10.0\"", "pow(life)", "'pow' takes 2 values, not 1; write pow(number, number)")]
    [InlineData("\"double(n) / 10.0\"", "ln(n)", "'ln' cannot be applied to int; write double(…)")]
    public void A_constant_that_can_never_be_was_found_only_with_data(string right, string wrong, string said)
    {
        Problem problem = Assert.Single(Files.ProblemsOf(Changed(right, wrong)), problem => problem.Code == "expression");
        Assert.Contains(said, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"double(n) / 10.0\"", "\"life_min == 0.0 ? 0.0 : double(n) / 10.0\"")]
    [InlineData("\"double(n) / 10.0\"", "\"life_min != 20.0 ? life / (life_min - 20.0) : double(n) / 10.0\"")]
    [InlineData("\"n + 1\"", "\"life_min != 20.0 && life / (life_min - 20.0) > 1.0 ? 1 : n + 1\"")]
    public void What_a_known_condition_leaves_out_is_not_told(string right, string wrong) => Files.Written(Changed(right, wrong));

    [Fact]
    public void A_parameter_that_is_zero_in_one_period_is_told_with_the_day() => Assert.Contains(
        "this divides by zero from 2022-01-01",
        Assert.Single(Files.ProblemsOf(Rules.Replace("{value: 20, ref: Act 1}", "{value: 20, ref: Act 1}, 2022-01-01: {value: 0, ref: Act 2}", StringComparison.Ordinal)
            .Replace("\"double(n) / 10.0\"", "\"(double(n) + life / life_min - life / life_min) / 10.0\"", StringComparison.Ordinal)), problem => problem.Code == "expression" && problem.Column < 52).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("name: ill", "name: well", "test.twice", "there is a test 'well' already, on line 34")]
    [InlineData("outcome: low, wealth", "outcome: lowest, wealth", "outcome.unknown", "'lowest' is neither a band of the scale nor a reason for not rating; write one of high, low, AwaitingInspection")]
    [InlineData("outcome: low, wealth", "outcome: hgih, wealth", "outcome.unknown", "did you mean 'high'?")]
    [InlineData("expect: {outcome: low, wealth: 0.1}", "expect: {}", "value.empty", "a test expects something")]
    [InlineData("wealth: 0.1}", "life_min: 20}", "test.parameter", "'life_min' is a parameter")]
    [InlineData("life: 20, n: 1", "life: 20, n: one", "type.literal", "a value of type int is expected here, not 'one'")]
    [InlineData("points: {value", "if: {value", "name.form", "'if' is a word of the expression language")]
    [InlineData("kind: {type: text}", "kind: {type: text}, day: {type: date}", "name.twice", "'day' is what every statement has of itself")]
    [InlineData("kind: {type: text}", "kind: {type: text}, life_min: {type: int}", "name.twice", "'life_min' stands already as a parameter")]
    [InlineData("n: {type: int}", "n: {type: int, min: 9, max: 1}", "field.range", "no value of 'n' is both at least 9 and at most 1")]
    [InlineData("kind: {type: text}", "kind: {type: text, min: 1}", "type.mismatch", "only numbers have a least and a greatest")]
    [InlineData("take: latest, value: n, missing", "take: sum, value: n, decay: P0D, missing", "length.none", "a half-life of no length")]
    [InlineData("take: latest, value: n, missing", "take: sum, value: n, window: P0D, missing", "length.none", "a window of no length")]
    [InlineData("kind: {type: text}", "kind: {type: text, one_of: [big, small, big]}", "value.twice", "'big' stands already among 'one_of'")]
    [InlineData("title: Every fault", "title: ''", "value.empty", "'title' is empty")]
    [InlineData("title: Every fault", "title: {english: Every fault}", "language.unknown", "'english' is no language tag")]
    [InlineData("  score: index", "  overrides: [{id: o, when: n > 1, at_best: high, because: x}]\n  score: index", "override.nothing", "'high' is the best band of the scale: nothing would change")]
    [InlineData("score: index", "score: life_min", "dimension.parameter", "'life_min' is a parameter")]
    [InlineData("value: \"n + 1\"", "value: \"points + 1\"", "expression", "'points' cannot be computed from itself")]
    [InlineData("outcome: low, wealth", "outcmoe: low, wealth", "name.unknown", "did you mean 'outcome'?")]
    [InlineData("value: \"n + 1\"", "value: n, round: {places: 2}", "rounding.mode", "its mode is missing; add 'mode: half_up'; the modes are")]
    [InlineData("{index: \">= 0.5\"", "{index: \"=> 0.5\"", "expression", "write '>='")]
    [InlineData("from: year, take: latest, value: n,", "from: [], take: latest, value: n,", "value.empty", "taken from at least one evidence type")]
    [InlineData("missing: stays}}\n  grade", "missing: stays}, caps: [{id: a, when: n > 1, at_most: 1.0, at_least: 0.0, because: x}]}\n  grade", "cap.limit", "a cap has one limit")]
    [InlineData("{index: \">= 0.5\", n: \">= 1\"}", "{index: [0.5, 1]}", "type.expression", "a comparison such as")]
    [InlineData("{n: \"<= 3\"}", "{n: \"<= 3 || n == 9\"}", "table.axis", "is no comparison with one value")]
    [InlineData("band: {hit: first, rows: [{when: {index: \">= 0.5\", n: \">= 1\"}, then: high}, {then: low}]}", "band: {from: day_of}", "name.unknown", "'day_of' is no indicator, score or parameter")]
    [InlineData("{health: 0.5, wealth: 0.5}, total: 1,", "[health, wealth], total: 1,", "weight.total", "2 values without weights have the weight 1 each")]
    [InlineData("mean: {of: {health: 0.5, wealth: 0.5}, total: 1, missing: stays}", "zscore: {of: health, better: up, min_size: 2}", "better.unknown", "'up' is no direction")]
    [InlineData("mean: {of: {health: 0.5, wealth: 0.5}, total: 1, missing: stays}", "zscore: {of: health, min_size: 99999999999}", "statistic.size", "at least 1")]
    [InlineData("value: \"n + 1\"", "percentile_rank: {of: health, min_size: 1}", "statistic.size", "of one value there is no percentile rank: it would divide by zero; write 'min_size: 2' or more")]
    [InlineData("value: \"n + 1\"", "minmax: {of: health, min_size: 1}", "statistic.size", "of one value there is no minmax")]
    [InlineData("title: Every fault", "title: {en: Every fault, fr: ''}", "value.empty", "the text in 'fr' is empty")]
    [InlineData("dimensions: [health, wealth]", "dimensions: [health, wealth, health]", "dimension.twice", "'health' stands already among the dimensions")]
    [InlineData("value: \"n + 1\"", "cluster: {of: health, k: 1, min_size: 2}", "statistic.clusters", "between 2 and 1000")]
    public void What_the_check_let_pass_is_said(string right, string wrong, string code, string said) =>
        Assert.Contains(Files.ProblemsOf(Changed(right, wrong)), problem => problem.Code == code && problem.Line > 0 && problem.Column > 0 && problem.ToString().Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("\"n + 1\"", "\"kind == 'bg' ? n : n + 1\"", "'kind' is never 'bg'; did you mean 'big'?")]
    [InlineData("\"n + 1\"", "\"kind in ['big', 'huge'] ? n : n + 1\"", "'kind' is never 'huge'; it is one of big, small")]
    [InlineData("{n: \"<= 3\"}", "{kind: grand}", "'kind' is never 'grand'; it is one of big, small")]
    [InlineData("take: latest, value: n,", "take: latest, where: kind == 'smal', value: n,", "'kind' is never 'smal'; did you mean 'small'?")]
    [InlineData("n: \">= 1\"}", "grade: c}", "'grade' is never 'c'; did you mean 'a'?")]
    public void A_comparison_with_a_value_that_can_never_be_is_said(string right, string wrong, string said) => Assert.Contains(
        Files.ProblemsOf(Changed(right, wrong).Replace("kind: {type: text}", "kind: {type: text, one_of: [big, small]}", StringComparison.Ordinal)),
        problem => problem.Code == "expression" && problem.ToString().Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("take: latest, value: n,", "take: latest, where: n < 0, value: n,", "'n' is at least 0")]
    [InlineData("{n: \"<= 3\"}", "{n: \"> 9\"}", "'n' is at most 9")]
    [InlineData("\"n + 1\"", "\"n + n > 18 ? 1 : 2\"", "what is compared is at most 18")]
    [InlineData("\"n + 1\"", "\"max(n, 3) < 3 ? 1 : 2\"", "what is compared is at least 3")]
    [InlineData("\"n + 1\"", "\"min(n, 3) == 4 ? 1 : 2\"", "what is compared is at most 3")]
    [InlineData("\"n + 1\"", "\"d >= 9.5 ? 1 : 2\"", "'d' is at most 2.5")]
    [InlineData("\"n + 1\"", "\"0 - n > 0 ? 1 : 2\"", "what is compared is at most 0")]
    public void A_comparison_that_can_never_hold_was_let_pass(string right, string wrong, string said)
    {
        string text = Changed(right, wrong).Replace("n: {type: int}, d: {type: decimal}", "n: {type: int, min: 0, max: 9}, d: {type: decimal, one_of: [1.5, 2.5]}", StringComparison.Ordinal).Replace("n: 10,", "n: 9,", StringComparison.Ordinal);
        Assert.Contains(Files.ProblemsOf(text), problem => problem.Code == "expression" && problem.Message == $"this can never hold: {said}");
    }

    [Theory]
    [InlineData("\"n + n >= 18 ? 1 : 2\"")]
    [InlineData("\"n * n > 80 ? 1 : 2\"")]
    [InlineData("\"double(n) * 0.1 >= 0.9 ? 1 : 2\"")]
    [InlineData("\"wealth > 0.9 ? 1 : 2\"")]
    [InlineData("\"n < 1 ? 1 : 2\"")]
    public void What_may_hold_is_not_said_to_be_impossible(string formula) => Assert.DoesNotContain(
        Files.ProblemsOf(Changed("\"n + 1\"", formula).Replace("{type: int}", "{type: int, min: 0, max: 9}", StringComparison.Ordinal).Replace("n: 10,", "n: 11,", StringComparison.Ordinal)),
        problem => problem.Message.Contains("never hold", StringComparison.Ordinal));

    [Fact]
    public void A_sum_of_parts_that_are_never_negative_was_let_be_below_zero()
    {
        string text = Changed("{type: int}", "{type: int, one_of: [0, 5, 10]}").Replace("take: latest, value: n,", "take: sum, value: n,", StringComparison.Ordinal).Replace("{n: \"<= 3\"}", "{n: \"<= -3\"}", StringComparison.Ordinal);
        Assert.Contains(Files.ProblemsOf(text), problem => problem.Message == "this can never hold: 'n' is at least 0");
    }

    [Fact]
    public void A_row_below_all_that_can_be_was_told_as_untested_and_not_as_dead() => Assert.Equal(
        ["row 2 is never reached: the rows above meet all its cases"],
        Files.ProblemsOf(Changed("{n: \"<= 3\"}", "{n: \">= 0\"}").Replace("{when: {n: \"> 3\"}, then", "{then", StringComparison.Ordinal).Replace("n: {type: int}", "n: {type: int, min: 0}", StringComparison.Ordinal)).Select(problem => problem.Message));

    [Fact]
    public void A_statement_of_a_test_after_its_day_was_told_as_a_failed_expectation() => Told(["given: {year: [{life: 85>given: {year: [{day: 2021-06-02, life: 85"], ["test.day 2021-06-02"]);

    [Fact]
    public void A_test_before_the_rules_apply_was_told_as_a_failed_expectation() => Told(["name: well, as_of: 2021-06-01>name: well, as_of: 2019-06-01"], ["test.day 2019-06-01"]);

    [Fact]
    public void A_given_value_out_of_bounds_was_told_as_a_failed_expectation() => Told(["n: {type: int}>n: {type: int, max: 9}"], ["test.range 10"]);

    [Fact]
    public void A_wrong_unit_was_told_again_wherever_the_name_is_compared() => Told(["value: life, unit: years>value: life, unit: days"], ["unit.mismatch days"]);

    [Fact]
    public void An_alternative_that_uses_its_own_score_was_hidden_by_a_fault_in_the_score() => Told(
        ["{health: 0.5, wealth: 0.5}, total: 1,>{health: 0.5, wealth: 0.5}, total: 3,", "tests:>robustness: {seed: 1, draws: 100, alternatives: [{score: index, instead: [{value: index * 2.0}]}]}\ntests:"],
        ["weight.total 3", "robustness.alternative index"]);

    [Fact]
    public void A_band_that_no_row_gives_was_let_pass() => Told(["status: draft>status: withdrawn", "label: Low}]>label: Low}, {code: lower, label: Lower}]"], ["band.unused {code:"]);

    [Fact]
    public void A_cut_between_two_ints_was_refused_without_a_word() => Files.Written(Changed("{n: \"<= 3\"}", "{n: \"<= 3.5\"}"));

    [Fact]
    public void Cuts_between_ints_leave_gaps_that_ints_can_fall_in_only() => Assert.Equal(
        "no row holds for n 4", Assert.Single(Files.ProblemsOf(Changed("{when: {n: \"<= 3\"}, then: \"'a'\"}, {when: {n: \"> 3\"}", "{when: {n: \"<= 3.5\"}, then: \"'a'\"}, {when: {n: \"> 4.5\"}"))).Message);

    private static string Changed(string right, string wrong)
    {
        Assert.Contains(right, Rules, StringComparison.Ordinal);
        return Rules.Replace(right, wrong, StringComparison.Ordinal);
    }

    // Each problem wanted is its code and what stands at its place, in the order of the file. Each change is "right>wrong", or "right|>wrong" where either holds the sign itself
    private static void Told(string[] changes, string[] wanted)
    {
        string text = Rules;
        foreach (string change in changes)
        {
            string[] sides = change.Contains("|>", StringComparison.Ordinal) ? change.Split("|>") : change.Split('>', 2);
            Assert.Contains(sides[0], text, StringComparison.Ordinal);
            text = text.Replace(sides[0], sides[1], StringComparison.Ordinal);
        }

        List<Problem> problems = Files.ProblemsOf(text);
        string[] lines = text.Split('\n');
        Assert.True(wanted.Length == problems.Count && problems.Zip(wanted).All(pair => Stands(pair.First, pair.Second.Split(' '))), string.Join('\n', problems));
        bool Stands(Problem problem, string[] where) => problem.Code == where[0] && lines[problem.Line - 1][(problem.Column - 1)..].StartsWith(where[1], StringComparison.Ordinal);
    }
}
