using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the dated parameters.</summary>
internal static class ParameterReading
{
    public static void Read(Sheet sheet, YamlMap map, DateOnly appliesFrom)
    {
        if (map.Map("parameters") is not { } parameters)
        {
            return;
        }

        foreach (YamlNode.Scalar name in parameters.Keys)
        {
            int before = sheet.Parameters.Count;
            if (sheet.Map(parameters.NodeOf(name.Text)) is { } one && sheet.CheckName(name))
            {
                ReadOne(sheet, name, one, appliesFrom);
                one.Close();
            }

            if (sheet.Parameters.Count == before)
            {
                sheet.BrokenParameters.Add(name.Text);
            }
        }
    }

    /// <summary>Reports every parameter that no rule uses.</summary>
    public static void NameUnused(Sheet sheet, YamlMap map)
    {
        foreach (YamlNode.Scalar name in map.Map("parameters")?.Keys ?? [])
        {
            if (sheet.Parameters.Exists(parameter => parameter.Shown.Name == name.Text) && !sheet.UsedNames.Contains(name.Text))
            {
                sheet.Report(name, "parameter.unused", $"no rule uses parameter '{name.Text}'", "use it or take it out");
            }
        }
    }

    private static void ReadOne(Sheet sheet, YamlNode.Scalar name, YamlMap map, DateOnly appliesFrom)
    {
        string? word = map.RequiredText("type");
        ExpressionType? type = word is null ? null : ExpressionType.Named(word);
        if (word is not null && type is null)
        {
            sheet.Report(map.NodeOf("type")!, "type.unknown", $"'{word}' is no type", "write one of " + string.Join(", ", ExpressionType.Words));
        }

        List<(DatedValue Shown, Operand Value)> values = ReadValues(sheet, map, type ?? ExpressionType.Text);
        DateOnly? reviewed = map.DayOf("reviewed");
        var every = sheet.Literal(map.NodeOf("review_every"), ExpressionType.Span) as Operand.Span;
        (Wording label, string unit) = (sheet.Words(map.NodeOf("label")), map.Text("unit") ?? "");
        if (type is null || values.Count == 0)
        {
            return;
        }

        if (values[0].Shown.From > appliesFrom)
        {
            sheet.Report(name, "parameter.late", $"'{name.Text}' has no value before {Day.Text(values[0].Shown.From)}, but the methodology applies from {Day.Text(appliesFrom)}", "add the value that held then");
        }

        CheckReview(sheet, map, reviewed, every);
        var shown = new Parameter(name.Text, label, word!, unit, [.. values.Select(value => value.Shown)])
        {
            Reviewed = reviewed,
            ReviewDue = reviewed is { } day && every is not null ? every.Length.After(day) : null,
        };
        sheet.Parameters.Add((shown, new ParameterRule(name.Text, sheet.Parameters.Count, type, [.. values.Select(value => (value.Shown.From, value.Value))])));
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
        foreach (YamlNode.Scalar key in dated?.Keys ?? [])
        {
            YamlMap? one = sheet.Map(dated!.NodeOf(key.Text));
            (YamlNode? node, DateOnly? decided, string reference) = (one?.Required("value"), one?.DayOf("decided"), one?.RequiredText("ref") ?? "");
            if (!Day.TryParse(key.Text, out DateOnly from))
            {
                sheet.Report(key, "type.day", $"'{key.Text}' must be the day from which the value holds, such as 2024-01-01", "");
            }
            else if (node is not null && sheet.Literal(node, type) is { } value)
            {
                values.Add((new DatedValue(from, ((YamlNode.Scalar)node).Text, decided, reference), value));
            }

            one?.Close();
        }

        values.Sort((a, b) => a.Shown.From.CompareTo(b.Shown.From));
        return values;
    }
}
