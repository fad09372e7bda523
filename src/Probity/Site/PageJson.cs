using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Export;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Site;

/// <summary>The JSON twins of pages: the same content in the same order, names in snake_case, days in ISO 8601.</summary>
internal static class PageJson
{
    public static JsonObject Of(RegisterOverview overview) => new()
    {
        ["count"] = overview.Count,
        ["valid_at"] = Day.Text(overview.AsOf.ValidAt),
        ["ledger_size"] = overview.AsOf.KnownAt,
        ["equal_to_published"] = overview.Confirmed,
        ["differing_from_published"] = overview.Differing,
        ["outcomes"] = Of(overview.Outcomes),
        ["authorities"] = Of(overview.Authorities),
        ["types"] = Of(overview.Types),
    };

    public static JsonObject Of(AuthorityPage page, AsOf asOf) => new()
    {
        ["code"] = page.Code,
        ["name"] = page.Name,
        ["count"] = page.Count,
        ["valid_at"] = Day.Text(asOf.ValidAt),
        ["ledger_size"] = asOf.KnownAt,
        ["latest_evidence"] = page.LatestOn is { } day ? Day.Text(day) : null,
        ["equal_to_published"] = page.Confirmed,
        ["differing_from_published"] = page.Differing,
        ["outcomes"] = Of(page.Outcomes),
        ["types"] = Of(page.Types),
    };

    public static JsonObject Of(SearchAnswer answer, AsOf asOf) => new()
    {
        ["valid_at"] = Day.Text(asOf.ValidAt),
        ["ledger_size"] = asOf.KnownAt,
        ["total"] = answer.Total,
        ["more"] = answer.HasMore,
        ["corrections"] = new JsonArray([.. answer.Corrections.Select(one => (JsonNode)new JsonObject
        {
            ["typed"] = one.Typed,
            ["searched"] = new JsonArray([.. one.Searched.Select(word => (JsonNode)word)]),
        })]),
        ["results"] = new JsonArray([.. answer.Results.Select(one => (JsonNode)new JsonObject
        {
            ["organisation"] = one.Id.ToString(),
            ["source"] = one.Record.Source,
            ["source_id"] = one.Record.Record,
            ["name"] = one.Particulars.Name,
            ["type"] = one.Particulars.Type,
            ["address"] = one.Particulars.Address,
            ["postcode"] = one.Particulars.Postcode,
            ["authority"] = new JsonObject { ["code"] = one.Particulars.AuthorityCode, ["name"] = one.Particulars.Authority },
            ["standing"] = Of(one.Standing),
        })]),
    };

    public static JsonObject Of(RegisterEntry entry)
    {
        Particulars who = entry.Summary.Particulars;
        return new JsonObject
        {
            ["organisation"] = entry.Summary.Id.ToString(),
            ["source"] = entry.Summary.Record.Source,
            ["source_id"] = entry.Summary.Record.Record,
            ["name"] = who.Name,
            ["type"] = who.Type,
            ["address"] = who.Address,
            ["postcode"] = who.Postcode,
            ["authority"] = new JsonObject { ["code"] = who.AuthorityCode, ["name"] = who.Authority },
            ["identifiers"] = new JsonArray([.. Identity.IdentifiersOf(entry.Identity).Select(one => (JsonNode)new JsonObject { ["scheme"] = one.Key, ["id"] = one.Value })]),
            ["records"] = new JsonArray([.. entry.Records.Select(one => (JsonNode)Of(one))]),
            ["split_again"] = new JsonArray([.. entry.SplitAgain.Select(one => (JsonNode)Of(one))]),
            ["merged_and_split"] = new JsonArray([.. entry.Continuation.Select(one => (JsonNode)Of(one))]),
            ["standing"] = Of(entry.Summary.Standing),
            ["valid_at"] = Day.Text(entry.AsOf.ValidAt),
            ["ledger_size"] = entry.AsOf.KnownAt,
            ["rating"] = entry.Rating is { } rating ? RatingJson.Of(rating) : null,
            ["timeline"] = new JsonArray([.. entry.Timeline.Select(one => (JsonNode)Of(one))]),
        };
    }

