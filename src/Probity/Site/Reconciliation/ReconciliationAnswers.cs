using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Site.Reconciliation;

/// <summary>Answers to batches: candidates with their waterfall as features, and values of properties.</summary>
internal sealed class ReconciliationAnswers(RegisterIndex index)
{
    private const int MostQueries = 50;
    private const int MostIds = 200;

    /// <summary>Probability from which the best candidate counts as found, where the next is below the other and no limit holds: such a one a person looks at.</summary>
    private const double Certain = 0.99;
    private const double Doubtful = 0.5;

    /// <summary>Answers a batch of version 0.2: an object of queries becomes an object of results.</summary>
    public JsonNode? Batch(JsonElement queries, out ReconciliationRefusal? refusal)
    {
        var results = new JsonObject();
        refusal = queries.ValueKind != JsonValueKind.Object ? ReconciliationRefusal.Malformed("'queries' is an object of queries") : TooMany(queries.EnumerateObject().Count());
        if (refusal is not null)
        {
            return null;
        }

        foreach (JsonProperty one in queries.EnumerateObject())
        {
            if (ReconciliationQuery.OfVersion02(one.Value, out refusal) is not { } query)
            {
                return null;
            }

            results[one.Name] = new JsonObject { ["result"] = Candidates(query) };
        }

        return results;
    }

    /// <summary>Answers a batch of version 1.0-draft: a list of queries becomes a list of results.</summary>
    public JsonNode? Match(JsonElement request, out ReconciliationRefusal? refusal)
    {
        var results = new JsonArray();
        bool whole = request.ValueKind == JsonValueKind.Object && request.TryGetProperty("queries", out JsonElement found) && found.ValueKind == JsonValueKind.Array;
        JsonElement queries = whole ? request.GetProperty("queries") : default;
        refusal = whole ? TooMany(queries.GetArrayLength()) : ReconciliationRefusal.Malformed("the request is an object with a list of 'queries'");
        if (refusal is not null)
        {
            return null;
        }

        foreach (JsonElement one in queries.EnumerateArray())
        {
            if (ReconciliationQuery.OfVersion1(one, out refusal) is not { } query)
            {
                return null;
            }

            results.Add(new JsonObject { ["candidates"] = Candidates(query) });
        }

        return new JsonObject { ["results"] = results };
    }

    /// <summary>Values of properties: rows as an object of objects in version 0.2, as a list in 1.0-draft.</summary>
    public JsonNode? Extend(JsonElement request, bool asList, out ReconciliationRefusal? refusal)
    {
        if (Ids(request, "ids") is not { } ids || Ids(request, "properties") is not { } names)
        {
            refusal = ReconciliationRefusal.Malformed("an extension is an object with 'ids', a list of identifiers, and 'properties', a list of objects with an 'id'");
            return null;
        }

        refusal = ids.Length > MostIds ? new ReconciliationRefusal(413, "reconcile.too-many", $"more than {MostIds} identifiers in one request") : null;
        IReadOnlyList<ReconciliationProperty> served = index.Properties();
        string? unknown = Array.Find(names, name => !served.Any(property => property.Id == name));
        refusal ??= unknown is null ? null : ReconciliationRefusal.Malformed($"there is no property '{unknown}'");
        if (refusal is not null)
        {
            return null;
        }

        ReconciliationProperty[] known = [.. served.Where(property => names.Contains(property.Id, StringComparer.Ordinal))];
        JsonNode rows = asList
            ? new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { ["id"] = id, ["properties"] = new JsonArray([.. known.Select(property => (JsonNode)new JsonObject { ["id"] = property.Id, ["values"] = Values(id, property) })]) })])
            : new JsonObject(ids.Distinct(StringComparer.Ordinal).Select(id => KeyValuePair.Create(id, (JsonNode?)new JsonObject(known.Select(property => KeyValuePair.Create(property.Id, (JsonNode?)Values(id, property)))))));
        return new JsonObject { ["meta"] = new JsonArray([.. known.Select(property => (JsonNode)new JsonObject { ["id"] = property.Id, ["name"] = property.Name })]), ["rows"] = rows };
    }

    private JsonArray Values(string id, ReconciliationProperty property) =>
        index.Find(id) is { } found ? new JsonArray([.. property.Values(found).Select(text => (JsonNode)new JsonObject { ["str"] = text })]) : [];

    private static string[]? Ids(JsonElement request, string name) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("id", out JsonElement id) ? id.ToString() : one.ToString())]
            : null;

    private static ReconciliationRefusal? TooMany(int queries) =>
        queries > MostQueries ? new ReconciliationRefusal(413, "reconcile.too-many", $"{queries} queries in one batch; at most {MostQueries}") : null;

    private JsonArray Candidates(ReconciliationQuery query)
    {
        if (index.Find(query.Question.Name) is { } named)
        {
            return [Candidate(named, 1, [], match: true)]; // asked by its own identifier
        }

        IReadOnlyList<(OrganisationSummary Organisation, MatchCandidate Candidate)> found = query.IsEmpty ? [] : index.Match(query.Question, query.Limit);
        bool certain = found.Count > 0 && found[0].Candidate.Probability >= Certain && !found[0].Candidate.Waterfall.Any(step => step.Field == "limit") && (found.Count == 1 || found[1].Candidate.Probability < Doubtful);
        return new JsonArray([.. found.Select((one, place) => (JsonNode)Candidate(one.Organisation, one.Candidate.Probability, one.Candidate.Waterfall, match: certain && place == 0))]);
    }

    private static JsonObject Candidate(OrganisationSummary organisation, double probability, IEnumerable<WaterfallStep> waterfall, bool match) => new()
    {
        ["id"] = organisation.Id.ToString(),
        ["name"] = organisation.Particulars.Name,
        ["description"] = Description(organisation),
        ["score"] = Math.Round(probability * 100, 2, MidpointRounding.ToEven),
        ["match"] = match,
        ["type"] = new JsonArray(ReconciliationManifest.Type),
        ["features"] = new JsonArray([.. waterfall.Select(step => (JsonNode)new JsonObject
        {
            ["id"] = step.Field,
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"{step.Field}: {step.Outcome} (bits)"),
            ["value"] = Math.Round(step.Bits, 2, MidpointRounding.ToEven),
        })]),
    };

    /// <summary>Who and where, in one line; never a rating, which stands only with its date and replies (G26, G30).</summary>
    public static string Description(OrganisationSummary one) =>
        string.Join(", ", new[] { one.Particulars.Type, one.Particulars.Address, one.Particulars.Postcode }.Where(text => text.Length > 0));
}
