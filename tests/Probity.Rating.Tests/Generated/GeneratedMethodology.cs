using System.Text;

namespace Probity.Rating.Tests.Generated;

/// <summary>Methodologies nobody wrote, which use the whole language. Most of them are valid; what the checker refuses is not rated by.</summary>
internal sealed class GeneratedMethodology
{
    private static readonly string[] Numeric = ["int", "decimal", "number"];
    private readonly Choices _choices;
    private readonly StringBuilder _file = new();
    private readonly Dictionary<string, List<string>> _names = [];
    private readonly List<string> _numbers = [];
    private int _made;

    private GeneratedMethodology(Choices choices) => _choices = choices;

    /// <summary>The text of a file.</summary>
    public static string Of(Choices choices)
    {
        var made = new GeneratedMethodology(choices);
        made.Header();
        made.Indicators();
        made.Scores();
        made.Outcome();
        return made._file.ToString();
    }

    private void Header() => _file.Append("""
        probity: 1
        id: test.generated
        version: 1.0.0
        title: Generated
        status: draft
        applies: {from: 2000-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Nobody}
        bands: [{code: best, label: Best}, {code: "5", label: Five}, {code: fair, label: Fair}, {code: worst, label: Worst}]
        parameters:
          reach: {type: duration, values: {2000-01-01: {value: P9M, ref: a law}, 2020-01-01: {value: P2Y, ref: another}}}
          half: {type: duration, values: {2000-01-01: {value: P200D, ref: a law}}}
          factor: {type: decimal, values: {2000-01-01: {value: 1.25, ref: a law}}}
          limit: {type: int, values: {2000-01-01: {value: 7, ref: a law}}}
        evidence:
          visit:
            expires: {after: P3Y, because: old}
            fields:
              i: {type: int, min: -9000000000000000, max: 9000000000000000}
              d: {type: decimal, optional: true}
              r: {type: number, optional: true}
              t: {type: text, one_of: [a, b, c, dd]}
              f: {type: flag, optional: true}
              w: {type: date, optional: true}
          order:
            expires: {after: P40M, because: old}
            fields: {i: {type: int, min: 0, max: 20}, d: {type: decimal}, r: {type: number}, t: {type: text}, f: {type: flag}}

        """);

    private void Indicators()
    {
        _file.AppendLine("indicators:");
        var fields = new Dictionary<string, List<string>>
        {
            ["int"] = ["i", "i", "limit"],
            ["decimal"] = ["d", "factor"],
            ["number"] = ["r"],
            ["text"] = ["t", "item"],
            ["flag"] = ["f"],
            ["date"] = ["day"],
        };
        var expressions = new GeneratedExpressions(_choices, fields);
        Line("peer: {from: visit, take: latest, value: t, missing: stays}", "text");
        Line("uses: {from: order, take: sum, value: decimal(i) * factor + decimal(limit), window: reach, missing: zero, because: why not}", "decimal");
        Line("older: {from: order, take: sum, value: double(i), decay: half, missing: stays}", "number");
        for (int i = _choices.Below(6) + 2; i > 0; i--)
        {
            (string take, string type) = (_choices.Of("latest", "count", "sum", "mean", "max", "min"), _choices.Of("int", "decimal", "number", "text", "flag", "date"));
            type = take is "sum" or "mean" or "max" or "min" ? Numeric[_choices.Below(3)] : type;
            string from = _choices.Of("visit", "visit", "order", "[visit, order]");
            bool decays = take is "sum" or "count" or "mean" && type is not ("text" or "flag" or "date") && _choices.OneIn(4);
            string result = decays ? "number" : take == "count" ? "int" : take == "mean" && type == "int" ? "decimal" : type;
            string value = take == "count" && _choices.OneIn(2) ? "" : $", value: \"{expressions.Of(type, 2)}\"";
            string where = _choices.OneIn(3) ? $", where: \"{expressions.Truth(2)}\"" : "";
            string window = _choices.OneIn(3) ? $", window: {_choices.Of("P1Y", "P6M", "reach", "P90D")}" : "";
            Line($"{Name()}: {{from: {from}, take: {take}{value}{where}{window}{(decays ? ", decay: half" : "")}, missing: {Missing(result)}}}", result);
        }
    }

    private string Missing(string type) => _choices.Below(5) switch
    {
        0 => "not_rated",
        1 => "{not_rated: AwaitingInspection}",
        2 when Numeric.Contains(type) => "zero, because: none is none",
        3 when type == "text" => "{value: c}, because: none is c",
        _ => "stays",
    };

