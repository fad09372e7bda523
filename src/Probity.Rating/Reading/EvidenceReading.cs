using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the allow-list of evidence types.</summary>
internal static class EvidenceReading
{
    public static ImmutableDictionary<string, EvidenceType> Read(Sheet sheet, YamlMap map, Header header)
    {
        var types = ImmutableDictionary.CreateBuilder<string, EvidenceType>(StringComparer.Ordinal);
        YamlMap? evidence = sheet.Map(map.Required("evidence"));
        foreach (YamlNode.Scalar name in evidence?.Keys ?? [])
        {
            if (sheet.Map(evidence!.NodeOf(name.Text)) is { } one && sheet.CheckName(name))
            {
                GuardRails.CheckEvidenceName(sheet, name);
                types[name.Text] = ReadType(sheet, name, one, header);
                one.Close();
            }
        }

        CheckDurations(sheet, evidence, types);
        return types.ToImmutable();
    }

    // Guard-rail G32: what is graver counts at least as long as what is less grave; what was not upheld counts for no time at all.
    private static void CheckDurations(Sheet sheet, YamlMap? evidence, IReadOnlyDictionary<string, EvidenceType> types)
    {
        EvidenceType[] graded = [.. types.Values.Where(type => type.Severity is not null).OrderBy(type => type.Severity).ThenBy(type => type.Name, StringComparer.Ordinal)];
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
        YamlMap? written = map.Map("fields");
        foreach (YamlNode.Scalar field in written?.Keys ?? [])
        {
            if (sheet.Map(written!.NodeOf(field.Text)) is { } one && sheet.CheckName(field))
            {
                GuardRails.CheckEvidenceName(sheet, field);
                fields.Add(ReadField(sheet, field, one, scope));
                one.Close();
            }
        }

        return new EvidenceType(name.Text, ReadKind(sheet, map), fields.ToImmutable(), ReadExpiry(sheet, name, map))
        {
            Label = map.NodeOf("label") is { } label ? sheet.Words(label) : new Wording([(sheet.Language, name.Text.Replace('_', ' '))]),
            Context = ReadContext(sheet, map, header),
            Severity = ReadSeverity(sheet, map),
            Scope = scope,
            DaySlot = scope.Add("day", ExpressionType.Date).Number,
            ItemSlot = scope.Add("item", ExpressionType.Text).Number,
        };
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
        if (context is null && header.Contexts.Length > 1)
        {
            sheet.Report(map.Node, "guard-rail.G05", "with several contexts each evidence type must name its own", "add 'context: …'");
        }
        else if (context is not null && !header.Contexts.Contains(context))
        {
            sheet.Report(map.NodeOf("context")!, "guard-rail.G05", $"the methodology may not use context '{context}'", "it may use " + string.Join(", ", header.Contexts));
        }

        return context ?? header.Contexts.FirstOrDefault("");
    }

    private static Expiry ReadExpiry(Sheet sheet, YamlNode.Scalar name, YamlMap map)
    {
        if (map.NodeOf("expires") is not { } node)
        {
            sheet.Report(name, "guard-rail.G31", $"evidence '{name.Text}' has no expiry: nothing counts for ever", "add 'expires: {after: P5Y, because: …}'");
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

        Wording because = sheet.Words(expires?.Required("because"));
        expires?.Close();
        return new Expiry(after?.Length ?? default, because);
    }

    private static EvidenceField ReadField(Sheet sheet, YamlNode.Scalar name, YamlMap map, Scope scope)
    {
        string? word = map.RequiredText("type");
        ExpressionType? type = word is null ? null : ExpressionType.Named(word);
        if (word is not null && (type is null || type == ExpressionType.Span))
        {
            sheet.Report(map.NodeOf("type")!, "type.unknown", $"'{word}' is no type a field can have", "write one of int, decimal, number, text, flag, date");
        }

        ExpressionType known = type ?? ExpressionType.Text;
        Typed.Slot slot = scope.Add(name.Text, known);
        scope.Measure(slot, map.Text("unit") ?? "");
        ImmutableArray<Operand>.Builder oneOf = ImmutableArray.CreateBuilder<Operand>();
        foreach (YamlNode item in map.Items("one_of"))
        {
            if (sheet.Literal(item, known) is { } value)
            {
                oneOf.Add(value);
            }
        }

        return new EvidenceField(name.Text, known, map.Text("unit") ?? "", map.NodeOf("label") is { } label ? sheet.Words(label) : new Wording([(sheet.Language, name.Text.Replace('_', ' '))]))
        {
            Slot = slot.Number,
            OneOf = oneOf.ToImmutable(),
            Least = sheet.Literal(map.NodeOf("min"), ExpressionType.Exact)?.AsDecimal(),
            Most = sheet.Literal(map.NodeOf("max"), ExpressionType.Exact)?.AsDecimal(),
            Optional = map.Flag("optional") ?? false,
        };
    }
}
