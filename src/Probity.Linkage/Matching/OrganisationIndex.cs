using System.Collections.Immutable;
using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>
/// Organisations in memory, found by what is known of one. Made once from all of them, each of which stands once; many threads may ask at once.
/// </summary>
public sealed class OrganisationIndex
{
    /// <summary>Records of one key up to which all are compared with a question; of a commoner key none is, unless it is an identifier.</summary>
    private const int MostAsked = 200;

    private const double LeastProbability = 0.01;

    private readonly Corpus _corpus;
    private readonly LinkModel _model;
    private readonly RecordKeys _keys;
    private readonly KeyChains _chains = new();

    private OrganisationIndex(Corpus corpus)
    {
        _corpus = corpus;
        _keys = new RecordKeys(corpus.Lexicon, corpus.Rarity, leaveOutLone: false);
        Span<ulong> keys = stackalloc ulong[RecordKeys.Most];
        for (int record = 0; record < corpus.Count; record++)
        {
            foreach (ulong key in keys[..DistinctKeys(record, keys)])
            {
                _chains.Add(key, record);
            }
        }

        for (int record = 0; record < corpus.Count; record++)
        {
            Share(ref corpus.Facts[record], keys[..DistinctKeys(record, keys)]);
        }

        _model = Learn(corpus);
    }

    /// <summary>How many records it holds.</summary>
    public int Count => _corpus.Count;

    /// <summary>
    /// Indexes a register in which every organisation stands once. From it is learnt how rare words are, and how often records of two organisations are
    /// alike. How alike two records of one are, such a register cannot show; that is the published expectation. Its records were admitted before and
    /// are not screened for natural persons again. The same table gives the same answers.
    /// </summary>
    public static OrganisationIndex Of(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        var corpus = new Corpus();
        corpus.Add(table, uses);
        corpus.Weigh(WordRarity.OfCorpus(corpus.Count));
        return new OrganisationIndex(corpus);
    }

    /// <summary>The records most likely meant, likeliest first; none below a probability of 0.01.</summary>
    /// <param name="question">What is known; at least a name, an identifier, a telephone number or a domain finds anything.</param>
    /// <param name="most">How many at most; 1 or more.</param>
    public ImmutableArray<MatchCandidate> Match(OrganisationQuestion question, int most)
    {
        var asked = new AskedRecord(question, _corpus.Lexicon, _corpus.Rarity);
        var comparison = new PairComparison(asked.Lexicon);
        List<int> found = Find(asked);
        var scored = new List<(int Record, int Pattern, double Bits)>(found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            if (i == 0 || found[i] != found[i - 1])
            {
                int pattern = comparison.Compare(asked.View, _corpus.View(found[i]));
                scored.Add((found[i], pattern, LinkModel.Vetoes(pattern) ? double.NegativeInfinity : _model.Bits(pattern)));
            }
        }

        return [.. scored
            .Where(candidate => candidate.Bits >= LinkModel.BitsOf(LeastProbability))
            .OrderByDescending(candidate => candidate.Bits)
            .ThenBy(candidate => _corpus.Id(candidate.Record))
            .Take(most)
            .Select(candidate => new MatchCandidate(_corpus.Id(candidate.Record), LinkModel.Probability(candidate.Bits), _model.Waterfall(candidate.Pattern)))];
    }

    /// <summary>Weights under which, before anything is compared, every record is as likely as every other, and that it is none of them as likely as that it is one.</summary>
    private static LinkModel Learn(Corpus corpus)
    {
        double pairs = (double)corpus.Count * (corpus.Count - 1) / 2;
        LinkModel learnt = new LinkLearning([], RandomPairs.Draw(new PairComparison(corpus.Lexicon), corpus), pairs).Learn();
        return learnt.Under(-Elementary.Log2(2d * Math.Max(1, corpus.Count)));
    }

    private List<int> Find(AskedRecord asked)
    {
        var found = new List<int>(64);
        Span<ulong> keys = stackalloc ulong[RecordKeys.Most];
        int count = new RecordKeys(asked.Lexicon, _corpus.Rarity, leaveOutLone: false).Write(asked.View, keys);
        foreach (ulong key in keys[..count])
        {
            if (_chains.CountOf(key) <= MostAsked || RecordKeys.KindOf(key) == KeyKind.Identifier)
            {
                _chains.Collect(key, found);
            }
        }

        found.Sort();
        return found;
    }

    /// <summary>Notes on a record how many share its telephone number, its domain and its premises.</summary>
    private void Share(ref LinkFacts facts, ReadOnlySpan<ulong> keys)
    {
        foreach (ulong key in keys)
        {
            int records = _chains.CountOf(key);
            switch (RecordKeys.KindOf(key))
            {
                case KeyKind.Telephone:
                    facts.TelephoneShare = (byte)FieldLevels.OfHouses(records);
                    break;
                case KeyKind.Domain:
                    facts.DomainShare = (byte)FieldLevels.OfShared(records);
                    break;
                case KeyKind.NumberAndStreet:
                    facts.IsCrowded = records > SharedValues.Crowd;
                    break;
                default:
                    break;
            }
        }
    }

    private int DistinctKeys(int record, Span<ulong> keys)
    {
        Span<ulong> written = keys[.._keys.Write(_corpus.View(record), keys)];
        written.Sort();
        int distinct = 0;
        for (int i = 0; i < written.Length; i++)
        {
            if (i == 0 || written[i] != written[i - 1])
            {
                written[distinct++] = written[i];
            }
        }

        return distinct;
    }
}
