namespace Probity.Linkage;

/// <summary>All pairs of a file that is small enough to compare them all, also those that no key finds.</summary>
internal static class EveryPair
{
    /// <summary>Records up to which every pair is compared: 19,900 pairs take some 20 milliseconds.</summary>
    public const int MostRecords = 200;

    /// <summary>The candidates found and all other pairs, whose blocks are none; by first and then second record.</summary>
    public static Candidate[] Of(Corpus corpus, PairComparison comparison, Candidate[][] found)
    {
        Dictionary<(int, int), Candidate> known = found.SelectMany(part => part).ToDictionary(candidate => (candidate.One, candidate.Other));
        var all = new Candidate[corpus.Count * (corpus.Count - 1) / 2];
        int count = 0;
        for (int one = 0; one < corpus.Count; one++)
        {
            for (int other = one + 1; other < corpus.Count; other++)
            {
                all[count++] = known.TryGetValue((one, other), out Candidate candidate)
                    ? candidate
                    : new Candidate(one, other, 0, comparison.Compare(corpus.View(one), corpus.View(other)));
            }
        }

        return all;
    }
}
