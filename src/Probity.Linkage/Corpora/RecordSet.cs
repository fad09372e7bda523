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

    /// <summary>A record's identifier.</summary>
    public RecordId Id(int record) => corpus.Id(record);

    /// <summary>A record.</summary>
    public RecordView View(int record) => corpus.View(record);
}
