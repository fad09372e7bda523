using Probity.Evidence;
using Probity.Rating.Columns;

namespace Probity.Rating;

/// <summary>
/// The evidence of many organisations as columns, for one methodology and those that differ from it in parameters, weights and cuts. Rating it gives
/// what <see cref="RatingEngine.Rate"/> gives for each organisation, much faster (docs/engine.md). Immutable.
/// </summary>
public sealed class Population
{
    private readonly Methodology _methodology;
    private readonly EvidenceFrame _frame;

    private Population(Methodology methodology, EvidenceFrame frame, AsOf asOf) => (_methodology, _frame, AsOf) = (methodology, frame, asOf);

    /// <summary>The day asked about and the ledger size that counts.</summary>
    public AsOf AsOf { get; }

    /// <summary>How many organisations.</summary>
    public int Count => _frame.Count;

    /// <summary>Gathers evidence.</summary>
    /// <param name="methodology">Whose evidence is wanted.</param>
    /// <param name="dossiers">Every organisation once, in any order; read once, one after the other. Those of identifiers in ascending order need less memory.</param>
    /// <param name="asOf">The day and the ledger size that count.</param>
    public static Population Of(Methodology methodology, IEnumerable<Dossier> dossiers, AsOf asOf)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        ArgumentNullException.ThrowIfNull(dossiers);
        var gathering = new EvidenceGathering(methodology, asOf.KnownAt);
        foreach (Dossier dossier in dossiers)
        {
            gathering.Add(dossier);
        }

        return new Population(methodology, gathering.Finish(), asOf);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote; the columns stay where they are.</summary>
    /// <param name="methodology">The rules for which it was written.</param>
    /// <param name="bytes">All bytes; they must not change or go away while the population is used.</param>
    /// <param name="validAt">The day asked about.</param>
    /// <returns>The population as of the ledger size it was gathered from; null where the bytes are damaged, or of another version or methodology.</returns>
    public static Population? Read(Methodology methodology, ReadOnlyMemory<byte> bytes, DateOnly validAt)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        return FrameReading.Read(bytes, methodology) is var (frame, knownAt) ? new Population(methodology, frame, new AsOf(validAt, knownAt)) : null;
    }

    /// <summary>Writes the columns as bytes that can be mapped into memory, with a checksum. They are disposable: a view, never the truth.</summary>
    /// <param name="stream">Written from its present position on.</param>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        FrameWriting.Write(stream, _frame, _methodology.Fingerprint, AsOf.KnownAt);
    }

    /// <summary>The same evidence asked about another day.</summary>
    public Population At(DateOnly validAt) => new(_methodology, _frame, AsOf with { ValidAt = validAt });

    /// <summary>Rates all organisations.</summary>
    /// <param name="threads">How many threads work, at least 1; the result is the same for any number.</param>
    public PopulationRating Rate(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return Rate(new Division(threads, 0));
    }

    internal PopulationRating Rate(Division work) => new(_methodology, AsOf, PopulationSheet.Fill(_methodology, _frame, AsOf.ValidAt, work, null));
}
