using System.Runtime.InteropServices;

namespace Probity.Linkage;

/// <summary>A candidate with its evidence.</summary>
/// <param name="One">The earlier record's place in the corpus.</param>
/// <param name="Other">The later record's place.</param>
/// <param name="Pattern">How its fields compare.</param>
/// <param name="Bits">Log-odds to base 2 of the two being one organisation.</param>
internal readonly record struct ScoredPair(int One, int Other, int Pattern, double Bits);

/// <summary>
/// Agglomerates records from the strongest pair down. Two clusters become one only if no veto stands between any of their records and the
/// evidence between all of them, also of pairs that no key found, on average reaches the threshold that a single pair must reach (average
/// linkage: Sokal and Michener 1958). So a chain of near misses never becomes a cluster.
/// People's judgements come first: what they joined is joined whatever the score, what they parted stays apart.
/// </summary>
/// <param name="records">The records to cluster.</param>
/// <param name="model">Weights of evidence.</param>
/// <param name="comparison">Compares two of the records.</param>
/// <param name="judged">What people said of pairs.</param>
/// <param name="leastBits">Log-odds to base 2 from which two records, and two clusters on average, are one organisation.</param>
internal sealed class Clustering(RecordSet records, LinkModel model, PairComparison comparison, JudgedPairs judged, double leastBits)
{
    /// <summary>Parts of the links that are worked on at once: no record is in two.</summary>
    private const int Parts = 32;

    /// <summary>Records of each cluster that are looked at when two are joined; of a larger cluster, its first.</summary>
    private const int Looked = 24;

    private readonly DisjointSets _sets = new(records.Count);
    private readonly int[] _next = Filled(records.Count);
    private readonly int[] _last = [.. Enumerable.Range(0, records.Count)];
    /// <summary>Records that people joined, which count as one with the best evidence that any of them has; null where nobody joined any.</summary>
    private readonly DisjointSets? _asOne = judged.Together.Count > 0 ? new DisjointSets(records.Count) : null;

    private readonly bool _identified = records.IsIdentified;
    /// <summary>The most that one pair counts in the average, for or against: a sure pair carries one that is even, and none that is less.</summary>
    private readonly double _mostBits = Math.Abs(leastBits) + Math.Max(Math.Abs(leastBits), LinkModel.BitsOf(0.99));
    private long _refused;

    /// <summary>Joins that a veto or poor evidence between the clusters' other records prevented.</summary>
    public long Refused => _refused;

    /// <summary>The cluster of each record, as the place of the cluster's first record.</summary>
    /// <param name="links">Pairs at or above the threshold, strongest first.</param>
    public int[] Join(ScoredPair[] links)
    {
        foreach ((int one, int other) in judged.Together)
        {
            (int a, int b) = (_sets.Root(one), _sets.Root(other));
            if (a != b)
            {
                Merge(Math.Min(a, b), Math.Max(a, b));
                _asOne!.Join(one, other);
            }
        }

        ScoredPair[] dealt = Deal(links, out int[] ends);
        Parallel.For(0, Parts, part => JoinAll(dealt.AsSpan(ends[part], ends[part + 1] - ends[part])));
        int[] clusters = new int[records.Count];
        for (int i = 0; i < clusters.Length; i++)
        {
            clusters[i] = _sets.Root(i);
        }

        return clusters;
    }

    /// <summary>Links in parts that have no record in common, each part in the links' order, and where each part begins and the last ends.</summary>
    private ScoredPair[] Deal(ScoredPair[] links, out int[] ends)
    {
        var reached = new DisjointSets(records.Count);
        foreach ((int one, int other) in judged.Together)
        {
            reached.Join(one, other);
        }

        foreach (ScoredPair link in links)
        {
            reached.Join(link.One, link.Other);
        }

        int[] places = new int[Parts + 1];
        foreach (ScoredPair link in links)
        {
            places[(reached.Root(link.One) % Parts) + 1]++;
        }

        for (int part = 0; part < Parts; part++)
        {
            places[part + 1] += places[part];
        }

        ends = [.. places];
        var dealt = new ScoredPair[links.Length];
        foreach (ScoredPair link in links)
        {
            dealt[places[reached.Root(link.One) % Parts]++] = link;
        }

        return dealt;
    }

    private void JoinAll(ReadOnlySpan<ScoredPair> links)
    {
        long refused = 0;
        foreach (ScoredPair link in links)
        {
            int one = _sets.Root(link.One);
            int other = _sets.Root(link.Other);
            if (one == other)
            {
                continue;
            }

            if (LinkModel.Vetoes(link.Pattern) || JudgedApart(one, other) || !Agree(one, other, link))
            {
                refused++;
                continue;
            }

            Merge(Math.Min(one, other), Math.Max(one, other));
        }

        Interlocked.Add(ref _refused, refused);
    }

    private bool JudgedApart(int one, int other)
    {
        if (judged.Apart.Count == 0)
        {
            return false;
        }

        for (int a = one; a >= 0; a = _next[a])
        {
            for (int b = other; b >= 0; b = _next[b])
            {
                if (judged.Apart.Contains((Math.Min(a, b), Math.Max(a, b))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether two clusters that a link connects may be one.</summary>
    private bool Agree(int one, int other, in ScoredPair link)
    {
        if (_next[one] < 0 && _next[other] < 0)
        {
            return true;
        }

        double beyond = 0;
        Dictionary<(int, int), double>? best = _asOne is null ? null : [];
        int lookedOne = 0;
        for (int a = one; a >= 0 && lookedOne < Looked; a = _next[a], lookedOne++)
        {
            int lookedOther = 0;
            for (int b = other; b >= 0 && lookedOther < Looked; b = _next[b], lookedOther++)
            {
                (int first, int second) = (Math.Min(a, b), Math.Max(a, b));
                int pattern = first == link.One && second == link.Other ? link.Pattern : comparison.Compare(records.View(first), records.View(second));
                if (LinkModel.Vetoes(pattern))
                {
                    return false;
                }

                double bits = Math.Clamp(model.Bits(pattern), -_mostBits, _mostBits) - leastBits;
                beyond += best is null ? bits : Improvement(best, (_asOne!.Root(a), _asOne.Root(b)), bits);
            }
        }

        return beyond >= 0 && !(_identified && records.FindClash(MembersOf(one).Concat(MembersOf(other))) is not null); // also among records beyond those looked at
    }

    /// <summary>What the pair adds to the sum of the best evidence between records that people joined on either side.</summary>
    private static double Improvement(Dictionary<(int, int), double> best, (int One, int Other) pair, double bits)
    {
        ref double known = ref CollectionsMarshal.GetValueRefOrAddDefault(best, pair, out bool exists);
        double before = exists ? known : 0;
        known = exists ? Math.Max(known, bits) : bits;
        return known - before;
    }

    /// <summary>The records of a cluster, its first record first.</summary>
    private IEnumerable<int> MembersOf(int root)
    {
        for (int member = root; member >= 0; member = _next[member])
        {
            yield return member;
        }
    }

    /// <summary>Members of a cluster are a chain from its first record; of two joined, the earlier cluster's come first.</summary>
    private void Merge(int into, int from)
    {
        _next[_last[into]] = from;
        _last[into] = _last[from];
        _sets.Join(into, from);
    }

    private static int[] Filled(int count)
    {
        int[] filled = new int[count];
        Array.Fill(filled, -1);
        return filled;
    }
}
