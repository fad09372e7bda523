using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Sources;

/// <summary>Takes the parts of a source's file apart.</summary>
internal static class MappingReading
{
    private static readonly HashSet<string> Persons = new(StringComparer.OrdinalIgnoreCase)
    {
        "person", "natural-person", "natural_person", "natural person", "individual", "human", "citizen", "people",
    };

    /// <summary>Whether a word names a natural person as subject.</summary>
    public static bool NamesPerson(string word) => Persons.Contains(word.Trim());

    public static SubjectRule Subject(YamlMap map)
    {
        YamlMap? parts = map.NodeOf("subject") is YamlNode.Map ? map.Map("subject") : null;
        string word = parts is null ? map.RequiredText("subject") ?? "" : parts.RequiredText("default") ?? "";
        FieldRule? field = parts?.Map("field") is { } one ? Field("subject", one) : null;
        parts?.Close();
        if (field is not null && field.Replace.Keys.Any(NamesPerson))
        {
            map.Report(parts!.NodeOf("field")!, "guard-rail.G01", "'replace' takes a person for something else: Probity rates organisations and public bodies, never people", "leave such records to be rejected");
        }

        YamlNode at = map.NodeOf("subject") ?? map.Node;
        if (NamesPerson(word))
        {
            map.Report(at, "guard-rail.G01", $"'{word}' cannot be a subject: Probity rates organisations and public bodies, never people", "use legal-entity, establishment, public-body or arrangement");
        }
        else if (word.Length > 0 && !KindNames.TryParse(word, out SubjectKind _))
        {
            map.Report(at, "subject.unknown", $"'{word}' is no kind of subject", "use legal-entity, establishment, public-body or arrangement");
        }

        return new SubjectRule(KindNames.TryParse(word, out SubjectKind kind) ? kind : default, field);
    }

    public static RecordShapes Shapes(YamlMap? map)
    {
        if (map is null)
        {
            return new RecordShapes([""], [], CsvLayout.Plain);
        }

        var shapes = new RecordShapes([.. map.Texts("json")], [.. map.Texts("xml")], Layout(map));
        map.Close();
        return shapes;
    }

    /// <summary>The keys that say which lines of a CSV file are what.</summary>
    public static CsvLayout Layout(YamlMap map) =>
        new(Number(map, "csv_skip_lines", 0, (0, 1_000)), Number(map, "csv_header_lines", 1, (1, 10)), Number(map, "csv_skip_below", 0, (0, 1_000)));

    public static HttpRule? Http(YamlMap? map)
    {
        if (map is null)
        {
            return null;
        }

        ImmutableDictionary<string, string> headers = Pairs(map.Map("headers"));
        var rule = new HttpRule(headers, map.Text("page") ?? "", map.Text("size") ?? "", Number(map, "page_size", 1_000, (1, 100_000)), map.Text("total_pages") ?? "");
        map.Close();
        return rule;
    }

    public static FieldRule Id(YamlMap map) => map.NodeOf("id") is YamlNode.Map
        ? Field("id", map.Map("id")!) with { Required = true, MaxLength = 200 }
        : new("id", Paths(map, "id")) { Required = true, MaxLength = 200 };

    public static ImmutableHashSet<DateOnly> NoDays(YamlMap map)
    {
        ImmutableHashSet<DateOnly>.Builder days = ImmutableHashSet.CreateBuilder<DateOnly>();
        foreach (YamlNode item in map.Items("no_day"))
        {
            if (item is YamlNode.Scalar scalar && Day.TryParse(scalar.Text, out DateOnly day))
            {
                days.Add(day);
            }
            else
            {
                map.Report(item, "type.day", "'no_day' holds days such as 1901-01-01", "");
            }
        }

        return days.ToImmutable();
    }

