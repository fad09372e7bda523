using System.Collections.Concurrent;

namespace Probity.Linkage;

/// <summary>
/// Learns weights of evidence from a register's records. Of many records those of a sample, drawn from their identifiers, are compared with all that share
/// a key with them; the same set of records gives the same weights, whatever order they came in.
/// </summary>
internal sealed class IndexLearning
{
    /// <summary>Of more than twice <c>2^bits</c> records a sample is compared.</summary>
    private const int SampleBits = 15;

    /// <summary>Learns.</summary>
    public IndexLearning(LinkIndex index)
    {
        List<PatternCount> candidates = Candidates(index);
        List<PatternCount> random = RandomPairs.Draw(index.Comparison, index.Corpus, index.AreOfOneKind);
        LinkModel weights = new LinkLearning(candidates, random, index.Pairs).Learn();
        Model = PublishedModel.Of(weights, index.Count);
        BlockingRecall = index.IsEveryPairCompared ? 1 : LinkLearning.BlockingRecall(candidates, weights);
    }

    /// <summary>The weights.</summary>
    public PublishedModel Model { get; }

    /// <summary>Share of matches that candidates hold, estimated; null where it cannot be.</summary>
    public double? BlockingRecall { get; }

    private static List<PatternCount> Candidates(LinkIndex index)
    {
        ulong mask = RandomPairs.Mask(index.Count, SampleBits);
        var parts = new ConcurrentBag<PatternCounts>();
        Parallel.For(0, index.Count, () => new PatternCounts(), (record, _, counts) =>
        {
            if ((index.Corpus.Drawn(record) & mask) == 0)
            {
                Count(index, record, counts);
            }

            return counts;
        }, parts.Add);
        return PatternCounts.Of(parts, each: (mask + 1) / 2d); // a pair is met from both sides
    }

    private static void Count(LinkIndex index, int record, PatternCounts counts)
    {
        foreach (KeyedRecord other in index.CandidatesOf(record))
        {
            if (index.Compare(record, other.Record) is { } pattern)
            {
                counts.Add(other.Blocks, pattern);
            }
        }
    }
}
