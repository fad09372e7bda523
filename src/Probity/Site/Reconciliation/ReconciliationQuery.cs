using System.Text.Json;
using Probity.Linkage;

namespace Probity.Site.Reconciliation;

/// <summary>One question of a batch, of either version of the protocol.</summary>
/// <param name="Question">What is known.</param>
/// <param name="Limit">Candidates wanted: 1 to 25.</param>
internal sealed record ReconciliationQuery(OrganisationQuestion Question, int Limit)
{
    private const int MostLetters = 500;
    private const int MostCandidates = 25;
    private const int UsualCandidates = 10;

    /// <summary>Numbers of organisations of one query that are compared.</summary>
    private const int MostNumbers = 10;

    private static readonly string[] Members02 = ["query", "type", "limit", "properties", "type_strict"];
    private static readonly string[] Members1 = ["type", "limit", "lang", "dir", "conditions"];

    /// <summary>True where nothing that can be compared is known: nobody is found.</summary>
    public bool IsEmpty => Question.Name.Length + Question.Address.Length + Question.Postcode.Length + Question.Identifiers.Length == 0;

    /// <summary>Reads a query of version 0.2; a refusal where it cannot be answered.</summary>
    public static ReconciliationQuery? OfVersion02(JsonElement query, out ReconciliationRefusal? refusal)
    {
        refusal = IsObject(query) ?? OtherMember(query, Members02) ?? TypeRefusal(query);
        if (refusal is not null)
        {
            return null;
        }

        JsonElement[] properties = query.TryGetProperty("properties", out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        bool named = query.TryGetProperty("query", out JsonElement name);
        if (!named && properties.Length == 0)
        {
            refusal = ReconciliationRefusal.Malformed("a query has 'query', a name, or 'properties', a list of at least one");
            return null;
        }

        OrganisationQuestion question = OrganisationQuestion.Named(named ? Text(name) : "");
        foreach (JsonElement property in properties)
        {
            if (Part(property, ["pid"]) is not { } pid || Values(property, ["v"]) is not { } values)
            {
                refusal = ReconciliationRefusal.Malformed("a property of a query has 'pid' and 'v'");
                return null;
            }

            question = With(question, pid, values);
        }

        return Whole(question, query, out refusal);
    }

    /// <summary>
    /// Reads a query of version 1.0-draft; a refusal where it cannot be answered. The draft calls a condition's property 'propertyId' and its
    /// value 'propertyValue'; its earlier names, 'pid' and 'v', are understood too.
    /// </summary>
    public static ReconciliationQuery? OfVersion1(JsonElement query, out ReconciliationRefusal? refusal)
    {
        refusal = IsObject(query) ?? OtherMember(query, Members1) ?? TypeList(query) ?? TypeRefusal(query);
        if (refusal is not null || !query.TryGetProperty("conditions", out JsonElement conditions) || conditions.ValueKind != JsonValueKind.Array || conditions.GetArrayLength() == 0)
        {
            refusal ??= ReconciliationRefusal.Malformed("a query has 'conditions', a list of at least one");
            return null;
        }

        OrganisationQuestion question = OrganisationQuestion.Named("");
        foreach (JsonElement condition in conditions.EnumerateArray())
        {
            if (With(question, condition, out refusal) is not { } more)
            {
                return null;
            }

            question = more;
        }

        return Whole(question, query, out refusal);
    }

    private static OrganisationQuestion? With(OrganisationQuestion question, JsonElement condition, out ReconciliationRefusal? refusal)
    {
        string? matchType = Part(condition, ["matchType"]);
        string[]? values = Values(condition, ["propertyValue", "v"]);
        string? property = Part(condition, ["propertyId", "pid"]);
        refusal = matchType is not ("name" or "property") || values is null
            ? ReconciliationRefusal.Malformed("a condition has 'matchType', which is name or property, and 'propertyValue'")
            : matchType == "property" && property is null ? ReconciliationRefusal.Malformed("a condition on a property names it in 'propertyId'")
            : Part(condition, ["matchQuantifier"]) == "none" ? ReconciliationRefusal.Malformed("'matchQuantifier' none is not supported: evidence against is weighed anyway")
            : null;
        return refusal is not null ? null : matchType == "name" ? question with { Name = First(values!) } : With(question, property!, values!);
    }

    /// <summary>A member's value as text under the first of its names that is there; null where none is.</summary>
    private static string? Part(JsonElement whole, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out JsonElement part))
            {
                return Text(part);
            }
        }

        return null;
    }

    private static ReconciliationQuery? Whole(OrganisationQuestion question, JsonElement query, out ReconciliationRefusal? refusal)
    {
        refusal = question.Identifiers.Select(identifier => identifier.Number).Concat([question.Name, question.Address, question.Postcode]).Any(text => text.Length > MostLetters)
            ? new ReconciliationRefusal(413, "reconcile.too-long", $"a text of a query has more than {MostLetters} characters")
            : null;
        int limit = query.TryGetProperty("limit", out JsonElement asked) && asked.ValueKind == JsonValueKind.Number && asked.TryGetInt32(out int wanted) && wanted > 0 ? wanted : UsualCandidates;
        return refusal is null ? new ReconciliationQuery(question, Math.Min(limit, MostCandidates)) : null;
    }

    private static ReconciliationRefusal? OtherMember(JsonElement query, string[] members)
    {
        string? other = query.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !members.Contains(name, StringComparer.Ordinal));
        return other is null ? null : ReconciliationRefusal.Malformed($"a query has no '{other}'; it may have {string.Join(", ", members)}");
    }

    private static ReconciliationRefusal? IsObject(JsonElement query) => query.ValueKind == JsonValueKind.Object ? null : ReconciliationRefusal.Malformed("a query is an object");

    private static ReconciliationRefusal? TypeList(JsonElement query) =>
        query.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.Array ? ReconciliationRefusal.Malformed("'type' is one identifier, not a list") : null;

    private static ReconciliationRefusal? TypeRefusal(JsonElement query)
    {
        if (!query.TryGetProperty("type", out JsonElement type) || type.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(Text)] : [Text(type)];
        return Array.Find(types, one => one.Length > 0 && one != ReconciliationManifest.TypeId) is { } other ? ReconciliationRefusal.OtherType(other) : null;
    }

    /// <summary>Properties that nothing is compared by change nothing; of several values all are taken where they are numbers of organisations, else the first.</summary>
    private static OrganisationQuestion With(OrganisationQuestion question, string property, string[] values) => property switch
    {
        "name" => question.Name.Length == 0 ? question with { Name = First(values) } : question,
        "address" => question with { Address = First(values) },
        "postcode" => question with { Postcode = First(values) },
        _ when ReconciliationProperty.SchemeOf(property) is { } scheme =>
            question with { Identifiers = [.. question.Identifiers.Concat(values.Where(text => text.Length > 0).Select(text => (scheme, text))).Take(MostNumbers)] },
        _ => question,
    };

    private static string First(string[] values) => values.Length > 0 ? values[0] : "";

    /// <summary>The values of a member, as <see cref="Part"/> finds it.</summary>
    private static string[]? Values(JsonElement whole, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out JsonElement part))
            {
                return part.ValueKind == JsonValueKind.Array ? [.. part.EnumerateArray().Select(Text)] : [Text(part)];
            }
        }

        return null;
    }

    /// <summary>A value as text: of a list the first, of an entity its name.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array => value.GetArrayLength() > 0 ? Text(value[0]) : "",
        JsonValueKind.Object => value.TryGetProperty("name", out JsonElement name) ? Text(name) : value.TryGetProperty("id", out JsonElement id) ? Text(id) : "",
        _ => "",
    };
}
