using System.Globalization;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Weights of evidence as a register publishes them. They follow from the set of its records, in whatever order these came, and count in half bits, so
/// that what a day brings changes few of them (docs/decisions/linkage-incremental.md).
/// </summary>
public sealed class PublishedModel
{
    private const string BitsForm = "0.####";

    private PublishedModel(LinkModel weights, int records, byte[] document) => (Weights, Records, Document, Digest) = (weights, records, document, Digest.Of(document));

    /// <summary>From how many records it was learnt, rounded down to its first two binary digits; 0 or more. The rarity of words is reckoned by it.</summary>
    public int Records { get; }

    /// <summary>The canonical JSON that is kept beside the ledger.</summary>
    public byte[] Document { get; }

    /// <summary>SHA-256 of <see cref="Document"/>.</summary>
    public Digest Digest { get; }

    internal LinkModel Weights { get; }

    /// <summary>Makes the document.</summary>
    /// <param name="weights">What was learnt.</param>
    /// <param name="records">From how many records.</param>
    internal static PublishedModel Of(LinkModel weights, int records) => new(weights, WordRarity.Step(records), CanonicalJson.Bytes(Fields.Of(
        ("v", Value.Of(2)),
        ("records", Value.Of(WordRarity.Step(records))),
        ("prior", Text(weights.PriorBits)),
        ("weights", new Value.Sequence([.. FieldLevels.All.Select((levels, field) =>
            (Value)new Value.Sequence([.. levels.Select((_, level) => Text(weights.Bits(field, level)))]))])))));

    private static Value Text(double bits) => Value.Of(bits.ToString(BitsForm, CultureInfo.InvariantCulture));
}
