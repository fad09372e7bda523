using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>A signed checkpoint that an auditor saw, with the note that proves it was signed.</summary>
/// <param name="Checkpoint">What it promises.</param>
/// <param name="Note">The signed note, word for word.</param>
internal sealed record SeenCheckpoint(Checkpoint Checkpoint, string Note)
{
    public static SeenCheckpoint Of(TrustedCheckpoint now) => new(new Checkpoint(now.Origin, now.Size, now.Root), now.Note);

    /// <summary>Reads a note back; null where it is no checkpoint.</summary>
    public static SeenCheckpoint? Read(string note) => SignedNote.Parse(note) is { } signed && Checkpoint.Parse(signed.Text) is { } checkpoint ? new SeenCheckpoint(checkpoint, note) : null;
}

/// <summary>A kept bundle that holds an entry that states a run or publishes a document.</summary>
/// <param name="Bundle">Which: its first entry is 256 × this.</param>
/// <param name="At">The byte at which it begins in the kept file.</param>
/// <param name="Entries">How many entries it has.</param>
internal readonly record struct StatingBundle(long Bundle, long At, int Entries)
{
    /// <summary>Bundle and byte; only full bundles are remembered.</summary>
    public JsonNode ToJson() => new JsonArray(Bundle, At);
}

/// <summary>What an auditor's state.json says.</summary>
internal sealed record MemoryState(string Trust, SeenCheckpoint? Seen, ReadExtent Verified, ReadExtent Reading)
{
    public const int FormatVersion = 2;

    public required long ProvenRun { get; init; }

    public required ImmutableArray<SeenCheckpoint> Unread { get; init; }

    public required ImmutableArray<StatingBundle> Stating { get; init; }

    /// <summary>Reads the file; null where it is none of this version, or contradicts itself.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="problem">What is wrong with it, for a person; empty where there is an answer.</param>
    public static MemoryState? Read(ReadOnlySpan<byte> bytes, out string problem)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement json = document.RootElement;
            int version = json.GetProperty("v").GetInt32();
            problem = version == FormatVersion ? "" : $"it was written by another version of this program: {version}, and this one writes {FormatVersion}";
            MemoryState? state = version == FormatVersion ? Of(json) : null;
            problem = state is { IsWhole: false } ? "it holds less than it remembers" : problem;
            return problem.Length == 0 ? state : null;
        }
        catch (Exception trouble) when (trouble is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            problem = trouble.Message;
            return null;
        }
    }

    private bool IsWhole => Verified.Size <= Reading.Size && Verified.Size <= (Seen?.Checkpoint.Size ?? 0)
        && Verified.StatingBundles <= Reading.StatingBundles && Reading.StatingBundles == Stating.Length;

    private static MemoryState Of(JsonElement json) => new(
        json.GetProperty("trust").GetString() ?? throw new FormatException("'trust' is no text"),
        SeenOf(json.GetProperty("checkpoint")),
        ReadExtent.Read(json.GetProperty("verified")),
        ReadExtent.Read(json.GetProperty("reading")))
    {
        Unread = [.. json.GetProperty("unread").EnumerateArray().Select(one => SeenOf(one) ?? throw new FormatException("'unread' holds an empty note"))],
        ProvenRun = json.GetProperty("proven_run").GetInt64(),
        Stating = [.. json.GetProperty("stating").EnumerateArray().Select(StatingOf)],
    };

    private static StatingBundle StatingOf(JsonElement json) => json.GetArrayLength() == 2
        ? new StatingBundle(json[0].GetInt64(), json[1].GetInt64(), TilePath.FullWidth)
        : throw new FormatException("'stating' holds what is no pair");

    /// <summary>An empty text for none.</summary>
    private static SeenCheckpoint? SeenOf(JsonElement json) => json.GetString() switch
    {
        "" => null,
        { } note => SeenCheckpoint.Read(note) ?? throw new FormatException("a remembered checkpoint is none"),
        null => throw new FormatException("a remembered checkpoint is no text"),
    };
}
