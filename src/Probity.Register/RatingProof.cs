using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>
/// The proof that one rating belongs to a run, as one file to hand on (formats/rating.md, proof): the canonical result, its path to the root that the run states, the
/// run's ledger entry, and that entry's own proof under a signed checkpoint.
/// </summary>
/// <param name="Result">The canonical result; its SHA-256(0x00 ‖ bytes) is the leaf. Empty where no methodology was in force.</param>
/// <param name="Place">Its place among the run's ratings in the order of organisations' identifiers, from 0.</param>
/// <param name="Ratings">How many ratings the run states.</param>
/// <param name="Path">The audit path from the leaf up (RFC 6962, section 2.1.1).</param>
/// <param name="Run">The run's ledger entry, byte for byte.</param>
/// <param name="RunProof">The proof of that entry.</param>
public sealed record RatingProof(string Result, long Place, long Ratings, IReadOnlyList<Digest> Path, string Run, EntryProof RunProof)
{
    /// <summary>The most bytes a proof file may have.</summary>
    public const int MaxBytes = 1_048_576;

    private const int FormatVersion = 1;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As it is written.</summary>
    public JsonObject ToJson() => new()
    {
        ["probity_rating_proof"] = FormatVersion,
        ["result"] = Result,
        ["place"] = Place,
        ["ratings"] = Ratings,
        ["path"] = new JsonArray([.. Path.Select(hash => (JsonNode)JsonValue.Create(WireText.WriteHash(hash)))]),
        ["run"] = Run,
        ["run_proof"] = RunProof.ToString(),
    };

    /// <summary>Reads a proof file.</summary>
    /// <param name="bytes">UTF-8.</param>
    /// <param name="problem">What is wrong with it, for a person; empty where there is an answer.</param>
    /// <returns>The proof, not verified; null where it is none.</returns>
    public static RatingProof? Read(ReadOnlySpan<byte> bytes, out string problem)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Strict.GetString(bytes), new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            JsonElement json = document.RootElement;
            bool isOne = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("probity_rating_proof", out JsonElement version) && version.TryGetInt32(out int number) && number == FormatVersion;
            problem = isOne ? "" : $"it is no rating proof of version {FormatVersion}";
            return isOne ? Of(json) : null;
        }
        catch (Exception trouble) when (trouble is JsonException or FormatException or InvalidOperationException or DecoderFallbackException)
        {
            problem = trouble.Message;
        }
        catch (KeyNotFoundException)
        {
            problem = "a field is missing";
        }

        return null;
    }

    private static RatingProof Of(JsonElement json) => new(
        TextOf(json, "result"),
        json.GetProperty("place").GetInt64(),
        json.GetProperty("ratings").GetInt64(),
        [.. json.GetProperty("path").EnumerateArray().Select(hash => WireText.ReadHash(hash.GetString() ?? "") ?? throw new FormatException("its path holds what is no hash"))],
        TextOf(json, "run"),
        EntryProof.Parse(TextOf(json, "run_proof")) ?? throw new FormatException("its run_proof is no tlog-proof"));

    private static string TextOf(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is no text");
}
