using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>Some records of a corpus under numbers of their own, from 0.</summary>
/// <param name="corpus">Where they are kept.</param>
/// <param name="places">Their places in it.</param>
internal sealed class RecordSet(Corpus corpus, int[] places)
{
    /// <summary>How many there are.</summary>
    public int Count => places.Length;

    /// <summary>True where some record of the corpus has an identifier.</summary>
    public bool IsIdentified => corpus.Identifiers.Length > 0;

    /// <summary>All records of a corpus, under their places.</summary>
    public static RecordSet All(Corpus corpus) => new(corpus, [.. Enumerable.Range(0, corpus.Count)]);

    /// <summary>A record's identifier.</summary>
    public RecordId Id(int record) => corpus.Id(places[record]);

    /// <summary>A record.</summary>
    public RecordView View(int record) => corpus.View(places[record]);
}
