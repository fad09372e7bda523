using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the tests beside the rules. What is given becomes real statements, so that a test goes the way of the data.</summary>
internal static class TestReading
{
    public static ImmutableArray<MethodologyTest> Read(Sheet sheet, YamlMap map, ImmutableDictionary<string, EvidenceType> evidence, TestSubject subject)
    {
        ImmutableArray<MethodologyTest>.Builder tests = ImmutableArray.CreateBuilder<MethodologyTest>();
        foreach (YamlMap one in map.Maps("tests"))
        {
            string? name = one.RequiredText("name");
            DateOnly? asOf = one.Required("as_of") is null ? null : one.DayOf("as_of");
            ImmutableArray<Statement> given = ReadGiven(sheet, sheet.Map(one.Required("given")), evidence, (asOf ?? default, subject.Rates));
            ImmutableArray<ImmutableArray<Statement>> others = [.. one.Maps("others").SelectMany(other => Repeated(other, ReadGiven(sheet, other, evidence, (asOf ?? default, subject.Rates))))];
            YamlMap? expect = sheet.Map(one.Required("expect"));
            string? outcome = expect?.Text("outcome");
            ImmutableArray<(string, Operand)> values = expect is null ? [] : ReadValues(sheet, expect, subject.Names);
            one.Close();
            if (name is not null && asOf is { } day)
            {
                tests.Add(new MethodologyTest(name, day, given) { Others = others, Outcome = outcome, Values = values, Line = one.Node.Line, Column = one.Node.Column });
            }
        }

        return tests.ToImmutable();
    }

    // "times: 25" stands for as many organisations of which the same is given.
    private static IEnumerable<ImmutableArray<Statement>> Repeated(YamlMap other, ImmutableArray<Statement> given) =>
        Enumerable.Repeat(given, (int)Math.Clamp(other.Whole("times") ?? 1, 1, 10_000));

    private static ImmutableArray<(string, Operand)> ReadValues(Sheet sheet, YamlMap expect, NameBook names)
    {
        ImmutableArray<(string, Operand)>.Builder values = ImmutableArray.CreateBuilder<(string, Operand)>();
        foreach (YamlNode.Scalar key in expect.Keys.Where(key => key.Text != "outcome"))
        {
            YamlNode node = expect.NodeOf(key.Text)!;
            if (names.Find(sheet, key) is { } slot)
            {
                bool missing = node is YamlNode.Scalar { Text: "missing", Quoted: false };
                if ((missing ? new Operand.Missing("") : sheet.Literal(node, slot.Type)) is { } value)
                {
                    values.Add((slot.Name, value));
                }
            }
        }

        return values.ToImmutable();
    }

    private static ImmutableArray<Statement> ReadGiven(Sheet sheet, YamlMap? given, ImmutableDictionary<string, EvidenceType> evidence, (DateOnly AsOf, SubjectKind Rates) at)
    {
        ImmutableArray<Statement>.Builder statements = ImmutableArray.CreateBuilder<Statement>();
        foreach (YamlNode.Scalar key in given?.Keys.Where(key => key.Text != "times") ?? [])
        {
            IReadOnlyList<YamlMap> items = given!.Maps(key.Text);
            if (!evidence.TryGetValue(key.Text, out EvidenceType? type))
            {
                string? nearest = NearestName.Of(key.Text, evidence.Keys);
                sheet.Report(key, "evidence.unknown", $"'{key.Text}' is not among the evidence types above", nearest is null ? "" : $"did you mean '{nearest}'?");
                continue;
            }

            foreach (YamlMap item in items)
            {
                statements.Add(ReadStatement(sheet, item, type, (at, statements.Count)));
            }
        }

        return statements.ToImmutable();
    }

    private static Statement ReadStatement(Sheet sheet, YamlMap map, EvidenceType type, ((DateOnly AsOf, SubjectKind Rates) At, int Number) place)
    {
        var fields = new List<KeyValuePair<string, Value>>();
        foreach (EvidenceField field in type.Fields)
        {
            if (map.NodeOf(field.Name) is YamlNode.Scalar scalar)
            {
                fields.Add(new(field.Name, ValueOf(scalar.Text, field.Type)));
            }
        }

        bool undated = map.Text("day") == "none";
        DateOnly? day = undated ? null : map.DayOf("day") ?? place.At.AsOf;
        string item = map.Text("item") ?? "";
        map.Close();
        var provenance = new Provenance("test", type.Context, "test", "test");
        var occasion = new Occasion(type.Name, item.Length > 0 ? item : $"{place.Number}", day);
        var about = new RecordId("test", "1");
        var body = Fields.Of([.. fields]);
        return type.Kind == StatementKind.Finding
            ? Statement.Finding(provenance, about, place.At.Rates, occasion, body)
            : Statement.Of(type.Kind, provenance, about, occasion, body);
    }

    private static Value ValueOf(string text, ExpressionType type) => type.Sort switch
    {
        Sort.Whole when Literals.TryRead(text, type, out Operand? whole) && Math.Abs(((Operand.Whole)whole).Number) <= Value.MaxWhole => Value.Of(((Operand.Whole)whole).Number),
        Sort.Truth when text is "true" or "false" => Value.Of(text == "true"),
        _ => Value.Of(text),
    };
}

/// <summary>What tests are about.</summary>
internal sealed record TestSubject(SubjectKind Rates, NameBook Names);
