using System.Collections.Immutable;
using System.Text;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;

namespace Probity.Register;

/// <summary>A methodology as the ledger publishes it.</summary>
/// <param name="Methodology">What it means.</param>
/// <param name="Index">The ledger entry that publishes it.</param>
/// <param name="Document">The SHA-256 under which its file is kept beside the log.</param>
/// <param name="Text">The file.</param>
public sealed record MethodologyPublication(Methodology Methodology, long Index, Digest Document, string Text);

/// <summary>All methodologies that a ledger publishes, and which is in force when.</summary>
public sealed class MethodologyShelf
{
    private readonly ImmutableArray<MethodologyPublication> _all;

    private MethodologyShelf(ImmutableArray<MethodologyPublication> all) => _all = all;

    /// <summary>Every publication, in ledger order.</summary>
    public ImmutableArray<MethodologyPublication> All => _all;

    /// <summary>Reads the publications that stand at some places of a ledger.</summary>
    /// <exception cref="InvalidDataException">A document is absent or is no methodology: the ledger's folder is damaged.</exception>
    public static MethodologyShelf Read(TransparencyLog log, IEnumerable<long> indexes) => Of(indexes.Select(log.Read), log.FindDocument);

    /// <summary>Reads the methodologies among some entries.</summary>
    /// <param name="entries">In ledger order; what publishes no methodology is passed over.</param>
    /// <param name="find">The document of a SHA-256; null where there is none.</param>
    /// <exception cref="InvalidDataException">A document is absent, is no methodology, or another than its publication says.</exception>
    public static MethodologyShelf Of(IEnumerable<Entry> entries, Func<Digest, byte[]?> find)
    {
        var all = ImmutableArray.CreateBuilder<MethodologyPublication>();
        foreach ((long index, Statement statement) in entries)
        {
            if (statement.Type == Publication.MethodologyType && Publication.DocumentOf(statement) is { } document)
            {
                all.Add(ReadOne(index, statement, document, find(document)));
            }
        }

        return new MethodologyShelf(all.ToImmutable());
    }

    /// <summary>
    /// The methodology in force: published in the ledger before the size asked about and applying by the day asked about (guard-rail G13); of
    /// several the one that applies from the latest day, then the one published last. Null where there is none.
    /// </summary>
    public MethodologyPublication? InForce(AsOf asOf)
    {
        MethodologyPublication? inForce = null;
        foreach (MethodologyPublication one in _all)
        {
            bool counts = one.Index < asOf.KnownAt && one.Methodology.AppliesFrom <= asOf.ValidAt;
            if (counts && (inForce is null || one.Methodology.AppliesFrom >= inForce.Methodology.AppliesFrom))
            {
                inForce = one;
            }
        }

        return inForce;
    }

    private static MethodologyPublication ReadOne(long index, Statement statement, Digest document, byte[]? bytes)
    {
        if (bytes is null)
        {
            throw new InvalidDataException($"entry {index} publishes document {document}, which is not there");
        }

        var problems = new List<Problem>();
        string text = Encoding.UTF8.GetString(bytes);
        Methodology methodology = Methodology.Read(statement.Item, text, problems)
            ?? throw new InvalidDataException($"entry {index} publishes a methodology that cannot be read: {problems[0]}");
        return statement.Body.TextOf("fingerprint") == methodology.Fingerprint.ToString()
            ? new MethodologyPublication(methodology, index, document, text)
            : throw new InvalidDataException($"entry {index} publishes a methodology of the fingerprint {statement.Body.TextOf("fingerprint")}, and its document has {methodology.Fingerprint}");
    }
}
