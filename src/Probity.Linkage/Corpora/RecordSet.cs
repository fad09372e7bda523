using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>The first records of a corpus, without those behind them.</summary>
/// <param name="corpus">Where they are kept.</param>
/// <param name="count">How many.</param>
internal sealed class RecordSet(Corpus corpus, int count)
{
    /// <summary>How many there are.</summary>
    public int Count => count;

    /// <summary>True where some record of the corpus has an identifier.</summary>
    public bool IsIdentified => corpus.Identifiers.Length > 0;

    /// <summary>All records of a corpus.</summary>
    public static RecordSet All(Corpus corpus) => new(corpus, corpus.Count);

    /// <summary>A number drawn from a record's identifier: see <see cref="Corpus.Drawn"/>.</summary>
    public ulong Drawn(int record) => corpus.Drawn(record);

    /// <summary>A record's identifier.</summary>
    public RecordId Id(int record) => corpus.Id(record);

    /// <summary>A record.</summary>
    public RecordView View(int record) => corpus.View(record);

    /// <summary>The first two different valid numbers of one exclusive scheme among some records; null where there are none.</summary>
    public NumberClash? FindClash(IEnumerable<int> some)
    {
        var numbers = new Dictionary<short, (int Record, int Value)>();
        foreach (int record in some)
        {
            foreach (RecordIdentifier identifier in View(record).Identifiers)
            {
                bool counts = identifier.Scheme >= 0 && IdentifierSchemes.All[identifier.Scheme].Exclusive;
                if (counts && !numbers.TryAdd(identifier.Scheme, (record, identifier.Value)) && numbers[identifier.Scheme] is var first && first.Value != identifier.Value)
                {
                    return new NumberClash(IdentifierSchemes.All[identifier.Scheme].Code, Id(first.Record), TextOf(first.Value), Id(record), TextOf(identifier.Value));
                }
            }
        }

        return null;
    }

    private string TextOf(int value) => corpus.Lexicon.Text(value).ToString();
}
