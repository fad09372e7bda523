using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads "cohort: {statistic: percentile, at: 75, definition: average, of: total, by: peers, where: …, min_size: 10}".</summary>
internal static class CohortReading
{
    private static readonly string[] Words = ["count", "mean", "sd", "min", "max", "percentile", "values", "centres"];
    private static readonly string[] Definitions = ["average", "linear"];

    /// <summary>The operation and its type; null and broken after a problem.</summary>
    public static (Operation? Operation, ExpressionType Type) Read(Sheet sheet, YamlNode node, NameBook names)
    {
        if (sheet.Map(node) is not { } map)
        {
            return (null, ExpressionType.Broken);
        }

        string? word = map.RequiredText("statistic");
        int kind = Array.IndexOf(Words, word);
        if (word is not null && kind < 0)
        {
            string? nearest = NearestName.Of(word, Words);
            sheet.Report(map.NodeOf("statistic")!, "statistic.unknown", $"'{word}' is no statistic", nearest is null ? "write one of " + string.Join(", ", Words) : $"did you mean '{nearest}'?");
        }

        CohortStatistic statistic = ReadCommon(sheet, map, names, kind < 0 ? StatisticKind.Mean : (StatisticKind)kind);
        statistic = kind < 0 ? statistic : statistic.Kind switch
        {
            StatisticKind.Percentile => statistic with { At = ReadAt(sheet, map), Definition = ReadDefinition(sheet, map) },
            StatisticKind.Centres => WithClusters(sheet, map, statistic),
            _ => statistic,
        };
        if (kind < 0)
        {
            Array.ForEach(["at", "definition", "k", "outlying"], key => map.NodeOf(key));
        }

        map.Close();
        return kind < 0 ? (null, ExpressionType.Broken) : (new Operation.Statistic(statistic), TypeOf(statistic.Kind));
    }

    /// <summary>The parts every statistic has: of, by, where, min_size.</summary>
    public static CohortStatistic ReadCommon(Sheet sheet, YamlMap map, NameBook names, StatisticKind kind)
    {
        Typed of = sheet.Expressions.ReadNumber(map.Required("of"), names.Scope, "a statistic is of");
        Typed? by = map.NodeOf("by") is { } peers ? sheet.Expressions.Read(peers, names.Scope) : null;
        if (by is { Type.Sort: Sort.List or Sort.Span })
        {
            sheet.Report(map.NodeOf("by")!, "type.mismatch", $"peers have a text, number, flag or day in common, not a {by.Type}", "");
        }

        Typed? where = map.NodeOf("where") is { } condition ? sheet.Expressions.Read(condition, names.Scope, ExpressionType.Truth) : null;
        long? minimum = map.Required("min_size") is null ? null : map.Whole("min_size");
        if (minimum is < 1 or > int.MaxValue)
        {
            sheet.Report(map.NodeOf("min_size")!, "statistic.size", "the fewest values a statistic is computed from is at least 1", "");
        }

        return new CohortStatistic(kind, of, where, by) { MinSize = (int)Math.Clamp(minimum ?? 1, 1, int.MaxValue) };
    }

    /// <summary>A statistic of clusters with how many, and what lies too far from all.</summary>
    public static CohortStatistic WithClusters(Sheet sheet, YamlMap map, CohortStatistic statistic)
    {
        long? k = map.Required("k") is null ? null : map.Whole("k");
        if (k is < 2 or > 1000)
        {
            sheet.Report(map.NodeOf("k")!, "statistic.clusters", "the number of clusters lies between 2 and 1000", "");
        }

        decimal? outlying = sheet.Literal(map.NodeOf("outlying"), ExpressionType.Exact)?.AsDecimal();
        if (outlying is <= 0)
        {
            sheet.Report(map.NodeOf("outlying")!, "statistic.clusters", "the distance from which a value is outlying is above zero", "take it out where none is");
        }

        return statistic with { Clusters = (int)Math.Clamp(k ?? 2, 2, 1000), Outlying = outlying ?? 0 };
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
        string definition = map.RequiredText("definition") ?? Definitions[0];
        if (!Definitions.Contains(definition))
        {
            sheet.Report(map.NodeOf("definition")!, "statistic.percentile", $"'{definition}' is no definition of a percentile", NearestName.Of(definition, Definitions) is { } nearest ? $"did you mean '{nearest}'?" : "write average (SAS 5) or linear (R 7)");
        }

        return definition;
    }
}
