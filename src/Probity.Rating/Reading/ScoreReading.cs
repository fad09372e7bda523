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
        YamlNode? node = map.NodeOf("scores");
        YamlMap? scores = sheet.Map(node);
        names.Scope.IsBlind |= node is not null && scores is null;
        foreach (YamlNode.Scalar name in scores?.Keys ?? [])
        {
            names.Scope.Forbid(name.Text, $"'{name.Text}' stands further down (line {name.Line}); move it above");
        }

        foreach (YamlNode.Scalar name in scores?.Keys ?? [])
        {
            int mark = sheet.Mark;
            YamlMap? one = sheet.Map(scores!.NodeOf(name.Text));
            if (one is null)
            {
                names.Give(sheet, name, ExpressionType.Broken, PresentationReading.None);
                continue;
            }

            int before = steps.Count;
            ReadOne(sheet, name, one, (names, steps));
            one.Close();
            foreach (Step step in steps.Skip(before))
            {
                sheet.HarmSince(mark, $"value {step.Slot}", name);
            }
        }

        return steps.ToImmutable();
    }

    private static void ReadOne(Sheet sheet, YamlNode.Scalar name, YamlMap map, (NameBook Names, ImmutableArray<Step>.Builder Steps) before)
    {
        NameBook names = before.Names;
        names.Scope.Forbid(name.Text, $"'{name.Text}' cannot be computed from itself");
        Presentation shown = PresentationReading.Read(sheet, name, map);
        Rounding? rounding = RoundingReading.Read(sheet, map.NodeOf("round"));
        map.NodeOf("caps");
        (string Key, YamlNode Node)[] written = [.. Operations.Select(key => (key, map.NodeOf(key)!)).Where(found => found.Item2 is not null)];
        if (written.Length != 1 && !(written.Length == 0 && map.Resembles(Operations)))
        {
            sheet.Report(name, "operation.one", $"'{name.Text}' needs exactly one way to be computed", "write one of " + string.Join(", ", Operations));
        }

        (Operation? operation, ExpressionType type) = written.Length == 1 ? ReadOperation(sheet, written[0], name, before) : (null, ExpressionType.Broken);
        ImmutableArray<Cap> caps = ReadCaps(sheet, map, names, map.NodeOf("round") is not null && type == ExpressionType.Whole ? ExpressionType.Exact : type);
        if (operation is Operation.Statistic && map.NodeOf("caps") is { } limits)
        {
            sheet.Report(limits, "caps.statistic", $"'{name.Text}' is one number for all; it cannot be limited for some", "limit a score that uses it");
        }

        if (map.NodeOf("round") is { } round)
        {
            if (!type.IsNumber && !type.IsBroken)
            {
                sheet.Report(round, "type.mismatch", $"'{name.Text}' is of type {type} and cannot be rounded", "take out 'round'");
            }

            type = type == ExpressionType.Whole ? ExpressionType.Exact : type;
        }

        operation ??= new Operation.Formula(Typed.Broken.Unread, "");
        string unit = sheet.CheckUnit(name, map.NodeOf("unit"), (shown.Unit, UnitOf(sheet, name, operation, names.Scope)));
        Typed.Slot slot = names.Give(sheet, name, type, shown);
        names.Scope.Measure(slot, unit);
        if (operation is Operation.Formula formula && caps.IsEmpty && map.NodeOf("round") is null)
        {
            names.Scope.Allow(slot, PossibleValues.Of(formula.Expression, names.Scope));
        }
        else if (operation is Operation.Lookup lookup && caps.IsEmpty && map.NodeOf("round") is null)
        {
            names.Scope.Allow(slot, PossibleValues.Union([.. lookup.Table.Rows.Select(row => PossibleValues.Of(row.Then, names.Scope))]));
        }

        if (type.IsNumber && caps.IsEmpty && map.NodeOf("round") is null)
        {
            names.Scope.Bound(slot, BoundsOf(sheet, operation, names.Scope));
        }

        sheet.AgreedUnit(name, [slot, .. caps.Select(cap => cap.At)], names.Scope, "are compared by a cap");
        before.Steps.Add(new Step(name.Text, slot.Number, type, operation) { Rounding = rounding, Caps = caps, Shown = shown });
    }

    // What a parameter moves, or a weight or a result of a row, is not said beyond this: a question what if may turn it.
    private static Bounds BoundsOf(Sheet sheet, Operation operation, Scope scope) => operation switch
    {
        Operation.Formula formula => Bounds.Of(formula.Expression, scope, slot => sheet.Book.IsParameter(slot) ? default(Bounds) : null),
        Operation.Aggregate { Kind: AggregateKind.Mean, Parts: { IsEmpty: false } parts } => parts.Select(part => scope.BoundsOf(part.Of.Number)).Aggregate((one, other) => one.Hull(other)).Rough(),
        Operation.Aggregate { Kind: AggregateKind.Sum, SkipsMissing: false, Parts: { IsEmpty: false } parts } when parts.All(part => part.Weight is Typed.Constant { Value: var weight } && weight.AsDecimal() == 1) =>
            parts.Select(part => scope.BoundsOf(part.Of.Number)).Aggregate((one, other) => one.Plus(other)).Rough(),
        _ => default,
    };

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

    private static (Operation? Operation, ExpressionType Type) ReadOperation(
        Sheet sheet, (string Key, YamlNode Node) written, YamlNode.Scalar name, (NameBook Names, ImmutableArray<Step>.Builder Steps) before) => written.Key switch
        {
            "value" => Formula(sheet, written.Node, before.Names),
            "table" => Lookup(sheet, name.Text, written.Node, before.Names),
            "goalposts" => GoalpostReading.Read(sheet, written.Node, name, before.Names),
            "cohort" => CohortReading.Read(sheet, written.Node, before.Names),
            var key when AggregateReading.Keys.Contains(key) => AggregateReading.Read(sheet, key, written.Node, before.Names),
            var key => NormalisationReading.Read(sheet, (key, written.Node, name), before.Names, before.Steps),
        };

    /// <summary>An expression as a way of computing a score.</summary>
    public static (Operation? Operation, ExpressionType Type) Formula(Sheet sheet, YamlNode value, NameBook names)
    {
        Typed typed = sheet.Expressions.Read(value, names.Scope);
        if (typed.Walk().Any(DropsRemainder))
        {
            sheet.Report(value, "division.whole", "dividing whole numbers drops the remainder without saying so", "write decimal(…) around the first number");
        }

        return (new Operation.Formula(typed, value is YamlNode.Scalar scalar ? scalar.Text : ""), typed.Type);
    }

    /// <summary>Whether a part of an expression divides whole numbers.</summary>
    public static bool DropsRemainder(Typed part) => part is Typed.Apply { Function: { Name: "/", Gives.Sort: Sort.Whole } };

    private static (Operation? Operation, ExpressionType Type) Lookup(Sheet sheet, string name, YamlNode node, NameBook names)
    {
        RuleTable? table = TableReading.Read(sheet, name, node, (names.Scope, null));
        return table is null ? (null, ExpressionType.Broken) : (new Operation.Lookup(table), table.Rows.Select(row => row.Then.Type).FirstOrDefault(type => !type.IsBroken) ?? ExpressionType.Broken);
    }

    private static ImmutableArray<Cap> ReadCaps(Sheet sheet, YamlMap map, NameBook names, ExpressionType type)
    {
        ImmutableArray<Cap>.Builder caps = ImmutableArray.CreateBuilder<Cap>();
        foreach (YamlMap one in map.Maps("caps"))
        {
            string? id = one.RequiredText("id");
            Typed when = sheet.Expressions.Read(one.Required("when"), names.Scope, ExpressionType.Truth);
            YamlNode? most = one.NodeOf("at_most");
            YamlNode? least = one.NodeOf("at_least");
            Typed at = sheet.Expressions.Read(most ?? least, names.Scope, type);
            Wording because = sheet.RequiredWords(one, "because");
            string reference = one.Text("ref") ?? "";
            if ((most is null) == (least is null) && !one.Resembles(["at_most", "at_least"]))
            {
                sheet.Report(one.Node, "cap.limit", "a cap has one limit", "write either 'at_most: …' or 'at_least: …'");
            }

            if (id is not null && caps.Any(cap => cap.Id == id))
            {
                sheet.Report(one.NodeOf("id")!, "id.twice", $"there is a cap '{id}' above already", "choose another");
            }

            one.Close();
            caps.Add(new Cap(id ?? "", when, at, IsFloor: most is null) { Because = because, Reference = reference, Place = new FilePlace(one.Node.Line, one.Node.Column) });
        }

        return caps.ToImmutable();
    }
}
