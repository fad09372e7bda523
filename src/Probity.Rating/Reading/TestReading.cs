using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the tests beside the rules. What is given becomes real statements, so that a test goes the way of the data.</summary>
internal static class TestReading
{
    /// <summary>What is harmed where a test could not be read: nobody can tell which branches it would meet.</summary>
    public const string Harmed = "tests";

    /// <summary>The tests that can be run.</summary>
    public static ImmutableArray<MethodologyTest> Read(Sheet sheet, YamlMap map, ImmutableDictionary<string, EvidenceType> evidence, TestSubject subject)
    {
        ImmutableArray<MethodologyTest>.Builder tests = ImmutableArray.CreateBuilder<MethodologyTest>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        YamlNode? node = map.NodeOf("tests");
        int all = sheet.Mark;
        foreach (YamlMap one in map.Maps("tests"))
        {
            int mark = sheet.Mark;
            if (ReadOne(sheet, one, evidence, subject) is not { } test)
            {
                continue;
            }

            bool sound = !sheet.HarmSince(mark, Harmed, one.Node);
            if (test.Name.Length > 0 && !names.TryAdd(test.Name, test.Place.Line))
            {
                sheet.Report(one.NodeOf("name")!, "test.twice", $"there is a test '{test.Name}' already, on line {names[test.Name]}", "call it by what is different about it");
            }

            if (sound)
            {
                tests.Add(test);
            }
        }

        if (node is null ? map.Resembles(["tests"]) : tests.Count < map.Items("tests").Count)
        {
            sheet.Harm(Harmed);
        }

        return tests.ToImmutable();
    }

    private static MethodologyTest? ReadOne(Sheet sheet, YamlMap one, ImmutableDictionary<string, EvidenceType> evidence, TestSubject subject)
    {
        string? name = one.RequiredText("name");
        DateOnly? asOf = one.Required("as_of") is null ? null : one.DayOf("as_of");
        var doubts = new List<TestDoubt>();
        if (asOf < sheet.AppliesFrom)
        {
            doubts.Add(Doubt(one.NodeOf("as_of")!, "test.day", $"the rules apply from {Day.Text(sheet.AppliesFrom!.Value)}: on {Day.Text(asOf!.Value)} nobody is rated", "choose a later day, or expect 'outcome: NotApplicable'"));
        }

        ImmutableArray<Statement> given = ReadGiven(sheet, sheet.Map(one.Required("given")), evidence, (asOf ?? default, subject.Rates, doubts));
        ImmutableArray<ImmutableArray<Statement>> others = [.. one.Maps("others").SelectMany(other => Repeated(sheet, other, ReadGiven(sheet, other, evidence, (asOf ?? default, subject.Rates, doubts))))];
        YamlMap? expect = sheet.Map(one.Required("expect"));
        if (expect is not null && !expect.Keys.Any())
        {
            sheet.Report(expect.Node, "value.empty", "a test expects something", "write {outcome: …} or {name: value}");
        }

        ExpectedOutcome? outcome = expect is null ? null : ReadOutcome(sheet, expect, subject.Bands);
        ImmutableArray<ExpectedValue> values = expect is null ? [] : ReadValues(sheet, expect, subject.Names);
        one.Close();
        return new MethodologyTest(name ?? "", asOf ?? default, given) { Others = others, Doubts = [.. doubts], Outcome = outcome, Values = values, Place = new FilePlace(one.Node.Line, one.Node.Column) };
    }

    private static ExpectedOutcome? ReadOutcome(Sheet sheet, YamlMap expect, ImmutableArray<Band> bands)
    {
        if (expect.Text("outcome") is not { } code)
        {
            return null;
        }

        YamlNode node = expect.NodeOf("outcome")!;
        string[] known = [.. bands.Select(band => band.Code), .. NotRatedCodes.All];
        if (!known.Contains(code))
        {
            OutcomeReading.ReportOutcome(sheet, node, code, known);
        }

        return new ExpectedOutcome(code, new FilePlace(node.Line, node.Column));
    }

    // "times: 25" stands for as many organisations of which the same is given.
    private static IEnumerable<ImmutableArray<Statement>> Repeated(Sheet sheet, YamlMap other, ImmutableArray<Statement> given)
    {
        long times = other.Whole("times") ?? 1;
        if (times is < 1 or > 10_000)
        {
            sheet.Report(other.NodeOf("times")!, "test.times", "one thing is given of 1 to 10000 organisations", "");
        }

        return Enumerable.Repeat(given, (int)Math.Clamp(times, 1, 10_000));
    }

