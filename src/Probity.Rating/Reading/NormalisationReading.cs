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

    /// <summary>The statistics and the operation that uses them; null and broken after a problem.</summary>
    public static (Operation? Operation, ExpressionType Type) Read(Sheet sheet, (string Key, YamlNode Node, YamlNode.Scalar Name) written, NameBook names, ICollection<Step> steps)
    {
        if (sheet.Map(written.Node) is not { } map)
        {
            return (null, ExpressionType.Broken);
        }

        CohortStatistic common = CohortReading.ReadCommon(sheet, map, names, StatisticKind.Mean);
        if (written.Key is "percentile_rank" or "minmax" && common.MinSize < 2 && map.NodeOf("min_size") is { } size && map.Whole("min_size") == 1)
        {
            sheet.Report(size, "statistic.size", $"of one value there is no {written.Key.Replace('_', ' ')}: it would divide by zero", "write 'min_size: 2' or more");
        }

        string? better = map.Text("better");
        if (better is not (null or "lower" or "higher"))
        {
            sheet.Report(map.NodeOf("better")!, "better.unknown", $"'{better}' is no direction", NearestName.Of(better, ["lower", "higher"]) is { } nearest ? $"did you mean '{nearest}'?" : "write lower or higher");
        }

        common = written.Key == "cluster" ? CohortReading.WithClusters(sheet, map, common) : common;
        map.Close();
        return Compose(sheet, written, (common, map.NodeOf("of") as YamlNode.Scalar, better == "lower"), (names, steps));
    }

    // The statistics are given their names even where what they are of is wrong, so that what uses them is no new problem.
    private static (Operation? Operation, ExpressionType Type) Compose(
        Sheet sheet, (string Key, YamlNode Node, YamlNode.Scalar Name) written, (CohortStatistic Statistic, YamlNode.Scalar? Of, bool Turned) read, (NameBook Names, ICollection<Step> Steps) into)
    {
        (CohortStatistic common, bool turned) = (read.Statistic, read.Turned);
        string of = common.Of.Type == ExpressionType.Real ? $"{read.Of?.Text}" : $"double({read.Of?.Text})";
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
            AddStatistic(sheet, (written.Name, suffix), common with { Kind = kind }, into);
        }

        ExpressionType type = written.Key == "cluster" ? ExpressionType.Whole : ExpressionType.Real;
        if (!common.Of.IsSound)
        {
            return (new Operation.Formula(new Typed.Broken([common.Of], type), formula), type);
        }

        Typed typed = sheet.Expressions.Read(written.Name, (formula, 0), into.Names.Scope);
        return (new Operation.Formula(typed, formula), typed.Type);
    }

    private static void AddStatistic(Sheet sheet, (YamlNode.Scalar Name, string Suffix) called, CohortStatistic statistic, (NameBook Names, ICollection<Step> Steps) into)
    {
        var at = new YamlNode.Scalar($"{called.Name.Text}_{called.Suffix}", false, called.Name.Line, called.Name.Column) { Copy = called.Name.Copy, IsFilledIn = true };
        Presentation shown = PresentationReading.None with { Label = new Wording([(sheet.Language, at.Text.Replace('_', ' '))]) };
        Typed.Slot slot = into.Names.Give(sheet, at, CohortReading.TypeOf(statistic.Kind), shown);
        into.Names.Scope.Measure(slot, CohortReading.UnitOf(statistic, into.Names.Scope));
        into.Steps.Add(new Step(at.Text, slot.Number, slot.Type, new Operation.Statistic(statistic)) { Shown = shown });
    }
}
