using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the scores: values computed from values above them.</summary>
internal static class ScoreReading
{
    private static readonly string[] Operations = ["value", "table", "goalposts", "cohort", .. AggregateReading.Keys, .. NormalisationReading.Keys];

    public static ImmutableArray<Step> Read(Sheet sheet, YamlMap map, NameBook names)
    {
        ImmutableArray<Step>.Builder steps = ImmutableArray.CreateBuilder<Step>();
        YamlMap? scores = map.Map("scores");
        foreach (YamlNode.Scalar name in scores?.Keys ?? [])
        {
            names.Scope.Forbid(name.Text, $"'{name.Text}' stands further down (line {name.Line}); move it above");
        }

        foreach (YamlNode.Scalar name in scores?.Keys ?? [])
        {
            if (sheet.Map(scores!.NodeOf(name.Text)) is { } one)
            {
                if (ReadOne(sheet, name, one, (names, steps)) is { } step)
                {
                    steps.Add(step);
                }
                else
                {
                    names.Scope.Break(name.Text);
                }

                one.Close();
            }
        }

        return steps.ToImmutable();
    }

    private static Step? ReadOne(Sheet sheet, YamlNode.Scalar name, YamlMap map, (NameBook Names, ImmutableArray<Step>.Builder Steps) before)
    {
        NameBook names = before.Names;
        Presentation shown = PresentationReading.Read(sheet, name, map);
        (string Key, YamlNode Node)[] written = [.. Operations.Select(key => (key, map.NodeOf(key)!)).Where(found => found.Item2 is not null)];
        if (written.Length != 1)
        {
            sheet.Report(name, "operation.one", $"'{name.Text}' needs exactly one way to be computed", "write one of " + string.Join(", ", Operations));
            return null;
        }

        Rounding? rounding = RoundingReading.Read(sheet, map.NodeOf("round"));
        (Operation? operation, ExpressionType? type) = ReadOperation(sheet, written[0], name, before);
        ImmutableArray<Cap> caps = ReadCaps(sheet, map, names, rounding is not null && type == ExpressionType.Whole ? ExpressionType.Exact : type);
        if (operation is null || type is null)
        {
            return null;
        }

        if (operation is Operation.Statistic && !caps.IsEmpty)
        {
            sheet.Report(map.NodeOf("caps")!, "caps.statistic", $"'{name.Text}' is one number for all; it cannot be limited for some", "limit a score that uses it");
        }

        if (rounding is not null)
        {
            if (!type.IsNumber)
            {
                sheet.Report(map.NodeOf("round")!, "type.mismatch", $"'{name.Text}' is of type {type} and cannot be rounded", "take out 'round'");
            }

            type = type == ExpressionType.Whole ? ExpressionType.Exact : type;
        }

        string unit = sheet.CheckUnit(name, shown.Unit, UnitOf(sheet, name, operation, names.Scope));
        if (names.Give(sheet, name, type, shown) is not { } slot)
        {
            return null;
        }

        names.Scope.Measure(slot, unit);
        sheet.AgreedUnit(name, [slot, .. caps.Select(cap => cap.At)], names.Scope, "are compared by a cap");
        return new Step(name.Text, slot.Number, type, operation) { Rounding = rounding, Caps = caps, Shown = shown };
    }

    // The unit a score has by what it is computed from; empty where nothing is known of it.
    private static string UnitOf(Sheet sheet, YamlNode.Scalar name, Operation operation, Scope scope) => operation switch
    {
        Operation.Formula formula => new Units(scope, []).Of(formula.Expression),
        Operation.Lookup lookup => sheet.AgreedUnit(name, lookup.Table.Rows.Select(row => row.Then), scope, "are results of one table"),
        Operation.Aggregate aggregate when aggregate.Parts.All(part => part.Weight is Typed.Constant) && aggregate.Kind is not (AggregateKind.Count or AggregateKind.Variance) =>
            sheet.AgreedUnit(name, aggregate.Parts.Select(part => part.Of), scope, "are aggregated"),
        Operation.Statistic statistic => CohortReading.UnitOf(statistic.Of, scope),
        _ => "",
    };