    private static ImmutableArray<ExpectedValue> ReadValues(Sheet sheet, YamlMap expect, NameBook names)
    {
        ImmutableArray<ExpectedValue>.Builder values = ImmutableArray.CreateBuilder<ExpectedValue>();
        foreach (YamlNode.Scalar key in expect.Keys.Where(key => key.Text != "outcome"))
        {
            YamlNode node = expect.NodeOf(key.Text)!;
            Typed.Slot slot = names.Find(sheet, key, ["outcome"]);
            if (sheet.Book.IsParameter(slot))
            {
                sheet.Report(key, "test.parameter", $"'{slot.Name}' is a parameter: what it is needs no test", "expect an indicator, a score or the outcome");
                continue;
            }

            bool unknown = node is YamlNode.Scalar { Quoted: false, Text: "missing" or "not computable" };
            if ((unknown ? Unknown((YamlNode.Scalar)node) : sheet.Literal(node, slot.Type)) is { } value && !slot.Type.IsBroken)
            {
                values.Add(new ExpectedValue(slot.Name, value, new FilePlace(node.Line, node.Column)));
            }
        }

        return values.ToImmutable();
    }

    private static Operand Unknown(YamlNode.Scalar word) => word.Text == "missing" ? new Operand.Missing("") : new Operand.Failed("");

    private static ImmutableArray<Statement> ReadGiven(Sheet sheet, YamlMap? given, ImmutableDictionary<string, EvidenceType> evidence, (DateOnly AsOf, SubjectKind Rates, ICollection<TestDoubt> Doubts) at)
    {
        ImmutableArray<Statement>.Builder statements = ImmutableArray.CreateBuilder<Statement>();
        foreach (YamlNode.Scalar key in given?.Keys.Where(key => key.Text != "times") ?? [])
        {
            IReadOnlyList<YamlMap> items = given!.Maps(key.Text);
            if (!evidence.TryGetValue(key.Text, out EvidenceType? type))
            {
                string? nearest = NearestName.Of(key.Text, evidence.Keys);
                sheet.Report(key, "evidence.unknown", $"'{key.Text}' is not among the evidence types above", nearest is null ? "known: " + string.Join(", ", evidence.Keys.Order(StringComparer.Ordinal)) : $"did you mean '{nearest}'?");
                continue;
            }

            foreach (YamlMap item in items)
            {
                statements.Add(ReadStatement(sheet, item, type, (at, statements.Count)));
            }
        }

        return statements.ToImmutable();
    }

    private static Statement ReadStatement(Sheet sheet, YamlMap map, EvidenceType type, ((DateOnly AsOf, SubjectKind Rates, ICollection<TestDoubt> Doubts) At, int Number) place)
    {
        var fields = new List<KeyValuePair<string, Value>>();
        foreach (EvidenceField field in type.Fields)
        {
            YamlNode? node = map.NodeOf(field.Name);
            CheckRange(sheet, node, field, place.At.Doubts);
            if (node is YamlNode.Scalar scalar)
            {
                fields.Add(new(field.Name, ValueOf(scalar.Text, field.Type)));
            }
        }

        bool undated = map.Text("day") == "none";
        DateOnly? day = undated ? null : map.DayOf("day") ?? place.At.AsOf;
        if (day > place.At.AsOf && place.At.AsOf != default)
        {
            place.At.Doubts.Add(Doubt(map.NodeOf("day")!, "test.day", $"{Day.Text(day.Value)} lies after the day of the test, {Day.Text(place.At.AsOf)}: the statement does not count", "choose an earlier day, or a later 'as_of'"));
        }

        string item = map.Text("item") ?? "";
        if (!type.Scope.IsBlind)
        {
            map.Close();
        }

        var provenance = new Provenance("test", type.Context, "test", "test");
        var occasion = new Occasion(type.Name, item.Length > 0 ? item : $"{place.Number}", day);
        var about = new RecordId("test", "1");
        var body = Fields.Of([.. fields]);
        return type.Kind == StatementKind.Finding
            ? Statement.Finding(provenance, about, place.At.Rates, occasion, body)
            : Statement.Of(type.Kind, provenance, about, occasion, body);
    }

    private static TestDoubt Doubt(YamlNode at, string code, string message, string suggestion) => new(new FilePlace(at.Line, at.Column), code, message, suggestion);

    private static void CheckRange(Sheet sheet, YamlNode? node, EvidenceField field, ICollection<TestDoubt> doubts)
    {
        Operand? value = sheet.Literal(node, field.Type);
        if (field.Least > field.Most || value?.AsDecimal() is not { } number)
        {
            return;
        }

        string? bound = number < field.Least ? $"at least {Numbers.Text(field.Least.Value)}" : number > field.Most ? $"at most {Numbers.Text(field.Most.Value)}" : null;
        if (bound is not null)
        {
            doubts.Add(Doubt(node!, "test.range", $"'{field.Name}' is {bound}: a statement with {value} does not count", "correct the value, or the bounds of the field"));
        }
    }

    private static Value ValueOf(string text, ExpressionType type) => type.Sort switch
    {
        Sort.Whole when Literals.TryRead(text, type, out Operand? whole) && Math.Abs(((Operand.Whole)whole).Number) <= Value.MaxWhole => Value.Of(((Operand.Whole)whole).Number),
        Sort.Truth when text is "true" or "false" => Value.Of(text == "true"),
        _ => Value.Of(text),
    };
}

/// <summary>What tests are about.</summary>
internal sealed record TestSubject(SubjectKind Rates, NameBook Names, ImmutableArray<Band> Bands);
