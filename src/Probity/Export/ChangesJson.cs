using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Rating;

namespace Probity.Export;

/// <summary>Changes of rules, and whom they move, as JSON.</summary>
internal static class ChangesJson
{
    public static JsonArray Of(IEnumerable<RuleChange> changes) => new([.. changes.Select(change => (JsonNode)new JsonObject
    {
        ["kind"] = change.Kind.ToString().ToLowerInvariant(),
        ["place"] = change.Place,
        ["before"] = change.Before,
        ["after"] = change.After,
    })]);

    public static JsonObject Of(BandMoves moves, AsOf asOf) => new()
    {
        ["valid_at"] = Day.Text(asOf.ValidAt),
        ["organisations"] = moves.Organisations,
        ["moved"] = moves.Moved,
        ["outcomes"] = new JsonArray([.. moves.Shifts.Select(shift => (JsonNode)new JsonObject { ["code"] = shift.Code, ["before"] = shift.Before, ["after"] = shift.After })]),
        ["moves"] = new JsonArray([.. moves.Moves.Select(move => (JsonNode)new JsonObject { ["from"] = move.From, ["to"] = move.To, ["count"] = move.Count })]),
    };

    public static JsonArray Of(IEnumerable<MethodologyNumber> numbers) => new([.. numbers.Select(number => (JsonNode)new JsonObject
    {
        ["name"] = number.Name,
        ["label"] = number.Label,
        ["value"] = number.Value,
        ["unit"] = number.Unit,
        ["least"] = number.Range.Least,
        ["most"] = number.Range.Most,
        ["whole"] = number.IsWhole,
    })]);
}
