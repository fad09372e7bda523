using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the allow-list of evidence types.</summary>
internal static class EvidenceReading
{
    private static readonly string[] FieldTypes = [.. ExpressionType.Words.Where(word => word != "duration")];

    public static ImmutableDictionary<string, EvidenceType> Read(Sheet sheet, YamlMap map, Header header)
    {
        var types = ImmutableDictionary.CreateBuilder<string, EvidenceType>(StringComparer.Ordinal);
        YamlMap? evidence = sheet.Map(map.Required("evidence"));
        foreach (YamlNode.Scalar name in evidence?.Keys ?? [])
        {
            int mark = sheet.Mark;
            sheet.CheckName(name);
            GuardRails.CheckEvidenceName(sheet, name);
            YamlMap? one = sheet.Map(evidence!.NodeOf(name.Text));
            types[name.Text] = one is null ? Unread(sheet, name) : ReadType(sheet, name, one, header);
            one?.Close();
            sheet.HarmSince(mark, Named(name.Text), name);
        }

        CheckDurations(sheet, evidence, types);
        return types.ToImmutable();
    }

    /// <summary>What is harmed where an evidence type is wrong.</summary>
    public static string Named(string type) => $"evidence {type}";

    private static EvidenceType Unread(Sheet sheet, YamlNode.Scalar name)
    {
        Scope scope = sheet.NewScope();
        scope.IsBlind = true;
        return new EvidenceType(name.Text, StatementKind.Finding, [], new Expiry(default, Wording.None)) { Label = Wording.None, Context = "", Scope = scope, DaySlot = scope.Add("day", ExpressionType.Date).Number, ItemSlot = scope.Add("item", ExpressionType.Text).Number };
    }

    // Guard-rail G32: what is graver counts at least as long as what is less grave; what was not upheld counts for no time at all.
    private static void CheckDurations(Sheet sheet, YamlMap? evidence, IReadOnlyDictionary<string, EvidenceType> types)
    {
        EvidenceType[] graded = [.. types.Values.Where(type => type.Severity is not null && type.Expiry.After != default).OrderBy(type => type.Severity).ThenBy(type => type.Name, StringComparer.Ordinal)];
        for (int i = 0; i < graded.Length; i++)
        {
            EvidenceType? graver = graded.Skip(i + 1).FirstOrDefault(other => other.Severity > graded[i].Severity && other.Expiry.After.AverageDays < graded[i].Expiry.After.AverageDays);
            if (graver is not null)
            {
                YamlNode.Scalar at = evidence!.Keys.First(key => key.Text == graver.Name);
                sheet.Report(at, "guard-rail.G32", $"'{graver.Name}' is graver than '{graded[i].Name}' and expires sooner, after {graver.Expiry.After.Words()} instead of {graded[i].Expiry.After.Words()}", "let the graver count at least as long, or correct 'severity'");
            }
        }
    }

    private static int? ReadSeverity(Sheet sheet, YamlMap map)
    {
        long? severity = map.Whole("severity");
        if (severity is < 1 or > 1000)
        {
            sheet.Report(map.NodeOf("severity")!, "guard-rail.G32", severity == 0 ? "what was not upheld counts for no time: it is no evidence" : "a severity is a whole number from 1, the greater the graver", "take the evidence type out, or give it a severity from 1");
            return null;
        }

        return (int?)severity;
    }

    private static EvidenceType ReadType(Sheet sheet, YamlNode.Scalar name, YamlMap map, Header header)
    {
        Scope scope = sheet.NewScope();
        ImmutableArray<EvidenceField>.Builder fields = ImmutableArray.CreateBuilder<EvidenceField>();
        YamlNode? node = map.NodeOf("fields");
        YamlMap? written = sheet.Map(node);
        scope.IsBlind = node is null ? map.Resembles(["fields"]) : written is null;
        foreach (YamlNode.Scalar field in written?.Keys ?? [])
        {
            CheckFieldName(sheet, field, scope);
            YamlMap? one = sheet.Map(written!.NodeOf(field.Text));
            if (one is null)
            {
                scope.Blur(field.Text);
                continue;
            }

            fields.Add(ReadField(sheet, field, one, scope));
            one.Close();
        }

        return new EvidenceType(name.Text, ReadKind(sheet, map), fields.ToImmutable(), ReadExpiry(sheet, name, map))
        {
            Label = sheet.LabelOf(name, map),
            Context = ReadContext(sheet, map, header),
            Severity = ReadSeverity(sheet, map),
            Scope = scope,
            DaySlot = scope.Add("day", ExpressionType.Date).Number,
            ItemSlot = scope.Add("item", ExpressionType.Text).Number,
        };
    }

    private static void CheckFieldName(Sheet sheet, YamlNode.Scalar field, Scope scope)
    {
        sheet.CheckName(field);
        GuardRails.CheckEvidenceName(sheet, field);
        if (field.Text is "day" or "item")
        {
            sheet.Report(field, "name.twice", $"'{field.Text}' is what every statement has of itself", "choose another name");
        }
        else if (scope.Find(field.Text) is not null)
        {
            sheet.Report(field, "name.twice", $"'{field.Text}' stands already as a parameter", "choose another name");
        }
    }