    public static JsonObject Of(LinkageStated? stated, AsOf asOf) => new()
    {
        ["valid_at"] = Day.Text(asOf.ValidAt),
        ["ledger_size"] = asOf.KnownAt,
        ["entry"] = stated?.Index,
        ["report"] = stated?.Report.DeepClone(),
    };

    public static JsonObject Of(ProvenEntry proven) => new()
    {
        ["index"] = proven.Entry.Index,
        ["statement"] = JsonNode.Parse(proven.Text),
        ["leaf_hash"] = proven.Leaf.ToString(),
        ["checkpoint"] = proven.Checkpoint?.Note,
        ["inclusion_proof"] = new JsonArray([.. proven.Path.Select(hash => (JsonNode)hash.ToString())]),
        ["redactable"] = new JsonArray([.. proven.Fields.Select(state => (JsonNode)new JsonObject
        {
            ["field"] = state.Field,
            ["value"] = (state as FieldState.Opened)?.Value,
            ["redacted_by"] = (state as FieldState.Redacted)?.By,
            ["violation"] = state.IsViolation ? state.Words : null,
        })]),
    };

    private static JsonObject Of(Standing standing) => new()
    {
        ["outcome"] = standing.Outcome,
        ["label"] = standing.Label,
        ["score"] = standing.Score is { } score ? JsonValue.Create(score) : null,
        ["status"] = StatusWords.Code(standing.Status),
        ["published"] = standing.Published.Length > 0 ? standing.Published : null,
        ["rated_on"] = standing.RatedOn is { } day ? Day.Text(day) : null,
        ["dimensions"] = new JsonObject(standing.Dimensions.Select(one => new KeyValuePair<string, JsonNode?>(one.Label, one.Value))),
        ["methodology"] = standing.Methodology,
    };

    private static JsonObject Of(LinkedRecord one) => new()
    {
        ["source"] = one.Record.Source,
        ["source_id"] = one.Record.Record,
        ["name"] = one.Name,
        ["address"] = one.Address,
        ["entry"] = one.Index,
        ["decided_by"] = one.Membership is { Ground.Partner: not null } known ? (known.Ground.Judged ? "judgement" : "score") : null,
        ["partner"] = one.Membership?.Ground.Partner?.ToString(),
        ["probability"] = one.Membership?.Ground.Probability,
        ["waterfall"] = one.Membership is { } membership
            ? new JsonArray([.. membership.Ground.Waterfall.Select(step => (JsonNode)new JsonObject { ["field"] = step.Field, ["outcome"] = step.Outcome, ["bits"] = step.Bits })])
            : null,
    };

    private static JsonObject Of(SplitAgain one) => new()
    {
        ["identifier"] = one.Former.ToString(),
        ["now"] = one.Now.ToString(),
        ["merged_at"] = At(one.Merged),
        ["split_at"] = At(one.Split),
        ["entry"] = one.Index,
    };

    private static string? At(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Of(LinkageEvent one) => one.Happened switch
    {
        ContinuationEvent.Merged merged => new JsonObject { ["event"] = "merged", ["from"] = merged.From.ToString(), ["into"] = merged.Into.ToString(), ["at"] = At(one.At), ["entry"] = one.Index },
        ContinuationEvent.Split split => new JsonObject { ["event"] = "split", ["from"] = split.From.ToString(), ["new"] = split.New.ToString(), ["at"] = At(one.At), ["entry"] = one.Index },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static JsonObject Of(TimelineEvent one) => new()
    {
        ["day"] = one.Day is { } day ? Day.Text(day) : null,
        ["entry"] = one.Index,
        ["recorded_at"] = At(one.RecordedAt),
        ["text"] = one.Text,
        ["before"] = one.Before.Length > 0 ? one.Before : null,
        ["standing"] = one.Standing is { } standing ? Of(standing) : null,
    };

    private static JsonArray Of(IEnumerable<Tally> tallies) =>
        new([.. tallies.Select(one => (JsonNode)new JsonObject { ["code"] = one.Code, ["label"] = one.Label, ["count"] = one.Count })]);
}
