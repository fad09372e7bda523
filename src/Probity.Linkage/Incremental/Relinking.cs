using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Links a register's records anew where something changed. What comes out is what linking everything from the beginning gives under the same judgements,
/// in whatever order records and judgements came: weights follow from the set of records; evidence between two records depends on them, on the steps in
/// which words and weights count, and on what few others share with them; clusters grow within groups that links and judgements hold together, so a
/// group without a change stays as it is.
/// </summary>
public sealed class Relinking
{
    private static readonly double LeastDoubtfulBits = LinkModel.BitsOf(LinkageRun.LeastDoubtful);

    private readonly KeptPatterns _kept;
    private readonly LinkageQuestion _question;
    private readonly IdentityRecord[] _records;
    private readonly LinkIndex _index;
    private readonly RecordSet _set;
    private readonly JudgedPairs _judged;
    private readonly Dictionary<RecordId, int> _places = [];
    private readonly List<ScoredPair> _pairs = [];

    private Relinking(LinkageQuestion question)
    {
        _question = question;
        _records = IdentityRecord.InOrder(question.Records);
        for (int i = 0; i < _records.Length; i++)
        {
            _places.Add(_records[i].Id, i);
        }

        _index = new LinkIndex(_records, question.Specification);
        var learning = new IndexLearning(_index);
        (Model, BlockingRecall) = (learning.Model, learning.BlockingRecall);
        _kept = KeptPatterns.Of(Model.Records);
        _set = RecordSet.All(_index.Corpus);
        _judged = JudgedPairs.Of(_set, question.Judgements);
    }

    /// <summary>The weights of evidence, as they follow from the records.</summary>
    public PublishedModel Model { get; }

    /// <summary>Share of matches that candidates hold, estimated; null where it cannot be.</summary>
    public double? BlockingRecall { get; }

    /// <summary>Whether every candidate was compared, and not only what changed.</summary>
    public bool IsEverythingCompared { get; private set; }

    /// <summary>Pairs compared this time, without those from which weights were learnt.</summary>
    public long Compared { get; private set; }

    /// <summary>Joins prevented this time by a veto, or by the evidence between the clusters' other records.</summary>
    public long JoinsRefused { get; private set; }

    /// <summary>Identifiers that count as none because many records of different names carry them.</summary>
    public IReadOnlyList<string> Placeholders => _index.Placeholders;

    /// <summary>For each scheme, how many numbers failed its check and therefore are evidence for nothing.</summary>
    public IReadOnlyDictionary<string, long> FailedChecks => _index.Corpus.FailedChecks;

    /// <summary>How many records have no usable name: it is empty, or nothing but legal forms.</summary>
    public int Unnamed => _index.Corpus.Unnamed.Count(record => record < _records.Length);

    /// <summary>Judgements that cannot all be true; their "same" joined nothing.</summary>
    public IReadOnlyList<Contradiction> Contradictions => _judged.Contradictions;

    /// <summary>The records of each organisation that was looked at, each cluster in the order of records; the others are as they were.</summary>
    public IReadOnlyList<RecordId[]> Clusters { get; private set; } = [];

    /// <summary>Pairs that a later linkage may need, by their records' places: to be kept for the next time.</summary>
    public IEnumerable<KeptPair> Pairs => _pairs.Select(pair => new KeptPair(pair.One, pair.Other, pair.Pattern));

    /// <summary>All pairs of probability 0.2 and more.</summary>
    public IEnumerable<(RecordId One, RecordId Other, double Probability)> PairProbabilities() =>
        _pairs.Where(pair => pair.Bits >= LeastDoubtfulBits).Select(pair => (_records[pair.One].Id, _records[pair.Other].Id, Told(pair)));

    /// <summary>How the probabilities stand to what people judged the same or not; judgements that contradict others are left out.</summary>
    public Calibration Calibrate()
    {
        HashSet<(int, int)> contradicted = [.. _judged.Contradictions.OfType<Contradiction.OfJudgements>().Select(one => Ordered(_places[one.NotSame.One], _places[one.NotSame.Other]))];
        IEnumerable<((int One, int Other) Pair, bool Same)> judged = _judged.Together.Select(pair => (pair, true))
            .Concat(_judged.Apart.Where(pair => !contradicted.Contains(pair)).Select(pair => (pair, false)));
        return Calibration.Of(judged.Select(one => (Score: Score(one.Pair.One, one.Pair.Other), one.Same)).Where(one => one.Score is not null).Select(one => (Told(one.Score!.Value), one.Same)));
    }

