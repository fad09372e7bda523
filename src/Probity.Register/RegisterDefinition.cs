using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Register;

/// <summary>What register.yaml says: whose register it is, under which law, for what (formats/register.md).</summary>
public sealed record RegisterDefinition
{
    private RegisterDefinition(string id, string title) => (Id, Title) = (id, title);

    /// <summary>Lower-case letters, digits and hyphens; also the name of its folder.</summary>
    public string Id { get; }

    /// <summary>What people call it.</summary>
    public string Title { get; }

    /// <summary>Who answers for it.</summary>
    public required AuthorityReference Authority { get; init; }

    /// <summary>The law under which it is kept.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>What it is kept for.</summary>
    public required string Purpose { get; init; }

    /// <summary>The contexts its statements may belong to (guard-rail G05); at least one.</summary>
    public required IReadOnlyList<string> Contexts { get; init; }

    /// <summary>Languages of its pages, as BCP 47 tags; at least one.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The IANA time zone its days are counted in.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The name of its log, a URL without scheme (C2SP tlog-checkpoint).</summary>
    public required string Origin { get; init; }

    /// <summary>What one of its subjects is called, such as "establishment".</summary>
    public required string SubjectWord { get; init; }

    /// <summary>What several of its subjects are called, such as "establishments".</summary>
    public required string SubjectsWord { get; init; }

    /// <summary>What every page says first about the data; may be empty.</summary>
    public required string Notice { get; init; }

    /// <summary>Whom to ask, and who can change something.</summary>
    public required string Contact { get; init; }

    /// <summary>The roles of which two must decide what is redacted (guard-rail G18); empty where the register names none, and any two different roles do.</summary>
    public required IReadOnlyList<string> RedactionRoles { get; init; }

    /// <summary>Whether a role may take part in a redaction, however it is written (<see cref="RoleName"/>).</summary>
    public bool MayRedact(string role) => RedactionRoles.Count == 0 || (RoleName.Of(role) is { } asked && RedactionRoles.Any(one => RoleName.Of(one) == asked));

    /// <summary>The day of a moment in the register's time zone.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).Date);

    /// <summary>Reads register.yaml.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="problems">Where everything wrong is added.</param>
    /// <returns>The definition, or null after a problem.</returns>
    public static RegisterDefinition? Read(string file, string text, ICollection<Problem> problems)
    {
        int before = problems.Count;
        if (YamlMap.Of(file, YamlText.Read(file, text, problems), problems) is not { } map)
        {
            return null;
        }

        CheckVersion(map);
        YamlMap? authority = YamlMap.Of(file, map.Required("authority"), problems);
        YamlMap? word = YamlMap.Of(file, map.Required("subject_word"), problems);
        var definition = new RegisterDefinition(map.RequiredText("id") ?? "", map.RequiredText("title") ?? "")
        {
            Authority = new AuthorityReference(authority?.RequiredText("name") ?? "", authority?.RequiredText("url") ?? ""),
            LegalBasis = map.RequiredText("legal_basis") ?? "",
            Purpose = map.RequiredText("purpose") ?? "",
            Contexts = AtLeastOne(map, "contexts"),
            Languages = AtLeastOne(map, "languages"),
            TimeZone = map.RequiredText("time_zone") ?? "",
            Origin = map.RequiredText("origin") ?? "",
            SubjectWord = word?.RequiredText("one") ?? "",
            SubjectsWord = word?.RequiredText("many") ?? "",
            Notice = map.Text("notice") ?? "",
            Contact = map.RequiredText("contact") ?? "",
            RedactionRoles = map.NodeOf("redaction_roles") is null ? [] : map.Texts("redaction_roles"),
        };
        CheckRoles(map, definition.RedactionRoles);
        CheckNames(map, definition);
        authority?.Close();
        word?.Close();
        map.Close();
        return problems.Count == before ? definition : null;
    }

    private static void CheckVersion(YamlMap map)
    {
        if (map.Required("probity") is { } node && map.Whole("probity") is not 1)
        {
            map.Report(node, "format.version", "this program reads register format 1", "write 'probity: 1'");
        }
    }

    private static void CheckNames(YamlMap map, RegisterDefinition definition)
    {
        if (definition.Id.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-"))
        {
            map.Report(map.NodeOf("id")!, "id.form", $"id '{definition.Id}' may hold lower-case letters, digits and hyphens only", "");
        }

        if (definition.TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(definition.TimeZone, out _))
        {
            map.Report(map.NodeOf("time_zone")!, "time-zone.unknown", $"'{definition.TimeZone}' is no time zone known here", "use an IANA name such as Europe/London");
        }

        if (definition.Origin.Any(c => char.IsWhiteSpace(c) || c == '+') || definition.Origin.Contains("://", StringComparison.Ordinal))
        {
            map.Report(map.NodeOf("origin")!, "origin.form", "an origin is a URL without scheme, without spaces and '+'", "write it like 'register.example/food'");
        }
    }

    private static void CheckRoles(YamlMap map, IReadOnlyList<string> roles)
    {
        if (map.NodeOf("redaction_roles") is { } node && (roles.Any(role => RoleName.Of(role) is null) || roles.Select(role => RoleName.Of(role)).Distinct().Count() < 2))
        {
            map.Report(node, "guard-rail.G18", "a redaction is decided by two roles, so that at least two different ones are needed here, each written in letters", "write 'redaction_roles: [records officer, data protection officer]'");
        }
    }

    private static IReadOnlyList<string> AtLeastOne(YamlMap map, string key)
    {
        IReadOnlyList<string> texts = map.Required(key) is null ? [] : map.Texts(key);
        if (texts.Count == 0 && map.NodeOf(key) is { } node)
        {
            map.Report(node, "value.empty", $"'{key}' needs at least one value", "");
        }

        return texts;
    }
}

/// <summary>A named authority.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Url">Where it can be found.</param>
public sealed record AuthorityReference(string Name, string Url);
