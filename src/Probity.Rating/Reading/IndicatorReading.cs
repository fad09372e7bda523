using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the indicators: how statements become values.</summary>
internal static class IndicatorReading
{
    private static readonly string[] Takes = ["latest", "count", "sum", "mean", "max", "min"];

    public static ImmutableArray<IndicatorRule> Read(Sheet sheet, YamlMap map, ImmutableDictionary<string, EvidenceType> evidence, NameBook names)
    {
        ImmutableArray<IndicatorRule>.Builder rules = ImmutableArray.CreateBuilder<IndicatorRule>();
        YamlMap? indicators = sheet.Map(map.Required("indicators"));
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlNode.Scalar name in indicators?.Keys ?? [])
        {
            if (sheet.Map(indicators!.NodeOf(name.Text)) is { } one)
            {
                if (ReadOne(sheet, name, one, (evidence, names)) is { } rule)
                {
                    rules.Add(rule);
                    used.UnionWith(rule.Parts.Select(part => part.From.Name));
                }
                else
                {
                    names.Scope.Break(name.Text);
                }

                one.Close();
            }
        }

        NameUnused(sheet, map, rules.Count == indicators?.Keys.Count() ? used : null);
        return rules.ToImmutable();
    }

    private static void NameUnused(Sheet sheet, YamlMap map, HashSet<string>? used)
    {
        foreach (YamlNode.Scalar type in map.Map("evidence")?.Keys ?? [])
        {
            if (used?.Contains(type.Text) is false)
            {
                sheet.Report(type, "evidence.unused", $"no indicator uses evidence '{type.Text}'", "use it or take it out");
            }
        }
    }

    private static IndicatorRule? ReadOne(Sheet sheet, YamlNode.Scalar name, YamlMap map, (ImmutableDictionary<string, EvidenceType> Evidence, NameBook Names) known)
    {
        Take? take = ReadTake(sheet, map);
        ImmutableArray<IndicatorPart>? parts = ReadParts(sheet, map, known.Evidence, take);
        Presentation shown = PresentationReading.Read(sheet, name, map);
        Scope parameters = sheet.NewScope();
        Typed? window = map.NodeOf("window") is { } w ? ReadSpan(sheet, w, parameters) : null;
        CheckWindow(sheet, map, window);
        Typed? decay = map.NodeOf("decay") is { } d ? ReadSpan(sheet, d, parameters) : null;
        if (decay is not null && take is not (Take.Sum or Take.Count or Take.Mean))
        {
            sheet.Report(map.NodeOf("decay")!, "decay.take", "only a sum, a count or a mean can decay", "take out 'decay', or 'take: sum'");
        }

        ExpressionType? type = parts is { } read && take is { } how ? TypeOf(sheet, map, how, read, decay is not null) : null;
        WhenMissing? missing = ReadMissing(sheet, map, type);
        if (parts is null || take is null || type is null || missing is null || known.Names.Give(sheet, name, type, shown) is not { } slot)
        {
            return null;
        }

        string unit = take == Take.Count ? "" : UnitOf(sheet, map, parts.Value);
        known.Names.Scope.Measure(slot, sheet.CheckUnit(name, shown.Unit, unit));
        return new IndicatorRule(name.Text, slot.Number, type, take.Value) { Parts = parts.Value, Window = window, HalfLife = decay, WhenMissing = missing, Shown = shown };
    }

    private static string UnitOf(Sheet sheet, YamlMap map, ImmutableArray<IndicatorPart> parts)
    {
        string[] units = [.. parts.Select(part => new Units(part.From.Scope, []).Of(part.Value)).Where(unit => unit.Length > 0).Distinct(StringComparer.Ordinal)];
        if (units.Length > 1)
        {
            sheet.ReportUnits(map.NodeOf("value")!, $"the evidence types give {string.Join(" and ", units)}");
        }

        return units.FirstOrDefault("");
    }

    private static void CheckWindow(Sheet sheet, YamlMap map, Typed? window)
    {
        foreach (DateOnly day in window is null ? [] : sheet.Periods(window.Slots()))
        {
            if (sheet.ValueOn(day, window!) is Operand.Span { Length: { Months: > 0 } length })
            {
                sheet.CheckMonths(map.NodeOf("window")!, length);
                return;
            }
        }
    }

    private static Take? ReadTake(Sheet sheet, YamlMap map)
    {
        string? word = map.RequiredText("take");
        int place = Array.IndexOf(Takes, word);
        if (word is not null && place < 0)
        {
            string? nearest = NearestName.Of(word, Takes);
            sheet.Report(map.NodeOf("take")!, "take.unknown", $"'{word}' cannot be taken", nearest is null ? "write one of " + string.Join(", ", Takes) : $"did you mean '{nearest}'?");
        }

        return place < 0 ? null : (Take)place;
    }

    private static ImmutableArray<IndicatorPart>? ReadParts(Sheet sheet, YamlMap map, ImmutableDictionary<string, EvidenceType> evidence, Take? take)
    {
        ImmutableArray<IndicatorPart>.Builder parts = ImmutableArray.CreateBuilder<IndicatorPart>();
        map.Required("from");
        YamlNode? value = take == Take.Count ? map.NodeOf("value") : map.Required("value");
        YamlNode? where = map.NodeOf("where");
        YamlMap? values = value is YamlNode.Map ? sheet.Map(value) : null;
        bool whole = true;
        foreach (YamlNode item in map.Items("from"))
        {
            string from = item is YamlNode.Scalar scalar ? scalar.Text : "";
            if (!evidence.TryGetValue(from, out EvidenceType? type))
            {
                string? nearest = NearestName.Of(from, evidence.Keys);
                sheet.Report(item, "evidence.unknown", $"'{from}' is not among the evidence types above", nearest is null ? "known: " + string.Join(", ", evidence.Keys.Order(StringComparer.Ordinal)) : $"did you mean '{nearest}'?");
                whole = false;
                continue;
            }

            YamlNode? own = values is null ? value : values.Required(from);
            Typed? typed = own is null ? new Typed.Constant(new Operand.Whole(1), ExpressionType.Whole) : sheet.Expression(own, type.Scope);
            Typed? condition = where is null ? null : sheet.Expression(where, type.Scope, ExpressionType.Truth);
            whole &= typed is not null && (where is null || condition is not null);
            if (typed is not null)
            {
                parts.Add(new IndicatorPart(type, typed, condition));
            }
        }

        values?.Close();
        return whole && parts.Count > 0 ? parts.ToImmutable() : null;
    }

    private static ExpressionType? TypeOf(Sheet sheet, YamlMap map, Take take, ImmutableArray<IndicatorPart> parts, bool decays)
    {
        ExpressionType type = parts[0].Value.Type;
        if (parts.Any(part => part.Value.Type != type))
        {
            sheet.Report(map.NodeOf("value")!, "type.mismatch", "the values from the evidence types have different types: " + string.Join(", ", parts.Select(part => part.Value.Type)), "make them the same");
            return null;
        }

        bool ordered = type.IsNumber || type == ExpressionType.Date;
        if ((take is Take.Sum or Take.Mean && !type.IsNumber) || (take is Take.Max or Take.Min && !ordered))
        {
            sheet.Report(map.NodeOf("value")!, "type.mismatch", $"'{Takes[(int)take]}' needs numbers, not {type}", "");
            return null;
        }

        return take switch
        {
            _ when decays => ExpressionType.Real,
            Take.Count => ExpressionType.Whole,
            Take.Mean when type == ExpressionType.Whole => ExpressionType.Exact,
            _ => type,
        };
    }

    private static Typed? ReadSpan(Sheet sheet, YamlNode node, Scope parameters) =>
        node is YamlNode.Scalar scalar && Literals.TryRead(scalar.Text, ExpressionType.Span, out Operand? span)
            ? new Typed.Constant(span, ExpressionType.Span)
            : sheet.Expression(node, parameters, ExpressionType.Span);

    private static WhenMissing? ReadMissing(Sheet sheet, YamlMap map, ExpressionType? type)
    {
        YamlNode? node = map.Required("missing");
        Wording because = sheet.Words(map.NodeOf("because"));
        switch (node)
        {
            case null:
                return null;
            case YamlNode.Scalar { Text: "not_rated" }:
                return new WhenMissing.NotRated(NotRatedCodes.InsufficientData, because);
            case YamlNode.Scalar { Text: "stays" }:
                return new WhenMissing.Stays(because);
            case YamlNode.Scalar { Text: "zero" }:
                return Counted(sheet, node, new YamlNode.Scalar("0", false, node.Line, node.Column), (type, because));
            case YamlNode.Map:
                return ReadMissingMap(sheet, node, type, because);
            default:
                sheet.Report(node, "missing.unknown", "this is no rule for what is missing", "write not_rated, stays, zero, {not_rated: CODE} or {value: …}");
                return null;
        }
    }

    private static WhenMissing? ReadMissingMap(Sheet sheet, YamlNode node, ExpressionType? type, Wording because)
    {
        YamlMap map = sheet.Map(node)!;
        YamlNode? value = map.NodeOf("value");
        string? code = map.Text("not_rated");
        map.Close();
        if (code is not null)
        {
            OutcomeReading.CheckCode(sheet, map.NodeOf("not_rated")!, code);
            return new WhenMissing.NotRated(code, because);
        }

        return value is null ? null : Counted(sheet, node, value, (type, because));
    }

    private static WhenMissing.Counts? Counted(Sheet sheet, YamlNode at, YamlNode value, (ExpressionType? Type, Wording Because) rule)
    {
        if (rule.Because.ToString().Length == 0)
        {
            sheet.Report(at, "guard-rail.G11", "a value in place of missing evidence must be explained in words", "add 'because: …'");
        }

        return rule.Type is not null && sheet.Literal(value, rule.Type) is { } counted ? new WhenMissing.Counts(counted, rule.Because) : null;
    }
}