    /// <summary>Links.</summary>
    public static Relinking Of(LinkageQuestion question)
    {
        var relinking = new Relinking(question);
        if (question.Since is { } since && relinking.IsComparable(since))
        {
            HashSet<int> touched = TouchedRecords.Of(relinking._index, relinking._records, relinking._places, since, question.Specification);
            relinking.CompareAgain(touched, since);
            touched.UnionWith(since.Judged.Where(relinking._places.ContainsKey).Select(record => relinking._places[record]));
            touched.UnionWith(relinking._judged.JudgedSame); // the numbers of their organisations can contradict a judgement
            relinking.Cluster(since.Model == relinking.Model.Digest ? touched : null);
        }
        else
        {
            relinking.IsEverythingCompared = true;
            relinking.CompareAll();
            relinking.Cluster(null);
        }

        return relinking;
    }

    /// <summary>The evidence between two records, whether or not a key found the pair; null where one is unknown or they are of different kinds.</summary>
    public LinkedPair? Explain(RecordId one, RecordId other)
    {
        bool known = _places.TryGetValue(one, out int a) & _places.TryGetValue(other, out int b);
        return known && a != b && Score(a, b) is { } pair ? Explained(pair, linked: false) : null;
    }

    /// <summary>
    /// Pairs of probability 0.2 and more that no judgement settles, likeliest first: those below the threshold, and those above that something between
    /// other records of the two organisations kept apart.
    /// </summary>
    /// <param name="areApart">Whether two records are in two organisations.</param>
    public IEnumerable<LinkedPair> Doubtful(Func<RecordId, RecordId, bool> areApart) =>
        _pairs
            .Where(pair => pair.Bits >= LeastDoubtfulBits && areApart(_records[pair.One].Id, _records[pair.Other].Id) && !_judged.Apart.Contains((pair.One, pair.Other)) && !_judged.Unsure.Contains((pair.One, pair.Other)) && !LinkModel.Vetoes(pair.Pattern))
            .OrderByDescending(pair => pair.Bits).ThenBy(pair => pair.One).ThenBy(pair => pair.Other)
            .Select(pair => Explained(pair, linked: false));

    /// <summary>Why a record belongs to the rest of its cluster: the evidence, or else the judgement, that ties it to its best partner.</summary>
    public LinkGround GroundOf(RecordId record, RecordId[] cluster)
    {
        var rules = new LinkRules(_question.Specification.Threshold, _question.SpecificationDigest, Model.Digest);
        if (cluster.Length == 1)
        {
            return new LinkGround(null, null, Judged: false, [], rules);
        }

        int own = _places[record];
        HashSet<int> others = [.. cluster.Select(other => _places[other]).Where(other => other != own)];
        int judged = _judged.Together.Where(pair => pair.One == own || pair.Other == own).Select(pair => pair.One == own ? pair.Other : pair.One).Where(others.Contains).DefaultIfEmpty(-1).First();
        ScoredPair? best = BestOf(own, others);
        bool byScore = best is { } found && found.Bits >= LinkModel.BitsOf(_question.Specification.Threshold);
        ScoredPair? shown = byScore || judged < 0 ? best : Score(own, judged);
        if (shown is not { } pair)
        {
            return new LinkGround(_records[judged < 0 ? others.First() : judged].Id, null, Judged: true, [], rules);
        }

        LinkedPair explained = Explained(pair, linked: true);
        return new LinkGround(explained.One == record ? explained.Other : explained.One, explained.Probability, !byScore, explained.Waterfall, rules);
    }

    private static (int, int) Ordered(int one, int other) => (Math.Min(one, other), Math.Max(one, other));

    private ScoredPair? BestOf(int own, HashSet<int> others)
    {
        ScoredPair? best = null;
        foreach (KeyedRecord candidate in _index.CandidatesOf(own).Where(candidate => others.Contains(candidate.Record)))
        {
            ScoredPair? pair = Score(own, candidate.Record);
            best = pair is { } one && !LinkModel.Vetoes(one.Pattern) && (best is null || one.Bits > best.Value.Bits) ? pair : best;
        }

        return best;
    }

    /// <summary>
    /// Whether what was kept holds for all that did not change: where words are as rare as before but for single ones, every pair counts neither before nor now,
    /// and the weights make no pair matter that is not kept.
    /// </summary>
    private bool IsComparable(LinkageChange since) =>
        since.Records == Model.Records && !_index.IsEveryPairCompared && _records.Length - since.New.Count > EveryPair.MostRecords
        && _kept.HoldAll(Model.Weights, LeastDoubtfulBits);

    private ScoredPair? Score(int one, int other) =>
        _index.Compare(one, other) is { } pattern ? new ScoredPair(Math.Min(one, other), Math.Max(one, other), pattern, Model.Weights.Bits(pattern)) : null;

