using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the dated parameters.</summary>
internal static class ParameterReading
{
    private static readonly string[] UsingSections = ["evidence", "indicators", "scores", "outcome", "robustness"];
    private static readonly string[] WordsForPeople = ["label", "because", "ref", "meaning"];

    public static void Read(Sheet sheet, YamlMap map)
    {
        YamlMap? parameters = map.Map("parameters");
        foreach (YamlNode.Scalar name in parameters?.Keys ?? [])
        {
            int mark = sheet.Mark;
            sheet.CheckName(name);
            YamlMap? one = sheet.Map(parameters!.NodeOf(name.Text));
            sheet.Parameters.Add(one is null ? Unread(sheet, name) : ReadOne(sheet, name, one));
            one?.Close();
            sheet.HarmSince(mark, $"parameter {name.Text}", name);
        }
    }

    /// <summary>Reports every parameter that no rule uses. Where something is wrong with the file, a rule that was not read may still use it by its name.</summary>
    public static void NameUnused(Sheet sheet, YamlMap map)
    {
        HashSet<string> mentioned = sheet.IsClean ? [] : [.. UsingSections.Select(map.NodeOf).OfType<YamlNode>().SelectMany(WordsIn)];
        foreach (YamlNode.Scalar name in map.Map("parameters")?.Keys ?? [])
        {
            if (!sheet.Expressions.UsedNames.Contains(name.Text) && !mentioned.Contains(name.Text))
            {
                sheet.Report(name, "parameter.unused", $"no rule uses parameter '{name.Text}'", "use it or take it out");
            }
        }
    }

    /// <summary>The words of a part of the file, those for people left out.</summary>
    public static IEnumerable<string> WordsIn(YamlNode node) => node switch
    {
        YamlNode.Scalar scalar => new string([.. scalar.Text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        YamlNode.List list => list.Items.SelectMany(WordsIn),
        YamlNode.Map map => map.Pairs.Where(pair => !WordsForPeople.Contains(pair.Key.Text)).SelectMany(pair => WordsIn(pair.Key).Concat(WordsIn(pair.Value))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static (Parameter Shown, ParameterRule Rule) Unread(Sheet sheet, YamlNode.Scalar name) =>
        (new Parameter(name.Text, Wording.None, "", "", []), new ParameterRule(name.Text, sheet.Parameters.Count, ExpressionType.Broken, [(DateOnly.MinValue, Unknown)]));

    private static Operand Unknown => new Operand.Failed("its value is not known");

    private static (Parameter Shown, ParameterRule Rule) ReadOne(Sheet sheet, YamlNode.Scalar name, YamlMap map)
    {
        string? word = map.RequiredText("type");
        ExpressionType? type = word is null ? null : ExpressionType.Named(word);
        if (word is not null && type is null)
        {
            string? nearest = NearestName.Of(word, ExpressionType.Words);
            sheet.Report(map.NodeOf("type")!, "type.unknown", $"'{word}' is no type", nearest is null ? "write one of " + string.Join(", ", ExpressionType.Words) : $"did you mean '{nearest}'?");
        }

        int mark = sheet.Mark;
        List<(DatedValue Shown, Operand Value)> values = ReadValues(sheet, map, type ?? ExpressionType.Broken);
        bool allDated = !sheet.ToldSince(mark);
        DateOnly? reviewed = map.DayOf("reviewed");
        var every = sheet.Literal(map.NodeOf("review_every"), ExpressionType.Span) as Operand.Span;
        (Wording label, string unit) = (sheet.Words(map.NodeOf("label")), map.Text("unit") ?? "");
        if (allDated && values.Count > 0 && sheet.AppliesFrom is { } from && values[0].Shown.From > from)
        {
            sheet.Report(name, "parameter.late", $"'{name.Text}' has no value before {Day.Text(values[0].Shown.From)}, but the methodology applies from {Day.Text(from)}", "add the value that held then");
        }

        CheckReview(sheet, map, reviewed, every);
        var shown = new Parameter(name.Text, label, word ?? "", unit, [.. values.Select(value => value.Shown)])
        {
            Reviewed = reviewed,
            ReviewDue = reviewed is { } day && every is not null ? every.Length.After(day) : null,
        };
        (DateOnly, Operand)[] known = values.Count > 0 ? [.. values.Select(value => (value.Shown.From, value.Value))] : [(DateOnly.MinValue, Unknown)];
        return (shown, new ParameterRule(name.Text, sheet.Parameters.Count, type ?? ExpressionType.Broken, [.. known]));
    }

    private static void CheckReview(Sheet sheet, YamlMap map, DateOnly? reviewed, Operand.Span? every)
    {
        if ((reviewed is null) != (every is null))
        {
            string there = reviewed is null ? "review_every" : "reviewed";
            string absent = reviewed is null ? "reviewed" : "review_every";
            if (map.NodeOf(there) is { } at && map.NodeOf(absent) is null)
            {
                sheet.Report(at, "review.half", $"'{there}' without '{absent}' says not when to look again", $"add '{absent}: …'");
            }
        }

        if (every is not null)
        {
            sheet.CheckMonths(map.NodeOf("review_every")!, every.Length);
        }
    }

    private static List<(DatedValue Shown, Operand Value)> ReadValues(Sheet sheet, YamlMap map, ExpressionType type)
    {
        var values = new List<(DatedValue Shown, Operand Value)>();
        YamlMap? dated = sheet.Map(map.Required("values"));
        if (dated is not null && !dated.Keys.Any())
        {
            sheet.Report(dated.Node, "value.empty", "a parameter has at least one value", "write {2024-01-01: {value: …, ref: …}}");
        }

        foreach (YamlNode.Scalar key in dated?.Keys ?? [])
        {
            YamlMap? one = sheet.Map(dated!.NodeOf(key.Text));
            (YamlNode? node, DateOnly? decided, string reference) = (one?.Required("value"), one?.DayOf("decided"), one?.RequiredText("ref") ?? "");
            if (!Day.TryParse(key.Text, out DateOnly from))
            {
                sheet.Report(key, "type.day", $"'{key.Text}' must be the day from which the value holds, such as 2024-01-01", "");
            }
            else
            {
                values.Add((new DatedValue(from, node is YamlNode.Scalar text ? text.Text : "", decided, reference), sheet.Literal(node, type) ?? Unknown));
            }

            one?.Close();
        }

        values.Sort((a, b) => a.Shown.From.CompareTo(b.Shown.From));
        return values;
    }
}
