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
        YamlNode? node = map.Required("indicators");
        YamlMap? indicators = sheet.Map(node);
        names.Scope.IsBlind = indicators is null;
        foreach (YamlNode.Scalar name in indicators?.Keys ?? [])
        {
            int mark = sheet.Mark;
            YamlMap? one = sheet.Map(indicators!.NodeOf(name.Text));
            if (one is null)
            {
                names.Give(sheet, name, ExpressionType.Broken, PresentationReading.None);
                continue;
            }

            IndicatorRule rule = ReadOne(sheet, name, one, (evidence, names));
            rules.Add(rule);
            one.Close();
            sheet.HarmSince(mark, $"value {rule.Slot}", name);
        }

        NameUnused(sheet, map, node, [.. rules.SelectMany(rule => rule.Parts).Select(part => part.From.Name)]);
        return rules.ToImmutable();
    }

    private static void NameUnused(Sheet sheet, YamlMap map, YamlNode? indicators, HashSet<string> used)
    {
        if (!sheet.IsClean && indicators is not null)
        {
            used.UnionWith(ParameterReading.WordsIn(indicators));
        }

        foreach (YamlNode.Scalar type in (indicators is null ? null : map.Map("evidence"))?.Keys ?? [])
        {
            if (!used.Contains(type.Text) && NearestName.Of(type.Text, used.Where(word => sheet.IsHarmed($"unknown {word}"))) is null)
            {
                sheet.Report(type, "evidence.unused", $"no indicator uses evidence '{type.Text}'", "use it or take it out");
            }
        }
    }

    private static IndicatorRule ReadOne(Sheet sheet, YamlNode.Scalar name, YamlMap map, (ImmutableDictionary<string, EvidenceType> Evidence, NameBook Names) known)
    {
        Take? take = ReadTake(sheet, map);
        ImmutableArray<IndicatorPart> parts = ReadParts(sheet, map, known.Evidence, take);
        Presentation shown = PresentationReading.Read(sheet, name, map);
        Scope parameters = sheet.NewScope();
        Typed? window = map.NodeOf("window") is { } w ? ReadSpan(sheet, w, parameters) : null;
        Typed? decay = map.NodeOf("decay") is { } d ? ReadSpan(sheet, d, parameters) : null;
        CheckLength(sheet, map.NodeOf("window"), window, "a window of no length: nothing counts");
        CheckLength(sheet, map.NodeOf("decay"), decay, "a half-life of no length: nothing is left of any statement");
        if (decay is not null && take is not (null or Take.Sum or Take.Count or Take.Mean))
        {
            sheet.Report(map.NodeOf("decay")!, "decay.take", "only a sum, a count or a mean can decay", "take out 'decay', or 'take: sum'");
        }

        ExpressionType type = take is { } how && !parts.IsEmpty ? TypeOf(sheet, map, how, parts, decay is not null) : ExpressionType.Broken;
        WhenMissing missing = ReadMissing(sheet, map, type);
        Typed.Slot slot = known.Names.Give(sheet, name, type, shown);
        string unit = take == Take.Count ? "" : UnitOf(sheet, map, parts);
        known.Names.Scope.Measure(slot, sheet.CheckUnit(name, map.NodeOf("unit"), (shown.Unit, unit)));
        if (take is Take.Latest or Take.Max or Take.Min && parts.Length == map.Items("from").Count && decay is null)
        {
            ImmutableArray<Operand>[] values = [.. parts.Select(part => PossibleValues.Of(part.Value, part.From.Scope))];
            known.Names.Scope.Allow(slot, PossibleValues.Union(missing is WhenMissing.Counts counts ? [.. values, [counts.As]] : values));
        }

        if (type.IsNumber && parts.Length == map.Items("from").Count)
        {
            Bounds bounds = BoundsOf(sheet, take ?? Take.Count, parts, decay is not null);
            known.Names.Scope.Bound(slot, missing is WhenMissing.Counts other ? bounds.Hull(Bounds.At(other.As)) : bounds);
        }

        return new IndicatorRule(name.Text, slot.Number, type, take ?? Take.Latest) { Parts = parts, Window = window, HalfLife = decay, WhenMissing = missing, Shown = shown };
    }

    // What a parameter moves is not said: a question what if may turn it.
    private static Bounds BoundsOf(Sheet sheet, Take take, ImmutableArray<IndicatorPart> parts, bool decays)
    {
        if (take == Take.Count)
        {
            return new Bounds(0, null, decays);
        }

        Bounds one = parts.Select(part => Bounds.Of(part.Value, part.From.Scope, slot => sheet.Book.IsParameter(slot) ? default(Bounds) : null)).Aggregate((first, next) => first.Hull(next));
        return take switch
        {
            Take.Sum => one.Summed(decays),
            Take.Mean => one.Rough(),
            _ => one,
        };
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

    private static void CheckLength(Sheet sheet, YamlNode? node, Typed? length, string none)
    {
        bool said = false;
        foreach (DateOnly day in length is null ? [] : sheet.Book.Periods(length.Slots()))
        {
            if (sheet.Book.ValueOn(day, length!) is not Operand.Span { Length: var known })
            {
                continue;
            }

            sheet.CheckMonths(node!, known);
            if (known == default && !said)
            {
                said = true;
                sheet.Report(node!, "length.none", none + sheet.Book.Since(day, length!.Slots()), "write a length such as P12M");
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

    private static ImmutableArray<IndicatorPart> ReadParts(Sheet sheet, YamlMap map, ImmutableDictionary<string, EvidenceType> evidence, Take? take)
    {
        ImmutableArray<IndicatorPart>.Builder parts = ImmutableArray.CreateBuilder<IndicatorPart>();
        YamlNode? from = map.Required("from");
        YamlNode? value = take is null or Take.Count ? map.NodeOf("value") : map.Required("value");
        YamlNode? where = map.NodeOf("where");
        YamlMap? values = value is YamlNode.Map ? sheet.Map(value) : null;
        if (from is not null && map.Items("from").Count == 0)
        {
            sheet.Report(from, "value.empty", "an indicator is taken from at least one evidence type", "name one of " + string.Join(", ", evidence.Keys.Order(StringComparer.Ordinal)));
        }

        foreach (YamlNode item in map.Items("from"))
        {
            EvidenceType? type = ReadFrom(sheet, item, evidence);
            if (type is null)
            {
                values?.NodeOf(item is YamlNode.Scalar unknown ? unknown.Text : "");
                continue;
            }

            YamlNode? own = values is null ? value : values.Required(type.Name);
            Typed typed = own is null && (take is Take.Count || values is not null) ? new Typed.Constant(new Operand.Whole(1), ExpressionType.Whole) : sheet.Expressions.Read(own, type.Scope);
            Typed? condition = where is null ? null : sheet.Expressions.Read(where, type.Scope, ExpressionType.Truth);
            parts.Add(new IndicatorPart(type, own is null && values is not null ? Typed.Broken.Unread : typed, condition));
        }

        values?.Close();
        return parts.ToImmutable();
    }

    private static EvidenceType? ReadFrom(Sheet sheet, YamlNode item, ImmutableDictionary<string, EvidenceType> evidence)
    {
        string from = item is YamlNode.Scalar scalar ? scalar.Text : "";
        if (evidence.TryGetValue(from, out EvidenceType? type))
        {
            return type;
        }

        string? nearest = NearestName.Of(from, evidence.Keys);
        sheet.Report(item, "evidence.unknown", $"'{from}' is not among the evidence types above", nearest is null ? "known: " + string.Join(", ", evidence.Keys.Order(StringComparer.Ordinal)) : $"did you mean '{nearest}'?");
        sheet.Harm($"unknown {from}");
        return null;
    }

    private static ExpressionType TypeOf(Sheet sheet, YamlMap map, Take take, ImmutableArray<IndicatorPart> parts, bool decays)
    {
        ExpressionType[] types = [.. parts.Select(part => part.Value.Type).Where(type => !type.IsBroken).Distinct()];
        if (types.Length > 1 && take != Take.Count)
        {
            sheet.Report(map.NodeOf("value")!, "type.mismatch", "the values from the evidence types have different types: " + string.Join(", ", types.AsEnumerable()), "make them the same");
            return ExpressionType.Broken;
        }

        ExpressionType type = types.Length == 1 ? types[0] : ExpressionType.Broken;
        bool ordered = type.IsNumber || type == ExpressionType.Date || type.IsBroken;
        if ((take is Take.Sum or Take.Mean && !type.IsNumber && !type.IsBroken) || (take is Take.Max or Take.Min && !ordered))
        {
            sheet.Report(map.NodeOf("value")!, "type.mismatch", $"'{Takes[(int)take]}' needs numbers, not {type}", "");
            return ExpressionType.Broken;
        }

        return take switch
        {
            _ when decays => ExpressionType.Real,
            Take.Count => ExpressionType.Whole,
            Take.Mean when type == ExpressionType.Whole => ExpressionType.Exact,
            _ => type,
        };
    }

    private static Typed ReadSpan(Sheet sheet, YamlNode node, Scope parameters) =>
        node is YamlNode.Scalar scalar && Literals.TryRead(scalar.Text, ExpressionType.Span, out Operand? span)
            ? new Typed.Constant(span, ExpressionType.Span)
            : sheet.Expressions.Read(node, parameters, ExpressionType.Span);

    // What nobody can read is as if it stayed missing; the file is refused anyway.
    private static WhenMissing ReadMissing(Sheet sheet, YamlMap map, ExpressionType type)
    {
        YamlNode? node = map.Required("missing");
        Wording because = sheet.Words(map.NodeOf("because"));
        switch (node)
        {
            case null:
                break;
            case YamlNode.Scalar { Text: "not_rated" }:
                return new WhenMissing.NotRated(NotRatedCodes.InsufficientData, because);
            case YamlNode.Scalar { Text: "stays" }:
                break;
            case YamlNode.Scalar { Text: "zero" }:
                return Counted(sheet, map, node, (type, because));
            case YamlNode.Map:
                return ReadMissingMap(sheet, map, node, (type, because));
            default:
                string? nearest = node is YamlNode.Scalar word ? NearestName.Of(word.Text, ["not_rated", "stays", "zero"]) : null;
                sheet.Report(node, "missing.unknown", "this is no rule for what is missing", nearest is null ? "write not_rated, stays, zero, {not_rated: CODE} or {value: …}" : $"did you mean '{nearest}'?");
                break;
        }

        return new WhenMissing.Stays(because);
    }

    private static WhenMissing ReadMissingMap(Sheet sheet, YamlMap indicator, YamlNode node, (ExpressionType Type, Wording Because) rule)
    {
        YamlMap map = sheet.Map(node)!;
        YamlNode? value = map.NodeOf("value");
        string? code = map.Text("not_rated");
        if ((value is null) == (code is null) && !map.Resembles(["value", "not_rated"]))
        {
            sheet.Report(node, "missing.unknown", "this is no rule for what is missing", "write {not_rated: CODE} or {value: …}");
        }

        map.Close();
        if (code is not null)
        {
            OutcomeReading.CheckCode(sheet, map.NodeOf("not_rated")!, code);
            return new WhenMissing.NotRated(code, rule.Because);
        }

        return value is null ? new WhenMissing.Stays(rule.Because) : Counted(sheet, indicator, value, rule);
    }

    private static WhenMissing.Counts Counted(Sheet sheet, YamlMap indicator, YamlNode value, (ExpressionType Type, Wording Because) rule)
    {
        if (rule.Because.ToString().Length == 0 && !indicator.Resembles(["because"]))
        {
            sheet.Report(value, "guard-rail.G11", "a value in place of missing evidence must be explained in words", "add 'because: …'");
        }

        YamlNode written = value is YamlNode.Scalar { Text: "zero" } ? new YamlNode.Scalar("0", false, value.Line, value.Column) { Copy = value.Copy } : value;
        return new WhenMissing.Counts(sheet.Literal(written, rule.Type) ?? new Operand.Missing(""), rule.Because);
    }
}
