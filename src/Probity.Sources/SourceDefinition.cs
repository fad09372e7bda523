using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Sources;

/// <summary>A source and how its records map to statements: what a file in sources/ says (formats/source.md).</summary>
public sealed record SourceDefinition
{
    private SourceDefinition(string name) => Name = name;

    /// <summary>Its name in the register, such as "fhrs": lower-case letters, digits, hyphens.</summary>
    public string Name { get; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Who publishes it.</summary>
    public required string Publisher { get; init; }

    /// <summary>The licence it is published under.</summary>
    public required string Licence { get; init; }

    /// <summary>What kind of source it is; one of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Context, law and purpose of its statements (guard-rail G05).</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What its records are about (guard-rail G01).</summary>
    public required SubjectRule Subject { get; init; }

    /// <summary>Where records stand in each format.</summary>
    public required RecordShapes Shapes { get; init; }

    /// <summary>The tables whose rows are joined into one record by their identifier; empty where one file holds whole records.</summary>
    public required ImmutableArray<TableRule> Tables { get; init; }

    /// <summary>What several records of one identifier are.</summary>
    public required SameId SameId { get; init; }

    /// <summary>How the address of an interface is asked; null where none is declared.</summary>
    public HttpRule? Http { get; init; }

    /// <summary>Where the record's identifier stands.</summary>
    public required FieldRule Id { get; init; }

    /// <summary>What identity statements say.</summary>
    public required ImmutableArray<FieldRule> Identity { get; init; }

    /// <summary>What findings records give.</summary>
    public required ImmutableArray<FindingRule> Findings { get; init; }

    /// <summary>Days by which the source means "none", such as 1901-01-01.</summary>
    public required ImmutableHashSet<DateOnly> NoDays { get; init; }

    /// <summary>Texts by which the source means "none", such as "N/A"; a field that holds one counts as empty.</summary>
    public required ImmutableHashSet<string> EmptyTexts { get; init; }

    /// <summary>The kinds of source there are.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["official-register", "inspectorate", "court", "public-buyer", "private-partner", "self-declared"];

    /// <summary>The context, shortly.</summary>
    public string Context => Provenance.Context;

    /// <summary>Every path by which a field is looked for, each once: the slots a reader fills.</summary>
    internal ImmutableArray<string> Paths => field.IsDefault ? field = [.. AllFields().SelectMany(rule => rule.From).Distinct(StringComparer.Ordinal)] : field;

    /// <summary>Reads a source's file.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="problems">Where everything wrong is added.</param>
    /// <returns>The source, or null after a problem.</returns>
    public static SourceDefinition? Read(string file, string text, ICollection<Problem> problems)
    {
        int before = problems.Count;
        if (YamlText.Read(file, text, problems) is not { } root || YamlMap.Of(file, Repetition.Of(root), problems) is not { } map)
        {
            return null;
        }

        if (map.Required("probity") is { } version && map.Whole("probity") is not 1)
        {
            map.Report(version, "format.version", "this program reads source format 1", "write 'probity: 1'");
        }

        map.NodeOf("lists");
        string name = map.RequiredText("source") ?? "";
        var definition = new SourceDefinition(name)
        {
            Title = map.RequiredText("title") ?? "",
            Publisher = map.RequiredText("publisher") ?? "",
            Licence = map.RequiredText("licence") ?? "",
            Kind = KindOf(map),
            Provenance = new Provenance(name, map.RequiredText("context") ?? "", map.RequiredText("law") ?? "", map.RequiredText("purpose") ?? ""),
            Subject = MappingReading.Subject(map),
            Shapes = MappingReading.Shapes(map.Map("records")),
            Tables = TableReading.Tables(map),
            SameId = TableReading.SameId(map),
            Http = MappingReading.Http(map.Map("http")),
            Id = MappingReading.Id(map),
            NoDays = MappingReading.NoDays(map),
            EmptyTexts = [.. map.Texts("empty")],
            Identity = MappingReading.Fields(map, "identity"),
            Findings = MappingReading.Findings(map),
        };
        CheckName(map, name);
        TableReading.Check(map, definition);
        map.Close();
        return problems.Count == before ? definition : null;
    }

    /// <summary>The type of the findings that <see cref="OfPublishedValues"/> gives.</summary>
    public const string PublishedValues = "published";

    /// <summary>
    /// Published values that computed ones are held against, read as a source is: keys "records", "tables", "id", "empty", "no_day", "same_id" as in a
    /// source; "day" where each record names the day its values are of; "only", a field without which a record is passed over; and "values".
    /// Every record gives one finding of type <see cref="PublishedValues"/> whose fields are the values.
    /// </summary>
    /// <param name="map">The keys; those of the caller's own must have been asked for. It is closed.</param>
    public static SourceDefinition OfPublishedValues(YamlMap map)
    {
        FieldRule? day = map.Map("day") is { } when ? MappingReading.DayField(when) : null;
        FieldRule? only = map.Map("only") is { } needed ? MappingReading.Field("only", needed) : null;
        ImmutableArray<FieldRule> values = [.. MappingReading.Fields(map, "values").Select(field => field with { NeedsColumn = true })];
        var definition = new SourceDefinition(PublishedValues)
        {
            Title = "",
            Publisher = "",
            Licence = "",
            Kind = Kinds[0],
            Provenance = new Provenance(PublishedValues, "", "", ""),
            Subject = new SubjectRule(SubjectKind.Establishment, null),
            Shapes = MappingReading.Shapes(map.Map("records")),
            Tables = TableReading.Tables(map),
            SameId = TableReading.SameId(map),
            Http = null,
            Id = MappingReading.Id(map),
            NoDays = MappingReading.NoDays(map),
            EmptyTexts = [.. map.Texts("empty")],
            Identity = [],
            Findings = [new FindingRule(PublishedValues, day, only is null ? values : values.Add(only)) { When = only is null ? [] : [only.Name], DayRequired = day?.Required ?? false }],
        };
        TableReading.Check(map, definition);
        map.Close();
        return definition;
    }

    private static void CheckName(YamlMap map, string name)
    {
        if (name.Length > 0 && !name.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one == '-'))
        {
            map.Report(map.NodeOf("source")!, "name.form", $"'{name}' cannot name a source", "use lower-case letters, digits and hyphens");
        }
    }

    private static string KindOf(YamlMap map)
    {
        string kind = map.RequiredText("kind") ?? "";
        if (kind.Length > 0 && !Kinds.Contains(kind))
        {
            map.Report(map.NodeOf("kind")!, "value.unknown", $"'{kind}' is no kind of source", $"one of: {string.Join(", ", Kinds)}");
        }

        return kind;
    }

    /// <summary>Names of redactable fields, each with the type of the finding it is of ("" for the identity).</summary>
    public IEnumerable<(string Type, string Field)> RedactableFields() => Identity.Select(field => (Type: "", Field: field))
        .Concat(Findings.SelectMany(finding => finding.Fields.Select(field => (finding.Type, Field: field))))
        .Where(one => one.Field.Redactable)
        .Select(one => (one.Type, one.Field.Name));

    /// <summary>Every field in the order of the file.</summary>
    internal IEnumerable<FieldRule> AllFields()
    {
        yield return Id;
        if (Subject.Field is { } subject)
        {
            yield return subject;
        }

        foreach (FieldRule field in Identity.Concat(Findings.SelectMany(finding => finding.AllFields())))
        {
            yield return field;
        }
    }
}
