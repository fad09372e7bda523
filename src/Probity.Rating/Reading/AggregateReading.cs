using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads "mean: {of: {a: 0.6, b: 0.4}, total: 1, missing: share_out, need: 2}" and its kin.</summary>
internal static class AggregateReading
{
    /// <summary>The keys under which an aggregate stands, in the order of <see cref="AggregateKind"/>.</summary>
    public static readonly string[] Keys = ["mean", "geometric", "sum", "variance", "count"];

    /// <summary>The operation and its type; null after a problem.</summary>
    public static (Operation? Operation, ExpressionType? Type) Read(Sheet sheet, string key, YamlNode node, NameBook names)
    {
        if (sheet.Map(node) is not { } map)
        {
            return (null, null);
        }

        var kind = (AggregateKind)Array.IndexOf(Keys, key);
        ImmutableArray<WeightedPart>? parts = ReadParts(sheet, map, names);
        bool? skips = kind == AggregateKind.Count ? true : ReadMissing(sheet, map);
        long need = map.Whole("need") ?? 1;
        map.Close();
        if (parts is not { IsEmpty: false } read || skips is null)
        {
            return (null, null);
        }

        bool exact = kind != AggregateKind.Geometric && read.All(part => part.Of.Type != ExpressionType.Real && part.Weight.Type != ExpressionType.Real);
        ExpressionType type = kind == AggregateKind.Count ? ExpressionType.Whole : exact ? ExpressionType.Exact : ExpressionType.Real;
        if (need < 1 || need > read.Length)
        {
            sheet.Report(map.NodeOf("need")!, "aggregate.need", $"'need' is how many of the {read.Length} values must be there", "");
        }

        return (new Operation.Aggregate(kind, read, skips.Value, (int)need), type);
    }

    private static bool? ReadMissing(Sheet sheet, YamlMap map)
    {
        string? rule = map.RequiredText("missing");
        if (rule is not (null or "share_out" or "stays"))
        {
            sheet.Report(map.NodeOf("missing")!, "missing.unknown", $"'{rule}' is no rule for what is missing", "write share_out (left out, its weight shared out) or stays (the result is missing)");
            return null;
        }

        return rule is null ? null : rule == "share_out";
    }

    private static ImmutableArray<WeightedPart>? ReadParts(Sheet sheet, YamlMap map, NameBook names)
    {
        var one = new Typed.Constant(new Operand.Whole(1), ExpressionType.Whole);
        switch (map.Required("of"))
        {
            case null:
                return null;
            case YamlNode.Map weighted:
                WeightedPart?[] parts = [.. weighted.Pairs.Select(pair => ReadWeighted(sheet, pair.Key, pair.Value, names))];
                CheckTotal(sheet, map, parts);
                return parts.Contains(null) ? null : [.. parts!];
            default:
                WeightedPart?[] equal = [.. map.Items("of").Select(item => Numeric(sheet, item, names) is { } slot ? new WeightedPart(slot, one) : null)];
                return equal.Contains(null) ? null : [.. equal!];
        }
    }

    private static WeightedPart? ReadWeighted(Sheet sheet, YamlNode.Scalar name, YamlNode weight, NameBook names)
    {
        Typed.Slot? slot = Numeric(sheet, name, names);
        Typed? typed = weight is YamlNode.Scalar scalar && Literals.TryRead(scalar.Text, ExpressionType.Exact, out Operand? constant)
            ? new Typed.Constant(constant, ExpressionType.Exact)
            : sheet.Expression(weight, names.Scope);
        return slot is null || typed is null ? null : new WeightedPart(slot, typed);
    }

    private static Typed.Slot? Numeric(Sheet sheet, YamlNode node, NameBook names)
    {
        Typed.Slot? slot = names.Find(sheet, node);
        if (slot is { Type.IsNumber: false })
        {
            sheet.Report(node, "type.mismatch", $"'{slot.Name}' is of type {slot.Type}, not a number", "");
            return null;
        }

        return slot;
    }

    // Weights written out or given by parameters are known before there are data: for every period they are positive and sum as stated.
    private static void CheckTotal(Sheet sheet, YamlMap map, WeightedPart?[] parts)
    {
        decimal? stated = map.NodeOf("total") is { } total ? sheet.Literal(total, ExpressionType.Exact)?.AsDecimal() : null;
        if (parts.Contains(null))
        {
            return;
        }

        foreach (DateOnly day in sheet.Periods(parts.SelectMany(part => part!.Weight.Slots())))
        {
            decimal?[] weights = [.. parts.Select(part => sheet.ValueOn(day, part!.Weight)?.AsDecimal())];
            if (weights.Contains(null) || !ArePositive(sheet, map, parts!, (day, weights)))
            {
                return;
            }

            decimal sum = weights.Sum()!.Value;
            if (stated is null)
            {
                sheet.Report(map.Node, "weight.total", "the sum of the weights is not stated", $"add 'total: {Numbers.Text(sum)}'");
                return;
            }

            if (stated != sum)
            {
                sheet.Report(map.NodeOf("total")!, "weight.total", $"the weights sum to {Numbers.Text(sum)}{Since(sheet, parts!, day)}, not {Numbers.Text(stated.Value)}", "correct one of them");
                return;
            }
        }
    }

    private static bool ArePositive(Sheet sheet, YamlMap map, WeightedPart[] parts, (DateOnly Day, decimal?[] Weights) at)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (at.Weights[i] <= 0)
            {
                YamlNode node = ((YamlNode.Map)map.NodeOf("of")!).Pairs[i].Value;
                sheet.Report(node, "weight.positive", $"the weight of '{parts[i].Of.Name}' is not above zero{Since(sheet, parts, at.Day)}", "take it out, or turn its direction");
                return false;
            }
        }

        return true;
    }

    private static string Since(Sheet sheet, WeightedPart[] parts, DateOnly day) =>
        parts.Any(part => part.Weight.Slots().Any(sheet.IsParameter)) ? $" from {Evidence.Day.Text(day)}" : "";
}
