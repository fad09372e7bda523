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

        return types.ToImmutable();
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

        return new EvidenceType(name.Text, ReadKind(sheet, map), fields.ToImmutable(), ReadExpiry(sheet, name, map, header))
        {
            Label = map.NodeOf("label") is { } label ? sheet.Words(label) : new Wording([(sheet.Language, name.Text.Replace('_', ' '))]),
            Context = ReadContext(sheet, map, header),
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

    private static Expiry ReadExpiry(Sheet sheet, YamlNode.Scalar name, YamlMap map, Header header)
    {
        if (map.NodeOf("expires") is not { } node)
        {
            sheet.Report(name, "guard-rail.G31", $"evidence '{name.Text}' has no expiry: nothing counts for ever", "add 'expires: {after: P5Y, because: …}'");
            return new Expiry(default, Wording.None);
        }

        YamlMap? expires = sheet.Map(node);
        YamlNode? written = expires?.Required("after");
        Operand.Span? after = written is null ? null : sheet.Literal(written, ExpressionType.Span) as Operand.Span;
        if (after is { Length.Months: > 0 } && !header.StatesMonthEnds)
        {
            sheet.Report(written!, "month-ends.missing", "adding months to the last days of a month needs a rule", "add 'month_ends: last_day' at the top of the file");
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
            Slot = scope.Add(name.Text, known).Number,
            OneOf = oneOf.ToImmutable(),
            Least = sheet.Literal(map.NodeOf("min"), ExpressionType.Exact)?.AsDecimal(),
            Most = sheet.Literal(map.NodeOf("max"), ExpressionType.Exact)?.AsDecimal(),
            Optional = map.Flag("optional") ?? false,
        };
    }
}
