using System.Text.Json.Nodes;
using Probity.Rating;

namespace Probity.Export;

/// <summary>A rating as JSON for readers: its canonical fields (formats/rating.md) and, beside them, what follows from them for charts and advice.</summary>
internal static class RatingJson
{
    /// <summary>What is said of a band that no single change moves.</summary>
    public const string NoChange = "No change of one figure alone, within the values it may take, would move the band.";

    public static JsonObject Of(OrganisationRating rating)
    {
        JsonObject json = JsonNode.Parse(rating.ToBytes())!.AsObject();
        json["waterfall"] = new JsonArray([.. rating.Waterfall.Select(bar => (JsonNode)new JsonObject
        {
            ["label"] = bar.Label,
            ["rule"] = bar.Rule,
            ["points"] = bar.Points,
            ["from"] = bar.From,
            ["to"] = bar.To,
            ["unit"] = bar.Unit,
            ["evidence"] = new JsonArray([.. bar.Evidence.Select(index => (JsonNode)index)]),
        })]);
        json["margins"] = new JsonArray([.. rating.Margins.Select(margin => (JsonNode)new JsonObject
        {
            ["name"] = margin.Name,
            ["label"] = margin.Label,
            ["value"] = margin.Value,
            ["cut"] = margin.Cut,
            ["side"] = margin.Side switch { MarginSide.Below => "below", MarginSide.Above => "above", _ => "at" },
            ["distance"] = margin.Distance,
            ["unit"] = margin.Unit,
            ["band"] = margin.Band,
            ["text"] = margin.Text,
        })]);
        json["nearest_change"] = rating.NearestChange is { } change
            ? new JsonObject { ["name"] = change.Name, ["label"] = change.Label, ["from"] = change.From, ["to"] = change.To, ["unit"] = change.Unit, ["band"] = change.Band, ["text"] = change.Text }
            : null;
        return json;
    }
}
