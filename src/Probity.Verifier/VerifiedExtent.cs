using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>How far a log was read, always to the end of a full bundle: what is needed to go on from there without reading it again.</summary>
/// <param name="Size">Entries, a multiple of 256.</param>
/// <param name="Bytes">Bytes that they have in the kept file, lengths included.</param>
/// <param name="Tiles">The partial tiles of hashes at the right edge.</param>
/// <param name="Landmarks">The entries that state runs or publish documents, in ledger order.</param>
internal sealed record VerifiedExtent(long Size, long Bytes, ImmutableArray<(int Level, long Index, byte[] Hashes)> Tiles, ImmutableArray<Entry> Landmarks)
{
    /// <summary>Whether any entry commits to a redactable field or redacts one.</summary>
    public bool HasRedactable { get; init; }

    /// <summary>Nothing was read.</summary>
    public static VerifiedExtent None { get; } = new(0, 0, [], []);

    /// <summary>The tree as far as it was read.</summary>
    /// <exception cref="InvalidDataException">A tile is missing.</exception>
    public HashTiles ToTiles() => HashTiles.Load(Size, (level, index) => Tiles.FirstOrDefault(tile => tile.Level == level && tile.Index == index).Hashes);

    /// <summary>As it is remembered.</summary>
    public JsonObject ToJson() => new()
    {
        ["size"] = Size,
        ["bytes"] = Bytes,
        ["has_redactable"] = HasRedactable,
        ["tiles"] = new JsonArray([.. Tiles.Select(tile => (JsonNode)new JsonObject { ["level"] = tile.Level, ["index"] = tile.Index, ["hashes"] = Convert.ToBase64String(tile.Hashes) })]),
        ["landmarks"] = new JsonArray([.. Landmarks.Select(entry => (JsonNode)new JsonObject { ["index"] = entry.Index, ["entry"] = Convert.ToBase64String(entry.Statement.ToBytes()) })]),
    };

    /// <summary>As it was remembered.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    /// <exception cref="InvalidOperationException">It has another form.</exception>
    public static VerifiedExtent Read(JsonNode json) => new(
        json["size"]!.GetValue<long>(),
        json["bytes"]!.GetValue<long>(),
        [.. json["tiles"]!.AsArray().Select(tile => (tile!["level"]!.GetValue<int>(), tile["index"]!.GetValue<long>(), Convert.FromBase64String(tile["hashes"]!.GetValue<string>())))],
        [.. json["landmarks"]!.AsArray().Select(one => new Entry(one!["index"]!.GetValue<long>(), StatementOf(one["entry"]!.GetValue<string>())))])
    {
        HasRedactable = json["has_redactable"]!.GetValue<bool>(),
    };

    private static Statement StatementOf(string text) => Statement.TryRead(Convert.FromBase64String(text), out Statement? statement, out string problem)
        ? statement
        : throw new FormatException(problem);
}