    private static StatementKind ReadKind(Sheet sheet, YamlMap map)
    {
        switch (map.Text("kind"))
        {
            case null or "finding":
                return StatementKind.Finding;
            case "order":
                return StatementKind.Order;
            case var other:
                sheet.Report(map.NodeOf("kind")!, "guard-rail.G06", $"statements of kind '{other}' are no evidence", "write finding or order");
                return StatementKind.Finding;
        }
    }

    private static string ReadContext(Sheet sheet, YamlMap map, Header header)
    {
        string? context = map.Text("context");
        if (!header.KnowsContexts)
        {
            return context ?? header.Contexts.FirstOrDefault("");
        }

        if (context is null && header.Contexts.Length > 1)
        {
            sheet.Report(map.Node, "guard-rail.G05", "with several contexts each evidence type must name its own", "add 'context: …'");
        }
        else if (context is not null && !header.Contexts.Contains(context))
        {
            sheet.Report(map.NodeOf("context")!, "guard-rail.G05", $"the methodology may not use context '{context}'", NearestName.Of(context, header.Contexts) is { } nearest ? $"did you mean '{nearest}'?" : "it may use " + string.Join(", ", header.Contexts));
        }

        return context ?? header.Contexts.FirstOrDefault("");
    }

    private static Expiry ReadExpiry(Sheet sheet, YamlNode.Scalar name, YamlMap map)
    {
        if (map.NodeOf("expires") is not { } node)
        {
            if (!map.Resembles(["expires"]))
            {
                sheet.Report(name, "guard-rail.G31", $"evidence '{name.Text}' has no expiry: nothing counts for ever", "add 'expires: {after: P5Y, because: …}'");
            }

            return new Expiry(default, Wording.None);
        }

        YamlMap? expires = sheet.Map(node);
        YamlNode? written = expires?.Required("after");
        Operand.Span? after = written is null ? null : sheet.Literal(written, ExpressionType.Span) as Operand.Span;
        if (after is not null)
        {
            sheet.CheckMonths(written!, after.Length);
        }

        if (after is { Length: { Months: 0, Days: 0 } })
        {
            sheet.Report(written!, "guard-rail.G31", "evidence that expires at once can never count", "give it a length of time");
        }

        Wording because = expires is null ? Wording.None : sheet.RequiredWords(expires, "because");
        expires?.Close();
        return new Expiry(after?.Length ?? default, because);
    }

    private static EvidenceField ReadField(Sheet sheet, YamlNode.Scalar name, YamlMap map, Scope scope)
    {
        string? word = map.RequiredText("type");
        ExpressionType? type = word is null ? null : ExpressionType.Named(word);
        if (word is not null && (type is null || type == ExpressionType.Span))
        {
            sheet.Report(map.NodeOf("type")!, "type.unknown", $"'{word}' is no type a field can have", NearestName.Of(word, FieldTypes) is { } nearest ? $"did you mean '{nearest}'?" : "write one of " + string.Join(", ", FieldTypes));
        }

        ExpressionType known = type is null || type == ExpressionType.Span ? ExpressionType.Broken : type;
        string unit = map.Text("unit") ?? "";
        Typed.Slot slot = scope.Add(name.Text, known);
        scope.Measure(slot, unit);
        IReadOnlyList<YamlNode> values = map.Items("one_of");
        foreach (YamlNode.Scalar twice in values.OfType<YamlNode.Scalar>().Where((one, i) => values.Take(i).OfType<YamlNode.Scalar>().Any(earlier => earlier.Text == one.Text)))
        {
            sheet.Report(twice, "value.twice", $"'{twice.Text}' stands already among 'one_of'", "take one of the two out");
        }

        (decimal? least, decimal? most) = (ReadBound(sheet, map.NodeOf("min"), known), ReadBound(sheet, map.NodeOf("max"), known));
        if (least > most)
        {
            sheet.Report(map.NodeOf("min")!, "field.range", $"no value of '{name.Text}' is both at least {Numbers.Text(least.Value)} and at most {Numbers.Text(most.Value)}", "exchange min and max");
        }

        ImmutableArray<Operand> allowed = [.. values.Select(item => sheet.Literal(item, known)).OfType<Operand>()];
        if (allowed.All(value => value.IsKnown))
        {
            scope.Allow(slot, allowed);
            scope.Bound(slot, least > most ? default : BoundsOf(allowed, least, most).HeldNear());
        }

        return new EvidenceField(name.Text, known, unit, sheet.LabelOf(name, map))
        {
            Slot = slot.Number,
            OneOf = allowed,
            Least = least,
            Most = most,
            Optional = map.Flag("optional") ?? false,
        };
    }

    private static Bounds BoundsOf(ImmutableArray<Operand> allowed, decimal? least, decimal? most)
    {
        Bounds among = allowed.IsEmpty ? default : allowed.Select(Bounds.At).Aggregate((one, other) => one.Hull(other));
        return new Bounds(least > among.Least ? least : among.Least ?? least, most < among.Most ? most : among.Most ?? most, false);
    }

    private static decimal? ReadBound(Sheet sheet, YamlNode? node, ExpressionType type)
    {
        if (node is null || type.IsNumber || type.IsBroken)
        {
            return sheet.Literal(node, ExpressionType.Exact)?.AsDecimal();
        }

        sheet.Report(node, "type.mismatch", $"only numbers have a least and a greatest, not {type}", "take it out, or list what is allowed under 'one_of'");
        return null;
    }
}