    private void CompareAll()
    {
        var found = new List<ScoredPair>[_records.Length];
        long compared = 0;
        Parallel.For(0, _records.Length, () => 0L, (record, _, count) => count + Compare(record, _index.CandidatesOf(record).Where(other => other.Record > record), found[record] = []), count => Interlocked.Add(ref compared, count));
        Compared = compared;
        foreach (List<ScoredPair> pairs in found)
        {
            _pairs.AddRange(pairs);
        }
    }

    /// <summary>Compares what was touched with what shares keys with it; pairs of two others stay as they were kept.</summary>
    private void CompareAgain(HashSet<int> touched, LinkageChange since)
    {
        int[] places = [.. Enumerable.Range(0, _records.Length).Where(place => !since.New.Contains(_records[place].Id))];
        foreach (KeptPair pair in since.Pairs)
        {
            bool holds = pair.One >= 0 && pair.One < pair.Other && pair.Other < places.Length && _kept.Holds(pair.Pattern);
            if (holds && !touched.Contains(places[pair.One]) && !touched.Contains(places[pair.Other]))
            {
                _pairs.Add(new ScoredPair(places[pair.One], places[pair.Other], pair.Pattern, Model.Weights.Bits(pair.Pattern)));
            }
        }

        foreach (int record in touched.Order())
        {
            Compared += Compare(record, _index.CandidatesOf(record).Where(other => other.Record > record || !touched.Contains(other.Record)), _pairs);
        }

        _pairs.Sort(static (a, b) => a.One != b.One ? a.One.CompareTo(b.One) : a.Other.CompareTo(b.Other));
    }

    private long Compare(int record, IEnumerable<KeyedRecord> others, List<ScoredPair> found)
    {
        long compared = 0;
        foreach (KeyedRecord other in others)
        {
            compared++;
            if (Score(record, other.Record) is { } pair && _kept.Holds(pair.Pattern))
            {
                found.Add(pair);
            }
        }

        return compared;
    }

    /// <summary>Clusters the groups that hold a touched record; null for all.</summary>
    private void Cluster(HashSet<int>? touched)
    {
        double least = LinkModel.BitsOf(_question.Specification.Threshold);
        DisjointSets groups = Groups(least);
        HashSet<int>? roots = touched?.Select(groups.Root).ToHashSet();
        ScoredPair[] links = [.. _pairs
            .Where(pair => pair.Bits >= least && (roots is null || roots.Contains(groups.Root(pair.One))))
            .Select(pair => IsEverythingCompared ? pair : Score(pair.One, pair.Other) ?? pair)];
        ScoredPair[] ranked = RankedLinks.Of(_set, links, least);
        Clustering Under(JudgedPairs judged) => new(_set, Model.Weights, _index.Comparison, judged, least);
        _judged.Confront(_set, apart => Under(apart).Join(ranked));
        Clustering clustering = Under(_judged);
        int[] clusters = clustering.Join(ranked);
        JoinsRefused = clustering.Refused;
        Clusters = [.. Enumerable.Range(0, _records.Length)
            .Where(record => roots is null || roots.Contains(groups.Root(record)))
            .GroupBy(record => clusters[record])
            .Select(cluster => cluster.Select(record => _records[record].Id).ToArray())];
    }

    /// <summary>Groups held together by links, by judgements whether or not they contradict each other, and by what was one organisation before.</summary>
    private DisjointSets Groups(double least)
    {
        var groups = new DisjointSets(_records.Length);
        foreach (ScoredPair pair in _pairs.Where(pair => pair.Bits >= least))
        {
            groups.Join(pair.One, pair.Other);
        }

        foreach (RecordJudgement judgement in _question.Judgements.Where(one => _places.ContainsKey(one.One) && _places.ContainsKey(one.Other)))
        {
            groups.Join(_places[judgement.One], _places[judgement.Other]);
        }

        var homes = new Dictionary<RecordId, int>();
        foreach ((RecordId record, Membership membership) in _question.Before.Memberships)
        {
            if (_places.TryGetValue(record, out int place))
            {
                bool founded = _places.TryGetValue(membership.Founder, out int founder) && _question.Before.FounderOf(membership.Founder) == membership.Founder;
                groups.Join(place, homes.TryGetValue(membership.Founder, out int home) ? home : homes[membership.Founder] = founded ? founder : place);
            }
        }

        return groups;
    }

    private double Told(ScoredPair pair) => LinkModel.Probability(Model.Weights.ToldBits(pair.Pattern));

    private LinkedPair Explained(ScoredPair pair, bool linked) =>
        new(_records[pair.One].Id, _records[pair.Other].Id, Told(pair), linked, Model.Weights.Waterfall(pair.Pattern));
}