    private static (Operation? Operation, ExpressionType? Type) ReadOperation(
        Sheet sheet, (string Key, YamlNode Node) written, YamlNode.Scalar name, (NameBook Names, ImmutableArray<Step>.Builder Steps) before) => written.Key switch
        {
            "value" => Formula(sheet, written.Node, before.Names),
            "table" => Lookup(sheet, name.Text, written.Node, before.Names),
            "goalposts" => Goalposts(sheet, written.Node, name, before.Names),
            "cohort" => CohortReading.Read(sheet, written.Node, before.Names),
            var key when AggregateReading.Keys.Contains(key) => AggregateReading.Read(sheet, key, written.Node, before.Names),
            var key => NormalisationReading.Read(sheet, (key, written.Node, name), before.Names, before.Steps),
        };

    /// <summary>An expression as a way of computing a score; null after a problem.</summary>
    public static (Operation? Operation, ExpressionType? Type) Formula(Sheet sheet, YamlNode value, NameBook names)
    {
        Typed? typed = sheet.Expression(value, names.Scope);
        if (typed?.Walk().FirstOrDefault(part => part is Typed.Apply { Function: { Name: "/", Gives.Sort: Sort.Whole } }) is not null)
        {
            sheet.Report(value, "division.whole", "dividing whole numbers drops the remainder without saying so", "write decimal(…) around the first number");
        }

        return typed is null ? (null, null) : (new Operation.Formula(typed, ((YamlNode.Scalar)value).Text), typed.Type);
    }

    // (x − worst) / (best − worst), where "beyond: held" keeps it within 0 … 1 and "beyond: goes_on" does not.
    private static (Operation? Operation, ExpressionType? Type) Goalposts(Sheet sheet, YamlNode node, YamlNode.Scalar name, NameBook names)
    {
        if (sheet.Map(node) is not { } map)
        {
            return (null, null);
        }

        string[] ends = [map.RequiredText("of") ?? "0", map.RequiredText("worst") ?? "0", map.RequiredText("best") ?? "0"];
        string? beyond = map.RequiredText("beyond");
        map.Close();
        if (beyond is not (null or "held" or "goes_on"))
        {
            sheet.Report(map.NodeOf("beyond")!, "goalposts.beyond", $"'{beyond}' does not say what holds beyond the goalposts", "write held or goes_on");
        }

        string share = $"(({ends[0]}) - ({ends[1]})) / (({ends[2]}) - ({ends[1]}))";
        string formula = beyond == "held" ? $"max(0.0, min(1.0, {share}))" : share;
        Typed? typed = sheet.Expression(name, formula, names.Scope);
        return typed is null ? (null, null) : (new Operation.Formula(typed, formula), typed.Type);
    }

    private static (Operation? Operation, ExpressionType? Type) Lookup(Sheet sheet, string name, YamlNode node, NameBook names)
    {
        RuleTable? table = TableReading.Read(sheet, name, node, (names.Scope, null));
        return table is null ? (null, null) : (new Operation.Lookup(table), table.Rows[0].Then.Type);
    }

    private static ImmutableArray<Cap> ReadCaps(Sheet sheet, YamlMap map, NameBook names, ExpressionType? type)
    {
        ImmutableArray<Cap>.Builder caps = ImmutableArray.CreateBuilder<Cap>();
        foreach (YamlMap one in map.Maps("caps"))
        {
            string? id = one.RequiredText("id");
            Typed? when = one.Required("when") is { } condition ? sheet.Expression(condition, names.Scope, ExpressionType.Truth) : null;
            YamlNode? most = one.NodeOf("at_most");
            YamlNode? limit = most ?? one.NodeOf("at_least");
            if (limit is null)
            {
                sheet.Report(one.Node, "cap.limit", "a cap needs a limit", "add 'at_most: …' or 'at_least: …'");
            }

            Typed? at = limit is null || type is null ? null : sheet.Expression(limit, names.Scope, type);
            Wording because = sheet.Words(one.Required("because"));
            string reference = one.Text("ref") ?? "";
            one.Close();
            if (id is not null && when is not null && at is not null)
            {
                caps.Add(new Cap(id, when, at, IsFloor: most is null) { Because = because, Reference = reference });
            }
        }

        return caps.ToImmutable();
    }
}