    private void Scores()
    {
        _file.AppendLine("scores:");
        for (int i = _choices.Below(8) + 3; i > 0; i--)
        {
            var expressions = new GeneratedExpressions(_choices, _names);
            (string body, string type) = _choices.Below(9) switch
            {
                0 or 1 => Formula(expressions),
                2 => Table(expressions),
                3 or 4 => Aggregate(),
                5 => ($"cohort: {{statistic: {_choices.Of("count", "mean", "sd", "min", "max")}, {Cohort(expressions, 1)}}}", "number"),
                6 => ($"cohort: {{statistic: percentile, at: {_choices.Below(101)}, definition: {_choices.Of("average", "linear")}, {Cohort(expressions, 1)}}}", "number"),
                7 => ($"{_choices.Of("zscore", "minmax", "percentile_rank")}: {{{Cohort(expressions, 2)}{_choices.Of("", ", better: lower")}}}", "number"),
                _ => ($"cluster: {{{Cohort(expressions, 1)}, k: {_choices.Below(3) + 2}{_choices.Of("", ", outlying: 1.5")}}}", "int"),
            };
            type = body.Contains("statistic: count", StringComparison.Ordinal) ? "int" : type;
            bool rounds = Numeric.Contains(type) && _choices.OneIn(3);
            string rounding = rounds ? $", round: {_choices.Of("{places: 1, mode: half_up}", "{to: 0.5, mode: half_even}", "{places: 0, mode: down}")}" : "";
            type = rounds && type == "int" ? "decimal" : type;
            string caps = Numeric.Contains(type) && _choices.OneIn(4) ? $", caps: [{{id: c, when: \"{expressions.Truth(1)}\", {_choices.Of("at_most", "at_least")}: \"{expressions.Of(type, 1)}\", because: enough}}]" : "";
            Line($"{Name()}: {{{body}{rounding}{caps}}}", type);
        }
    }

    private (string Body, string Type) Formula(GeneratedExpressions expressions)
    {
        string type = _choices.Of("int", "decimal", "number", "number", "text", "flag");
        return ($"value: \"{expressions.Of(type, 3)}\"", type);
    }

    private (string Body, string Type) Table(GeneratedExpressions expressions)
    {
        string type = _choices.Of("int", "decimal", "text");
        return ($"table: {{hit: first, rows: [{{when: \"{expressions.Truth(2)}\", then: \"{expressions.Of(type, 1)}\"}}, {{when: \"{expressions.Truth(1)}\", then: \"{expressions.Of(type, 1)}\"}}, {{then: \"{expressions.Of(type, 0)}\"}}]}}", type);
    }

    private (string Body, string Type) Aggregate()
    {
        string[] parts = [.. Enumerable.Range(0, _choices.Below(4) + 1).Select(_ => _numbers[_choices.Below(_numbers.Count)]).Distinct()];
        string kind = _choices.Of("mean", "mean", "sum", "geometric", "variance", "count");
        if (kind == "count")
        {
            return ($"count: {{of: [{string.Join(", ", parts)}]}}", "int");
        }

        bool weighed = _choices.OneIn(2);
        string of = weighed ? "{" + string.Join(", ", parts.Select((part, i) => $"{part}: 0.{i + 1}")) + $"}}, total: 0.{parts.Length * (parts.Length + 1) / 2}".Replace("0.10", "1.0", StringComparison.Ordinal) : $"[{string.Join(", ", parts)}]";
        bool exact = kind != "geometric" && parts.All(part => !_names["number"].Contains(part));
        return ($"{kind}: {{of: {of}, missing: {_choices.Of("share_out", "stays")}, need: {_choices.Below(parts.Length) + 1}}}", exact ? "decimal" : "number");
    }

    private string Cohort(GeneratedExpressions expressions, int fewest)
    {
        string by = _choices.OneIn(2) ? $", by: \"{_choices.Of("peer", "peer", expressions.Text(1), expressions.Whole(0))}\"" : "";
        string where = _choices.OneIn(4) ? $", where: \"{expressions.Truth(1)}\"" : "";
        return $"of: {_numbers[_choices.Below(_numbers.Count)]}{by}{where}, min_size: {_choices.Below(4) + fewest}";
    }

    private void Outcome()
    {
        var expressions = new GeneratedExpressions(_choices, _names);
        string score = _numbers[_choices.Below(_numbers.Count)];
        _file.AppendLine("outcome:").AppendLine($"  score: {score}").AppendLine($"  dimensions: [{score}]");
        if (_choices.OneIn(3))
        {
            string then = _choices.Of("not_rated: Exempt", "as_published: peer", $"as_published: \"{expressions.Text(1)}\"");
            _file.AppendLine($"  states: [{{when: \"{expressions.Truth(2)}\", {then}, because: so it is}}]");
        }

        string rows = _choices.Below(3) switch
        {
            0 => $"{{hit: first, rows: [{{when: \"{expressions.Truth(2)}\", then: best}}, {{when: {{{score}: \"<= 12\"}}, then: fair}}, {{then: worst}}]}}",
            1 when _names.TryGetValue("int", out List<string>? whole) => $"{{from: {whole[_choices.Below(whole.Count)]}}}",
            _ => $"{{hit: first, rows: [{{when: {{{score}: \"<= {_choices.Below(9)}\"}}, then: best}}, {{when: {{{score}: \"<= {_choices.Below(90) + 10}\"}}, then: fair}}, {{then: worst}}]}}",
        };
        _file.AppendLine($"  band: {rows}");
        if (_choices.OneIn(3))
        {
            _file.AppendLine($"  overrides: [{{id: o, when: \"{expressions.Truth(1)}\", {_choices.Of("at_best: fair", "at_worst: fair")}, because: so it is}}]");
        }
    }

    private string Name() => $"x{++_made}";

    private void Line(string line, string type)
    {
        _file.Append("  ").AppendLine(line);
        string name = line[..line.IndexOf(':', StringComparison.Ordinal)];
        if (!_names.TryGetValue(type, out List<string>? known))
        {
            _names[type] = known = [];
        }

        known.Add(name);
        if (Numeric.Contains(type))
        {
            _numbers.Add(name);
        }
    }
}
