using System.Globalization;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Weights of evidence and frequencies of words as a register published them. They stay the same until a person trains anew, so that a further record
/// changes the evidence between no two others, and what a day brings can be linked without the rest (docs/decisions/linkage-incremental.md).
/// </summary>
public sealed class PublishedModel
{
    /// <summary>Names in which a word must stand for its frequency to be kept; a rarer one counts as standing in one.</summary>
    private const int FewestRecords = 4;

    private const string BitsForm = "0.####";

    private PublishedModel(LinkModel weights, WordRarity rarity, int records, byte[] document) =>
        (Weights, Rarity, Records, Document, Digest) = (weights, rarity, records, document, Digest.Of(document));

    /// <summary>Share of matches that candidates hold, estimated when the weights were learnt; null where that could not be estimated.</summary>
    public required double? BlockingRecall { get; init; }

    /// <summary>How many records it was learnt from; 0 or more.</summary>
    public int Records { get; }

    /// <summary>The canonical JSON that is kept beside the ledger.</summary>
    public byte[] Document { get; }

    /// <summary>SHA-256 of <see cref="Document"/>.</summary>
    public Digest Digest { get; }

    internal LinkModel Weights { get; }

    internal WordRarity Rarity { get; }

    /// <summary>Learns from records without labels; the same records, in any order, give the same bytes.</summary>
    public static PublishedModel Train(IReadOnlyList<IdentityRecord> records, LinkageSpecification specification)
    {
        LinkageResult result = LinkageRun.Learn(IdentityTables.Of(records, specification), specification);
        byte[] document = CanonicalJson.Bytes(Fields.Of(
            ("v", Value.Of(1)),
            ("records", Value.Of(records.Count)),
            ("prior", Value.Of(Text(result.Model.PriorBits))),
            ("blocking_recall", Value.Of(result.BlockingRecall is { } recall ? Text(recall) : "")),
            ("weights", new Value.Sequence([.. FieldLevels.All.Select((levels, field) =>
                (Value)new Value.Sequence([.. levels.Select((_, level) => Value.Of(Text(result.Model.Bits(field, level))))]))])),
            ("words", new Value.Group(Fields.Of([.. result.Corpus.Lexicon.Frequent(FewestRecords).Select(word => KeyValuePair.Create(word.Key, Value.Of(word.Value)))])))));
        return Read(document) ?? throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>Reads a model back; null where the document is none, or has levels of evidence that this program does not compare.</summary>
    public static PublishedModel? Read(byte[] document)
    {
        bool read = CanonicalJson.TryRead(document, out Fields fields, out _);
        if (!read || fields.WholeOf("v") is not 1 || fields.WholeOf("records") is not { } records || fields.GroupOf("words") is not { } words
            || fields["weights"] is not Value.Sequence weights || !TryNumber(fields["prior"], out double prior))
        {
            return null;
        }

        double[][] bits = [.. weights.Items.Select(field => field is Value.Sequence levels ? levels.Items.Select(level => TryNumber(level, out double found) ? found : double.NaN).ToArray() : [])];
        bool fits = bits.Length == FieldLevels.Fields && bits.Select((levels, field) => levels.Length == FieldLevels.All[field].Length && !levels.Any(double.IsNaN)).All(holds => holds);
        var frequencies = new Dictionary<ulong, int>(words.Count);
        foreach (KeyValuePair<string, Value> word in words)
        {
            frequencies[TextKey.Of(word.Key)] = word.Value is Value.Whole { Number: > 0 and <= int.MaxValue } number ? (int)number.Number : 1;
        }

        return fits ? new PublishedModel(new LinkModel(prior, bits), WordRarity.Kept((int)records, frequencies), (int)records, document)
        {
            BlockingRecall = TryNumber(fields["blocking_recall"], out double recall) ? recall : null,
        } : null;
    }

    private static string Text(double bits) => bits.ToString(BitsForm, CultureInfo.InvariantCulture);

    private static bool TryNumber(Value? value, out double number) =>
        double.TryParse((value as Value.Text)?.Content, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
