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
        ["path"] = new JsonArray([.. Path.Select(hash => (JsonNode)JsonValue.Create(Convert.ToBase64String(hash.ToBytes())))]),
        ["run"] = Run,
        ["run_proof"] = RunProof.ToString(),
    };

    /// <summary>Reads a proof file.</summary>
    /// <param name="bytes">UTF-8.</param>
    /// <param name="problem">What is wrong with it, for a person; empty where there is an answer.</param>
    /// <returns>The proof, not verified; null where it is none.</returns>
    public static RatingProof? Read(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = "";
        try
        {
            JsonNode? json = JsonNode.Parse(Strict.GetString(bytes), documentOptions: new JsonDocumentOptions { MaxDepth = 8 });
            if (json?["probity_rating_proof"]?.GetValue<int>() != FormatVersion)
            {
                problem = $"it is no rating proof of version {FormatVersion}";
                return null;
            }

            EntryProof? run = EntryProof.Parse(json["run_proof"]!.GetValue<string>());
            problem = run is null ? "its run_proof is no tlog-proof" : "";
            return run is null ? null : new RatingProof(
                json["result"]!.GetValue<string>(),
                json["place"]!.GetValue<long>(),
                json["ratings"]!.GetValue<long>(),
                [.. json["path"]!.AsArray().Select(hash => Digest.FromBytes(Convert.FromBase64String(hash!.GetValue<string>())))],
                json["run"]!.GetValue<string>(),
                run);
        }
        catch (Exception trouble) when (trouble is JsonException or FormatException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            problem = trouble is NullReferenceException ? "a field is missing" : trouble.Message;
            return null;
        }
    }
}