    public static ImmutableArray<FieldRule> Fields(YamlMap map, string key)
    {
        if (map.Required(key) is null || map.Map(key) is not { } parts)
        {
            return [];
        }

        var fields = ImmutableArray.CreateBuilder<FieldRule>();
        List<YamlNode.Scalar> keys = [.. parts.Keys];
        foreach (YamlNode.Scalar at in keys)
        {
            string name = at.Text;
            if (!IsFieldName(name))
            {
                map.Report(at, "field.name", $"'{name}' cannot name a field", "use letters, digits, '_' and '-', with one '.' between a group and its field");
            }
            else if (keys.Any(other => other.Text.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                map.Report(at, "field.name", $"'{name}' is a field here and a group elsewhere", "give one of them another name");
            }

            if (parts.NodeOf(name) is YamlNode.Map)
            {
                fields.Add(Field(name, parts.Map(name)!));
            }
            else
            {
                fields.Add(new FieldRule(name, Paths(parts, name)));
            }
        }

        return fields.ToImmutable();
    }

    public static ImmutableArray<FindingRule> Findings(YamlMap map)
    {
        ImmutableArray<FindingRule> rules = [.. map.Maps("findings").Select(Finding)];
        foreach (IGrouping<string, FindingRule> same in rules.GroupBy(rule => rule.Type).Where(same => same.Count() > 1 && same.Any(rule => rule.Item is null)))
        {
            map.Report(map.NodeOf("findings")!, "finding.twice", $"'{same.Key}' is declared twice: on one day the second would take the place of the first", "give each an 'item', or another type");
        }

        return rules;
    }

    private static FindingRule Finding(YamlMap map)
    {
        string type = map.RequiredText("type") ?? "";
        FieldRule? day = map.Map("day") is { } when ? DayField(when) : null;
        FieldRule? item = map.NodeOf("item") switch
        {
            null => null,
            YamlNode.Map => Field("item", map.Map("item")!) with { MaxLength = 200 },
            _ => new FieldRule("item", Paths(map, "item")) { MaxLength = 200 },
        };
        var rule = new FindingRule(type, day, Fields(map, "fields"))
        {
            Item = item,
            When = [.. map.Texts("when")],
            DayRequired = day?.Required ?? false,
        };
        foreach (string name in rule.When.Where(name => rule.Fields.All(field => field.Name != name)))
        {
            map.Report(map.NodeOf("when")!, "field.unknown", $"'when' names '{name}', which is no field of this finding", NearestName.Of(name, rule.Fields.Select(field => field.Name)) is { } near ? $"did you mean '{near}'?" : "");
        }

        map.Close();
        return rule;
    }

    public static FieldRule DayField(YamlMap map)
    {
        FieldRule rule = new FieldRule("day", Paths(map, "from")) { Type = FieldType.Day, Required = map.Flag("required") ?? false };
        rule = Written(rule, map);
        map.Close();
        return rule;
    }

    public static FieldRule Field(string name, YamlMap map)
    {
        string? value = map.Text("value");
        var rule = new FieldRule(name, value is null ? Paths(map, "from") : [])
        {
            Fixed = value,
            Type = map.NodeOf("is") is not null && map.NodeOf("type") is null ? FieldType.Flag : TypeOf(map),
            Required = map.Flag("required") ?? false,
            Join = map.Text("join"),
            OneOf = [.. map.Texts("one_of")],
            Replace = Pairs(map.Map("replace")),
            MaxLength = Number(map, "max_length", FieldRule.DefaultMaxLength, (1, Statement.MaxBytes)),
            Redactable = map.Flag("redactable") ?? false,
        };
        if (rule.Redactable && (rule.Type is FieldType.Whole or FieldType.Flag || name is "name" or "subject"))
        {
            map.Report(map.NodeOf("redactable")!, "field.redactable", $"'{name}' cannot be redactable", "only texts, decimals and days can be; a name and a kind of subject must stay, or the register could not say whom it is about");
        }

        rule = Written(rule, map);
        map.Close();
        return rule;
    }

    /// <summary>The same field with what the file says of how the source writes it.</summary>
    private static FieldRule Written(FieldRule rule, YamlMap map)
    {
        string form = map.Text("form") ?? "plain";
        if (form is not ("plain" or "month" or "year" or "month_first"))
        {
            map.Report(map.NodeOf("form")!, "value.unknown", $"'{form}' is no form of a day", "one of: month, year, month_first");
        }

        string column = map.Text("column") ?? "optional";
        if (column is not ("optional" or "required"))
        {
            map.Report(map.NodeOf("column")!, "value.unknown", $"'{column}' does not say whether a file must have the column", "write required or optional");
        }

        return rule with
        {
            Is = [.. map.Texts("is")],
            Before = [.. map.Texts("before")],
            After = map.Text("after") ?? "",
            Thousands = map.Text("thousands") ?? "",
            Form = form switch { "month" => DayForm.Month, "year" => DayForm.Year, "month_first" => DayForm.MonthFirst, _ => DayForm.Plain },
            MonthsLater = Number(map, "months_later", 0, (-1_200, 1_200)),
            NeedsColumn = column == "required",
        };
    }

    private static FieldType TypeOf(YamlMap map)
    {
        switch (map.Text("type") ?? "text")
        {
            case "text":
                return FieldType.Text;
            case "whole":
                return FieldType.Whole;
            case "decimal":
                return FieldType.Number;
            case "flag":
                return FieldType.Flag;
            case "day":
                return FieldType.Day;
            case var other:
                map.Report(map.NodeOf("type")!, "value.unknown", $"'{other}' is no type of field", "one of: text, whole, decimal, flag, day");
                return FieldType.Text;
        }
    }

    private static int Number(YamlMap map, string key, int absent, (int Least, int Most) range)
    {
        long number = map.Whole(key) ?? absent;
        if (number >= range.Least && number <= range.Most)
        {
            return (int)number;
        }

        map.Report(map.NodeOf(key)!, "value.range", $"'{key}' must be from {range.Least:N0} to {range.Most:N0}, not {number}", "");
        return absent;
    }

    /// <summary>Whether a word may name a field: letters, digits, "_" and "-", once a "." between group and name.</summary>
    private static bool IsFieldName(string name) =>
        name.Split('.') is { Length: <= 2 } parts && parts.All(part => part.Length > 0 && part.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '-'));

    private static ImmutableArray<string> Paths(YamlMap map, string key)
    {
        if (map.Required(key) is null)
        {
            return [];
        }

        ImmutableArray<string> paths = [.. map.Texts(key)];
        if (paths.Length == 0)
        {
            map.Report(map.NodeOf(key)!, "value.empty", $"'{key}' names no field of the source", "");
        }

        return paths;
    }

    private static ImmutableDictionary<string, string> Pairs(YamlMap? map)
    {
        ImmutableDictionary<string, string>.Builder pairs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string key in map?.Keys.Select(key => key.Text).ToList() ?? [])
        {
            pairs[key] = map!.Text(key) ?? "";
        }

        return pairs.ToImmutable();
    }
}
