using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Probity.Rating.Expressions;
using Probity.Tests.Support;

namespace Probity.Rating.Tests;

/// <summary>The CEL conformance suite (../shared/data/expressions): what the subset has must behave as CEL says.</summary>
public sealed partial class CelConformanceTests
{
    // What the language leaves out (docs/methodology.md says why), recognised in the text of a test's expression.
    private static readonly (string What, Regex Mark)[] LeftOut =
    [
        ("unsigned numbers", Unsigned()), ("bytes", Bytes()), ("maps and messages", Braces()), ("null", Null()), ("dyn and type", Dynamic()),
        ("times and durations", Times()), ("map and filter", Transforms()), ("regular expressions", Matches()), ("parts of names", Members()),
        ("extension libraries", Extensions()), ("lists of mixed types", Mixed()), ("optional values", Optional()), ("quoted names", Quoted()),
    ];

    [Fact]
    public void Every_test_of_what_the_subset_has_passes()
    {
        using JsonDocument suite = JsonDocument.Parse(File.ReadAllText(SharedData.Path("expressions/cel-conformance.json")));
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach ((string path, JsonElement test) in TestsOf(suite.RootElement, ""))
        {
            string verdict = VerdictOf(test);
            counts[verdict.Split(':')[0]] = counts.GetValueOrDefault(verdict.Split(':')[0]) + 1;
            if (verdict.StartsWith("wrong", StringComparison.Ordinal))
            {
                wrong.Add($"{path}/{test.GetProperty("name").GetString()}: {test.GetProperty("expr").GetString()} — {verdict}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Snapshot.Match(string.Join("\n", counts.Select(count => $"{count.Value} {count.Key}")) + "\n", "cel-conformance");
    }

    private static string VerdictOf(JsonElement test)
    {
        string expression = test.GetProperty("expr").GetString()!;
        bool wantsError = test.TryGetProperty("evalError", out _);
        var scope = new Scope();
        if (!TryBind(test, scope, out Operand[] frame))
        {
            return "left out, variables of other types";
        }

        var faults = new List<Fault>();
        Typed? typed = Checker.Read(expression, scope, faults);
        if (typed is null)
        {
            string? leftOut = LeftOut.FirstOrDefault(construct => construct.Mark.IsMatch(expression)).What;
            return leftOut is not null ? "left out, " + leftOut : wantsError || test.TryGetProperty("disableCheck", out _) ? "passed, refused before it is computed" : "wrong: refused, " + faults[0].Message;
        }

        if (test.TryGetProperty("checkOnly", out _) || test.TryGetProperty("typedResult", out _) && !test.TryGetProperty("value", out _))
        {
            return "passed, checked";
        }

        Operand result = Interpreter.Compute(typed, frame);
        if (wantsError)
        {
            return result.IsKnown ? $"wrong: an error is expected, got {result}" : "passed, error as expected";
        }

        bool equal = !test.TryGetProperty("value", out JsonElement value) ? result is Operand.Truth { Holds: true } : Same(value, result);
        return equal ? "passed, value as expected" : $"wrong: got {result}";
    }

    private static bool TryBind(JsonElement test, Scope scope, out Operand[] frame)
    {
        var values = new List<Operand>();
        frame = [];
        if (test.TryGetProperty("container", out _))
        {
            return false;
        }

        if (test.TryGetProperty("bindings", out JsonElement bindings))
        {
            foreach (JsonProperty binding in bindings.EnumerateObject())
            {
                if (binding.Name.Contains('.', StringComparison.Ordinal) || !binding.Value.TryGetProperty("value", out JsonElement value) || Read(value) is not { } operand)
                {
                    return false;
                }

                scope.Add(binding.Name, operand switch
                {
                    Operand.Whole => ExpressionType.Whole,
                    Operand.Real => ExpressionType.Real,
                    Operand.Text => ExpressionType.Text,
                    _ => ExpressionType.Truth,
                });
                values.Add(operand);
            }
        }
        else if (test.TryGetProperty("typeEnv", out _))
        {
            return false;
        }

        frame = [.. values];
        return true;
    }

    private static Operand? Read(JsonElement value)
    {
        JsonProperty one = value.EnumerateObject().First();
        return one.Name switch
        {
            "int64Value" => new Operand.Whole(long.Parse(one.Value.GetString()!, CultureInfo.InvariantCulture)),
            "doubleValue" => new Operand.Real(Double(one.Value)),
            "stringValue" => new Operand.Text(one.Value.GetString()!),
            "boolValue" => Operand.Truth.Of(one.Value.GetBoolean()),
            _ => null,
        };
    }

    private static bool Same(JsonElement value, Operand result)
    {
        JsonProperty one = value.EnumerateObject().First();
        return (one.Name, result) switch
        {
            ("doubleValue", Operand.Real real) => Double(one.Value).Equals(real.Number),
            ("listValue", Operand.Items items) => (one.Value.TryGetProperty("values", out JsonElement list) ? list.EnumerateArray().ToImmutableArray() : []) is var wanted
                && wanted.Length == items.Content.Length && wanted.Zip(items.Content).All(pair => Same(pair.First, pair.Second)),
            _ => Read(value)?.Equals(result) ?? false,
        };
    }

    private static double Double(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture)
        : element.GetDouble();

    private static IEnumerable<(string Path, JsonElement Test)> TestsOf(JsonElement suite, string path)
    {
        string here = $"{path}/{suite.GetProperty("name").GetString()}";
        if (suite.TryGetProperty("tests", out JsonElement tests))
        {
            foreach (JsonElement test in tests.EnumerateArray())
            {
                yield return (here, test.GetProperty("original"));
            }
        }

        if (suite.TryGetProperty("suites", out JsonElement suites))
        {
            foreach ((string, JsonElement) test in suites.EnumerateArray().SelectMany(inner => TestsOf(inner, here)))
            {
                yield return test;
            }
        }
    }

    [GeneratedRegex(@"\d[uU]\b|\buint\(|[0-9a-fA-F]u\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unsigned();

    [GeneratedRegex(@"\b[bB][rR]?['""]|\b[rR][bB]['""]|\bbytes\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bytes();

    [GeneratedRegex(@"\{", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\bnull\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Null();

    [GeneratedRegex(@"\bdyn\(|\btype\(|\btype\b|\bdyn\b|_type|^(bool|int|uint|double|string|bytes|list|map)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dynamic();

    [GeneratedRegex(@"\btimestamp\(|\bduration\(|\.get[A-Z]\w+\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Times();

    [GeneratedRegex(@"\.(map|filter|existsOne|transformList|transformMap)\(|\.(all|exists)\(\s*\w+\s*,\s*\w+\s*,", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Transforms();

    [GeneratedRegex(@"\bmatches\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Matches();

    [GeneratedRegex(@"(?<![\d.])[A-Za-z_]\w*\.[A-Za-z_]\w*(?!\w*\()|^\.|\)\.[a-z]\w*(?!\w*\()|\bhas\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Members();

    [GeneratedRegex(@"\b(math|strings|base64|cel|proto|optional)\.|\.(charAt|indexOf|lastIndexOf|lowerAscii|upperAscii|replace|split|substring|trim|join|format|reverse|quote)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Extensions();

    [GeneratedRegex(@"\[\?|\.\?|\?\w+:", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Optional();

    [GeneratedRegex(@"\[[^\]]*\d\s*,\s*['""]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mixed();

    [GeneratedRegex("`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
