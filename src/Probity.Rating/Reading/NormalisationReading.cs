using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>
/// Reads scores that place a value within its cohort: zscore, minmax, percentile_rank, cluster. Each becomes the statistics it needs, as
/// scores of their own that everybody can look at, and a formula over them.
/// </summary>
internal static class NormalisationReading
{
    /// <summary>The keys under which these stand.</summary>
    public static readonly string[] Keys = ["zscore", "minmax", "percentile_rank", "cluster"];

    /// <summary>The statistics and the operation that uses them; null after a problem.</summary>
    public static (Operation? Operation, ExpressionType? Type) Read(Sheet sheet, (string Key, YamlNode Node, YamlNode.Scalar Name) written, NameBook names, ICollection<Step> steps)
    {
        if (sheet.Map(written.Node) is not { } map)
        {
            return (null, null);
        }

        CohortStatistic? common = CohortReading.ReadCommon(sheet, map, names, StatisticKind.Mean);
        bool turned = map.Text("better") == "lower";
        if (written.Key == "cluster" && common is not null)
        {
            common = common with { Clusters = (int)(map.Required("k") is null ? 2 : map.Whole("k") ?? 2), Outlying = sheet.Literal(map.NodeOf("outlying"), ExpressionType.Exact)?.AsDecimal() ?? 0 };
        }

        map.Close();
        if (common is null)
        {
            return (null, null);
        }

        string of = common.Of.Type == ExpressionType.Real ? ((YamlNode.Scalar)map.NodeOf("of")!).Text : $"double({((YamlNode.Scalar)map.NodeOf("of")!).Text})";
        string name = written.Name.Text;
        (string formula, (string Suffix, StatisticKind Kind)[] needs) = written.Key switch
        {
            "zscore" => (turned ? $"({name}_mean - ({of})) / {name}_sd" : $"(({of}) - {name}_mean) / {name}_sd", [("mean", StatisticKind.Mean), ("sd", StatisticKind.StandardDeviation)]),
            "minmax" => (turned ? $"({name}_max - ({of})) / ({name}_max - {name}_min)" : $"(({of}) - {name}_min) / ({name}_max - {name}_min)", [("min", StatisticKind.Min), ("max", StatisticKind.Max)]),
            "percentile_rank" => (turned ? $"1.0 - percentile_rank({of}, {name}_values)" : $"percentile_rank({of}, {name}_values)", new[] { ("values", StatisticKind.Values) }),
            _ => (turned ? $"size({name}_centres) + 1 - nearest({of}, {name}_centres)" : $"nearest({of}, {name}_centres)", new[] { ("centres", StatisticKind.Centres) }),
        };
        foreach ((string suffix, StatisticKind kind) in needs)
        {
            AddStatistic(sheet, (written.Name, suffix), common with { Kind = kind }, names, steps);
        }

        Typed? typed = sheet.Expression(written.Name, formula, names.Scope);
        return typed is null ? (null, null) : (new Operation.Formula(typed, formula), typed.Type);
    }

    private static void AddStatistic(Sheet sheet, (YamlNode.Scalar Name, string Suffix) called, CohortStatistic statistic, NameBook names, ICollection<Step> steps)
    {
        var at = new YamlNode.Scalar($"{called.Name.Text}_{called.Suffix}", false, called.Name.Line, called.Name.Column);
        var shown = new Presentation(new Wording([(sheet.Language, at.Text.Replace('_', ' '))]), "", Better.Neither);
        if (names.Give(sheet, at, CohortReading.TypeOf(statistic.Kind), shown) is { } slot)
        {
            names.Scope.Measure(slot, CohortReading.UnitOf(statistic, names.Scope));
            steps.Add(new Step(at.Text, slot.Number, slot.Type, new Operation.Statistic(statistic)) { Shown = shown });
        }
    }
}
