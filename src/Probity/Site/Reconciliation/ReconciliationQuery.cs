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

    /// <summary>Reads a query of version 0.2; a refusal where it cannot be answered.</summary>
    public static ReconciliationQuery? OfVersion02(JsonElement query, out ReconciliationRefusal? refusal)
    {
        refusal = IsObject(query) ?? TypeRefusal(query);
        if (refusal is not null)
        {
            return null;
        }

        OrganisationQuestion question = OrganisationQuestion.Named(query.TryGetProperty("query", out JsonElement name) ? Text(name) : "");
        if (query.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement property in properties.EnumerateArray().Where(property => property.ValueKind == JsonValueKind.Object))
            {
                question = With(question, property);
            }
        }

        return Whole(question, query, out refusal);
    }

    /// <summary>Reads a query of version 1.0-draft; a refusal where it cannot be answered.</summary>
    public static ReconciliationQuery? OfVersion1(JsonElement query, out ReconciliationRefusal? refusal)
    {
        refusal = IsObject(query) ?? TypeRefusal(query);
        if (refusal is not null || !query.TryGetProperty("conditions", out JsonElement conditions) || conditions.ValueKind != JsonValueKind.Array || conditions.GetArrayLength() == 0)
        {
            refusal ??= ReconciliationRefusal.Malformed("a query has 'conditions', a list of at least one");
            return null;
        }

        OrganisationQuestion question = OrganisationQuestion.Named("");
        foreach (JsonElement condition in conditions.EnumerateArray())
        {
            string matchType = condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("matchType", out JsonElement found) ? Text(found) : "";
            if (matchType is not ("name" or "property") || !condition.TryGetProperty("v", out JsonElement value))
            {
                refusal = ReconciliationRefusal.Malformed("a condition has 'matchType', which is name or property, and 'v'");
                return null;
            }

            if (condition.TryGetProperty("matchQuantifier", out JsonElement quantifier) && Text(quantifier) == "none")
            {
                refusal = ReconciliationRefusal.Malformed("'matchQuantifier' none is not supported: evidence against is weighed anyway");
                return null;
            }

            question = matchType == "name" ? question with { Name = Text(value) } : With(question, condition);
        }

        return Whole(question, query, out refusal);
    }

    private static ReconciliationQuery? Whole(OrganisationQuestion question, JsonElement query, out ReconciliationRefusal? refusal)
    {
        refusal = new[] { question.Name, question.Address, question.Postcode }.Any(text => text.Length > MostLetters)
            ? new ReconciliationRefusal(413, "reconcile.too-long", $"a text of a query has more than {MostLetters} characters")
            : question.Name.Length == 0 ? ReconciliationRefusal.Malformed("a query has a name that is not empty") : null;
        int limit = query.TryGetProperty("limit", out JsonElement asked) && asked.ValueKind == JsonValueKind.Number && asked.TryGetInt32(out int wanted) && wanted > 0 ? wanted : UsualCandidates;
        return refusal is null ? new ReconciliationQuery(question, Math.Min(limit, MostCandidates)) : null;
    }

    private static ReconciliationRefusal? IsObject(JsonElement query) => query.ValueKind == JsonValueKind.Object ? null : ReconciliationRefusal.Malformed("a query is an object");

    private static ReconciliationRefusal? TypeRefusal(JsonElement query)
    {
        if (!query.TryGetProperty("type", out JsonElement type) || type.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(Text)] : [Text(type)];
        return Array.Find(types, one => one.Length > 0 && one != ReconciliationManifest.TypeId) is { } other ? ReconciliationRefusal.OtherType(other) : null;
    }

    private static OrganisationQuestion With(OrganisationQuestion question, JsonElement property)
    {
        string text = property.TryGetProperty("v", out JsonElement value) ? Text(value) : "";
        return (property.TryGetProperty("pid", out JsonElement pid) ? Text(pid) : "") switch
        {
            "address" => question with { Address = text },
            "postcode" => question with { Postcode = text },
            _ => question,
        };
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
