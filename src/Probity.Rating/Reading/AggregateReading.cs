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

    /// <summary>The operation and its type; null and broken where nobody can tell what it computes.</summary>
    public static (Operation? Operation, ExpressionType Type) Read(Sheet sheet, string key, YamlNode node, NameBook names)
    {
        if (sheet.Map(node) is not { } map)
        {
            return (null, ExpressionType.Broken);
        }

        var kind = (AggregateKind)Array.IndexOf(Keys, key);
        ImmutableArray<WeightedPart>? parts = ReadParts(sheet, map, names);
        bool? skips = kind == AggregateKind.Count ? true : ReadMissing(sheet, map);
        long need = map.Whole("need") ?? 1;
        map.Close();
        if (parts is not { IsEmpty: false } read)
        {
            return (null, kind == AggregateKind.Count ? ExpressionType.Whole : ExpressionType.Broken);
        }

        if (need < 1 || need > read.Length)
        {
            sheet.Report(map.NodeOf("need")!, "aggregate.need", $"'need' is how many of the {read.Length} values must be there", "");
        }

        return (new Operation.Aggregate(kind, read, skips ?? false, (int)Math.Clamp(need, 1, read.Length)), TypeOf(kind, read));
    }

    private static ExpressionType TypeOf(AggregateKind kind, ImmutableArray<WeightedPart> parts)
    {
        ExpressionType[] types = [.. parts.SelectMany(part => (ExpressionType[])[part.Of.Type, part.Weight.Type])];
        return kind switch
        {
            AggregateKind.Count => ExpressionType.Whole,
            AggregateKind.Geometric => ExpressionType.Real,
            _ when types.Contains(ExpressionType.Real) => ExpressionType.Real,
            _ when types.Contains(ExpressionType.Broken) => ExpressionType.Broken,
            _ => ExpressionType.Exact,
        };
    }

    private static bool? ReadMissing(Sheet sheet, YamlMap map)
    {
        string? rule = map.RequiredText("missing");
        if (rule is not (null or "share_out" or "stays"))
        {
            sheet.Report(map.NodeOf("missing")!, "missing.unknown", $"'{rule}' is no rule for what is missing", NearestName.Of(rule, ["share_out", "stays"]) is { } nearest ? $"did you mean '{nearest}'?" : "write share_out (left out, its weight shared out) or stays (the result is missing)");
            return null;
        }

        return rule is null ? null : rule == "share_out";
    }

    private static ImmutableArray<WeightedPart>? ReadParts(Sheet sheet, YamlMap map, NameBook names)
    {
        var one = new Typed.Constant(new Operand.Whole(1), ExpressionType.Whole);
        YamlNode? total = map.NodeOf("total");
        decimal? stated = sheet.Literal(total, ExpressionType.Exact)?.AsDecimal();
        switch (map.Required("of"))
        {
            case null:
                return null;
            case YamlNode.Map weighted:
                ImmutableArray<WeightedPart> parts = [.. weighted.Pairs.Select(pair => ReadWeighted(sheet, pair.Key, pair.Value, names))];
                CheckWeights(sheet, weighted, parts, (map, total, stated));
                return parts;
            case var node:
                if (map.Items("of").Count == 0)
                {
                    sheet.Report(node, "value.empty", "this is made of at least one value", "name indicators or scores");
                }

                ImmutableArray<WeightedPart> equal = [.. map.Items("of").Select(item => new WeightedPart(Numeric(sheet, item, names), one))];
                if (stated is not null && stated != equal.Length)
                {
                    sheet.Report(total!, "weight.total", $"{equal.Length} values without weights have the weight 1 each, which sums to {equal.Length}, not {Numbers.Text(stated.Value)}", "take 'total' out, or give each its weight: {a: 0.6, b: 0.4}");
                }

                return equal;
        }
    }

    private static WeightedPart ReadWeighted(Sheet sheet, YamlNode.Scalar name, YamlNode weight, NameBook names)
    {
        Typed.Slot slot = Numeric(sheet, name, names);
        return new WeightedPart(slot, weight is YamlNode.Scalar scalar && Literals.TryRead(scalar.Text, ExpressionType.Exact, out Operand? constant)
            ? new Typed.Constant(constant, ExpressionType.Exact)
            : sheet.Expressions.ReadNumber(weight, names.Scope, "weights are"));
    }

    private static Typed.Slot Numeric(Sheet sheet, YamlNode node, NameBook names)
    {
        Typed.Slot slot = names.Find(sheet, node);
        if (slot.Type.IsNumber || slot.Type.IsBroken)
        {
            return slot;
        }

        sheet.Report(node, "type.mismatch", $"'{slot.Name}' is of type {slot.Type}, not a number", "");
        return slot with { Of = ExpressionType.Broken, Type = ExpressionType.Broken };
    }

    // Weights written out or given by parameters are known before there are data: for every period they are above zero and sum as stated, whatever it is they weigh.
    private static void CheckWeights(Sheet sheet, YamlNode.Map weighted, ImmutableArray<WeightedPart> parts, (YamlMap Map, YamlNode? Node, decimal? Stated) total)
    {
        Typed.Slot[] slots = [.. parts.SelectMany(part => part.Weight.Slots())];
        var told = new HashSet<int>();
        bool saidTotal = false;
        foreach (DateOnly day in sheet.Book.Periods(slots))
        {
            decimal?[] weights = [.. parts.Select(part => sheet.Book.ValueOn(day, part.Weight)?.AsDecimal())];
            int[] wrong = [.. Weights.NotPositive(weights)];
            foreach (int i in wrong.Where(told.Add))
            {
                sheet.Report(weighted.Pairs[i].Value, "weight.positive", Weights.NotPositive(weighted.Pairs[i].Key.Text) + sheet.Book.Since(day, slots), "take it out, or turn its direction");
            }

            if (wrong.Length > 0 || saidTotal || weights.Contains(null) || (total.Node is not null && total.Stated is null))
            {
                continue;
            }

            decimal sum = weights.Sum()!.Value;
            saidTotal = sum != total.Stated;
            if (total.Stated is null)
            {
                sheet.Report(total.Map.Node, "weight.total", "the sum of the weights is not stated", $"add 'total: {Numbers.Text(sum)}'");
            }
            else if (saidTotal)
            {
                sheet.Report(total.Node!, "weight.total", $"the weights sum to {Numbers.Text(sum)}{sheet.Book.Since(day, slots)}, not {Numbers.Text(total.Stated.Value)}", "correct one of them");
            }
        }
    }
}
