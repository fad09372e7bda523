using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Linkage;

namespace Probity.Pipeline;

/// <summary>
/// linkage.jsonl: the pairs that the last linkage scored at 0.2 or more, so that the next one compares only what changed. Lost or of another linkage, the
/// next run compares everything again and comes to the same. A forger could hide pairs from the next run; evidence for a link is always compared anew.
/// </summary>
internal static class KeptPairs
{
    public const string FileName = "linkage.jsonl";

    /// <summary>Writes the pairs of a linkage; the file is replaced as a whole.</summary>
    public static void Write(string folder, LastLinkage linkage, IEnumerable<KeptPair> pairs)
    {
        string path = Path.Combine(folder, FileName);
        using (var writer = new StreamWriter(path + ".part"))
        {
            writer.WriteLine(Header(linkage));
            foreach (KeptPair pair in pairs)
            {
                writer.WriteLine(new JsonArray(pair.One.Source, pair.One.Record, pair.Other.Source, pair.Other.Record, pair.Pattern).ToJsonString());
            }
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Reads the pairs of a linkage; null where the file is absent, torn or of another linkage.</summary>
    public static IReadOnlyList<KeptPair>? Read(string folder, LastLinkage linkage)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(path);
        if (reader.ReadLine() != Header(linkage))
        {
            return null;
        }

        var pairs = new List<KeptPair>();
        while (reader.ReadLine() is { } line)
        {
            if (PairOf(line) is not { } pair)
            {
                return null;
            }

            pairs.Add(pair);
        }

        return pairs;
    }

    private static string Header(LastLinkage linkage) =>
        new JsonObject { ["ledger_size"] = linkage.Size, ["specification"] = linkage.Specification.ToString(), ["model"] = linkage.Model.ToString() }.ToJsonString();

    private static KeptPair? PairOf(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement[]>(line) is [var a, var b, var c, var d, var pattern]
                ? new KeptPair(new RecordId(a.GetString()!, b.GetString()!), new RecordId(c.GetString()!, d.GetString()!), pattern.GetInt32())
                : null;
        }
        catch (Exception torn) when (torn is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
