using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>How far a log was read, always to the end of a full bundle: what is needed to go on from there without reading it again. Small, however long the log is.</summary>
/// <param name="Size">Entries, a multiple of 256.</param>
/// <param name="Bytes">Bytes that they have in the kept file, lengths included.</param>
/// <param name="StatingBundles">How many of the bundles hold an entry that states a run or publishes a document.</param>
/// <param name="Tiles">The partial tiles of hashes at the right edge; 255 hashes a level at most.</param>
internal sealed record ReadExtent(long Size, long Bytes, int StatingBundles, ImmutableArray<(int Level, long Index, byte[] Hashes)> Tiles)
{
    /// <summary>Whether any entry commits to a redactable field or redacts one.</summary>
    public bool HasRedactable { get; init; }

    /// <summary>Nothing was read.</summary>
    public static ReadExtent None { get; } = new(0, 0, 0, []);

    /// <summary>The tree as far as it was read.</summary>
    /// <exception cref="InvalidDataException">A tile is missing.</exception>
    public HashTiles ToTiles() => HashTiles.Load(Size, (level, index) => Tiles.FirstOrDefault(tile => tile.Level == level && tile.Index == index).Hashes);

    /// <summary>As it is remembered.</summary>
    public JsonObject ToJson() => new()
    {
        ["size"] = Size,
        ["bytes"] = Bytes,
        ["stating_bundles"] = StatingBundles,
        ["has_redactable"] = HasRedactable,
        ["tiles"] = new JsonArray([.. Tiles.Select(tile => (JsonNode)new JsonObject { ["level"] = tile.Level, ["index"] = tile.Index, ["hashes"] = Convert.ToBase64String(tile.Hashes) })]),
    };

    /// <summary>As it was remembered.</summary>
    /// <exception cref="FormatException">A number or a base64 text has another form.</exception>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    public static ReadExtent Read(JsonElement json) => new(
        json.GetProperty("size").GetInt64(),
        json.GetProperty("bytes").GetInt64(),
        json.GetProperty("stating_bundles").GetInt32(),
        [.. json.GetProperty("tiles").EnumerateArray().Select(tile => (tile.GetProperty("level").GetInt32(), tile.GetProperty("index").GetInt64(), tile.GetProperty("hashes").GetBytesFromBase64()))])
    {
        HasRedactable = json.GetProperty("has_redactable").GetBoolean(),
    };
}
