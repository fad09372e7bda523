using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads "cohort: {statistic: percentile, at: 75, definition: average, of: total, by: peers, where: …, min_size: 10}".</summary>
internal static class CohortReading
{
    private static readonly string[] Words = ["count", "mean", "sd", "min", "max", "percentile", "values", "centres"];
    private static readonly string[] Definitions = ["average", "linear"];

    /// <summary>The operation and its type; null after a problem.</summary>
    public static (Operation? Operation, ExpressionType? Type) Read(Sheet sheet, YamlNode node, NameBook names)
    {
        if (sheet.Map(node) is not { } map)
        {
            return (null, null);
        }

        string? word = map.RequiredText("statistic");
        int kind = Array.IndexOf(Words, word);
        if (word is not null && kind < 0)
        {
            sheet.Report(map.NodeOf("statistic")!, "statistic.unknown", $"'{word}' is no statistic", "write one of " + string.Join(", ", Words));
        }

        CohortStatistic? statistic = ReadCommon(sheet, map, names, kind < 0 ? StatisticKind.Mean : (StatisticKind)kind);
        statistic = statistic?.Kind switch
        {
            StatisticKind.Percentile => statistic with { At = ReadAt(sheet, map), Definition = ReadDefinition(sheet, map) },
            StatisticKind.Centres => statistic with { Clusters = (int)(map.Required("k") is null ? 2 : map.Whole("k") ?? 2), Outlying = sheet.Literal(map.NodeOf("outlying"), ExpressionType.Exact)?.AsDecimal() ?? 0 },
            _ => statistic,
        };
        map.Close();
        return kind < 0 || statistic is null ? (null, null) : (new Operation.Statistic(statistic), TypeOf(statistic.Kind));
    }

    /// <summary>The parts every statistic has: of, by, where, min_size; null after a problem.</summary>
    public static CohortStatistic? ReadCommon(Sheet sheet, YamlMap map, NameBook names, StatisticKind kind)
    {
        YamlNode? node = map.Required("of");
        Typed? of = sheet.Expression(node, names.Scope);
        if (of is { Type.IsNumber: false })
        {
            sheet.Report(node!, "type.mismatch", $"a statistic is of numbers, not of {of.Type}", "");
            of = null;
        }

        Typed? by = map.NodeOf("by") is { } peers ? sheet.Expression(peers, names.Scope) : null;
        Typed? where = map.NodeOf("where") is { } condition ? sheet.Expression(condition, names.Scope, ExpressionType.Truth) : null;
        long? minimum = map.Required("min_size") is null ? null : map.Whole("min_size");
        if (minimum < 1)
        {
            sheet.Report(map.NodeOf("min_size")!, "statistic.size", "the fewest values a statistic is computed from is at least 1", "");
        }

        return of is null || minimum is null ? null : new CohortStatistic(kind, of, where, by) { MinSize = (int)minimum.Value };
    }

    /// <summary>The type a statistic has.</summary>
    public static ExpressionType TypeOf(StatisticKind kind) => kind switch
    {
        StatisticKind.Count => ExpressionType.Whole,
        StatisticKind.Values or StatisticKind.Centres => ExpressionType.ListOf(ExpressionType.Real),
        _ => ExpressionType.Real,
    };

    /// <summary>The unit a statistic has; empty where none is known.</summary>
    public static string UnitOf(CohortStatistic statistic, Scope scope) => statistic.Kind == StatisticKind.Count ? "" : new Units(scope, []).Of(statistic.Of);

    private static decimal ReadAt(Sheet sheet, YamlMap map)
    {
        YamlNode? node = map.Required("at");
        decimal at = sheet.Literal(node, ExpressionType.Exact)?.AsDecimal() ?? 50;
        if (at is < 0 or > 100)
        {
            sheet.Report(node!, "statistic.percentile", "a percentile lies between 0 and 100", "");
        }

        return at;
    }

    private static string ReadDefinition(Sheet sheet, YamlMap map)
    {
        string definition = map.RequiredText("definition") ?? "average";
        if (!Definitions.Contains(definition))
        {
            sheet.Report(map.NodeOf("definition")!, "statistic.percentile", $"'{definition}' is no definition of a percentile", "write average (SAS 5) or linear (R 7)");
        }

        return definition;
    }
}
