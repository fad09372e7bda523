using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>
/// Pairs that stand for all pairs of a corpus: what different organisations have in common by chance. Records are put in an order drawn from their
/// identifiers, and each of a sample is paired with the next few. So a further record changes few of the pairs, in whatever order records came.
/// </summary>
internal static class RandomPairs
{
    /// <summary>Pairs drawn at most.</summary>
    private const int Most = 400_000;

    /// <summary>Words of a name up to which all of them are drawn; of longer names, whose comparison takes the square of their words, as many fewer.</summary>
    private const int FewWords = 10;

    /// <summary>Of more than twice as many records a sample is drawn.</summary>
    private const int SampleBits = 16;

    /// <summary>How the pairs compare.</summary>
    public static List<PatternCount> Draw(PairComparison comparison, Corpus corpus) => Draw(comparison, corpus, static (_, _) => true);

    /// <summary>How those of the pairs compare that could be one organisation.</summary>
    public static List<PatternCount> Draw(PairComparison comparison, Corpus corpus, Func<int, int, bool> comparable)
    {
        int[] order = Order(corpus);
        long pairs = (long)(Most * Math.Min(1, Elementary.Pow(FewWords / WordsOfName(corpus), 2)));
        int next = (int)Math.Min(order.Length - 1, Math.Max(1, pairs / Math.Max(1, order.Length)));
        var counts = new PatternCounts[(order.Length + Corpus.Ahead - 1) / Corpus.Ahead];
        Parallel.For(0, counts.Length, chunk =>
        {
            int first = chunk * Corpus.Ahead;
            int end = Math.Min(order.Length, first + Corpus.Ahead);
            corpus.Fetch(order.AsSpan(first, Math.Min(order.Length, end + next) - first));
            var some = new PatternCounts();
            for (int i = first; i < end; i++)
            {
                for (int j = i + 1; j < Math.Min(order.Length, i + 1 + next); j++)
                {
                    (int one, int other) = (Math.Min(order[i], order[j]), Math.Max(order[i], order[j]));
                    if (comparable(one, other))
                    {
                        some.Add(0, comparison.Compare(corpus.View(one), corpus.View(other)));
                    }
                }
            }

            counts[chunk] = some;
        });
        return PatternCounts.Of(counts, each: 1);
    }

    /// <summary>The sample, in the order drawn.</summary>
    private static int[] Order(Corpus corpus)
    {
        ulong mask = Mask(corpus.Count, SampleBits);
        int[] order = [.. Enumerable.Range(0, corpus.Count).Where(record => (corpus.Drawn(record) & mask) == 0)];
        Array.Sort([.. order.Select(corpus.Drawn)], order);
        return order;
    }

    /// <summary>The bits of a drawn number that are 0 for the records of a sample: of more than twice <c>2^bits</c> records between half and all of that.</summary>
    public static ulong Mask(int records, int bits) => (1UL << Math.Max(0, System.Numerics.BitOperations.Log2((uint)records) - bits)) - 1;

    /// <summary>How many words a name has on average; 1 at least.</summary>
    private static double WordsOfName(Corpus corpus)
    {
        long words = 0;
        foreach (ref readonly LinkFacts facts in corpus.Facts)
        {
            words += facts.NameWords;
        }

        return Math.Max(1, (double)words / corpus.Count);
    }
}
