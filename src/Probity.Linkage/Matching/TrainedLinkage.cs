using System.Text;
using System.Text.Json;

namespace Probity.Linkage;

/// <summary>
/// What a linkage learnt, kept: the weights of evidence, and how often words stand in names. Under one of these a pair's score depends on the
/// two records alone, so records can come one after the other. Its text form is the same bytes on any machine.
/// </summary>
public sealed class TrainedLinkage
{
    private const int Version = 1;

    /// <summary>Names in which a word stands at least to be kept; a rarer one counts as one name.</summary>
    private const int LeastRecords = 2;

    private readonly SortedDictionary<string, int> _words;
    private readonly double[][] _bits;

    private TrainedLinkage(int records, double prior, double[][] bits, SortedDictionary<string, int> words)
    {
        (Records, _bits, _words) = (records, bits, words);
        Model = new LinkModel(prior, bits);
        Rarity = WordRarity.Kept(records, words.ToDictionary(word => TextKey.Of(word.Key), word => word.Value));
    }

    /// <summary>How many records it was learnt from.</summary>
    public int Records { get; }

    internal LinkModel Model { get; }

    internal WordRarity Rarity { get; }

    /// <summary>What a linkage learnt.</summary>
    public static TrainedLinkage Of(LinkageResult result) => Of(result.Corpus, result.Model);

    /// <summary>
    /// Learns from a register in which every organisation stands once: how rare words are, and how often records of two organisations are alike.
    /// How alike two records of one are, such a register cannot show; that is the published expectation. Its records were admitted before and are
    /// not screened for natural persons again. The same table gives the same.
    /// </summary>
    public static TrainedLinkage OfRegister(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        var corpus = new Corpus();
        corpus.Add(table, uses);
        corpus.Weigh(WordRarity.OfCorpus(corpus.Count));
        double pairs = (double)corpus.Count * (corpus.Count - 1) / 2;
        return Of(corpus, new LinkLearning([], LinkageRun.DrawRandom(new PairComparison(corpus.Lexicon), corpus), pairs).Learn());
    }

    private static TrainedLinkage Of(Corpus corpus, LinkModel model)
    {
        double[][] bits = [.. FieldLevels.All.Select((levels, field) => levels.Select((_, level) => model.Bits(field, level)).ToArray())];
        var words = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string word, int records) in corpus.Lexicon.Frequent(LeastRecords))
        {
            words.Add(word, records);
        }

        return new TrainedLinkage(corpus.Count, model.PriorBits, bits, words);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null where it is of another version or damaged.</summary>
    public static TrainedLinkage? Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            double[][] bits = [.. root.GetProperty("bits").EnumerateArray().Select(field => field.EnumerateArray().Select(level => level.GetDouble()).ToArray())];
            bool fits = root.GetProperty("version").GetInt32() == Version
                && bits.Select(levels => levels.Length).SequenceEqual(FieldLevels.All.Select(levels => levels.Length));
            var words = new SortedDictionary<string, int>(root.GetProperty("words").EnumerateObject().ToDictionary(word => word.Name, word => word.Value.GetInt32()), StringComparer.Ordinal);
            return fits ? new TrainedLinkage(root.GetProperty("records").GetInt32(), root.GetProperty("prior").GetDouble(), bits, words) : null;
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>JSON: version, records, prior, bits by field and level, words with the number of names they stand in, in ordinal order.</summary>
    public string Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteNumber("records", Records);
            json.WriteNumber("prior", Model.PriorBits);
            json.WriteStartArray("bits");
            foreach (double[] levels in _bits)
            {
                json.WriteStartArray();
                foreach (double level in levels)
                {
                    json.WriteNumberValue(level);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartObject("words");
            foreach ((string word, int records) in _words)
            {
                json.WriteNumber(word, records);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
