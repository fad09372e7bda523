namespace Probity.Linkage;

/// <summary>A candidate with its evidence.</summary>
/// <param name="One">The earlier record's place in the corpus.</param>
/// <param name="Other">The later record's place.</param>
/// <param name="Pattern">How its fields compare.</param>
/// <param name="Bits">Log-odds to base 2 of the two being one organisation.</param>
internal readonly record struct ScoredPair(int One, int Other, int Pattern, double Bits);

/// <summary>
/// Agglomerates records from the strongest pair down. Two clusters become one only if no veto stands between any of their records and the
/// evidence between all of them, also of pairs that no key found, is on average for it. So a chain of near misses never becomes a cluster.
/// People's judgements come first: what they joined is joined whatever the score, what they parted stays apart.
/// </summary>
internal sealed class Clustering(Corpus corpus, LinkModel model, PairComparison comparison, JudgedPairs judged)
{
    /// <summary>Records of each cluster that are looked at when two are joined; of a larger cluster, its first.</summary>
    private const int Looked = 24;

    /// <summary>Bits that one pair adds or takes at most in the average, so that one sure pair cannot carry many poor ones.</summary>
    private const double MostBits = 10;

    private readonly DisjointSets _sets = new(corpus.Count);
    private readonly Dictionary<int, List<int>> _members = [];
    private long _refused;

    /// <summary>Joins that a veto or poor evidence between the clusters' other records prevented.</summary>
    public long Refused => _refused;

    /// <summary>The cluster of each record, as the place of the cluster's first record.</summary>
    /// <param name="links">Pairs at or above the threshold.</param>
    public int[] Join(List<ScoredPair> links)
    {
        links.Sort(static (a, b) => a.Bits != b.Bits ? b.Bits.CompareTo(a.Bits) : a.One != b.One ? a.One.CompareTo(b.One) : a.Other.CompareTo(b.Other));
        foreach ((int one, int other) in judged.Together)
        {
            (int a, int b) = (_sets.Root(one), _sets.Root(other));
            if (a != b)
            {
                Merge(Math.Min(a, b), Math.Max(a, b));
            }
        }

        foreach (ScoredPair link in links)
        {
            int one = _sets.Root(link.One);
            int other = _sets.Root(link.Other);
            if (one == other)
            {
                continue;
            }

            if (LinkModel.Vetoes(link.Pattern) || JudgedApart(one, other) || !Agree(one, other))
            {
                _refused++;
                continue;
            }

            Merge(Math.Min(one, other), Math.Max(one, other));
        }

        int[] clusters = new int[corpus.Count];
        for (int i = 0; i < clusters.Length; i++)
        {
            clusters[i] = _sets.Root(i);
        }

        return clusters;
    }

    private bool JudgedApart(int one, int other)
    {
        if (judged.Apart.Count == 0)
        {
            return false;
        }

        return Members(one).Exists(a => Members(other).Exists(b => judged.Apart.Contains((Math.Min(a, b), Math.Max(a, b)))));
    }

    private bool Agree(int one, int other)
    {
        bool single = !_members.ContainsKey(one) && !_members.ContainsKey(other);
        if (single)
        {
            return true;
        }

        double bits = 0;
        int pairs = 0;
        foreach (int a in First(one))
        {
            foreach (int b in First(other))
            {
                int pattern = comparison.Compare(Math.Min(a, b), Math.Max(a, b));
                if (LinkModel.Vetoes(pattern))
                {
                    return false;
                }

                bits += Math.Clamp(model.Bits(pattern), -MostBits, MostBits);
                pairs++;
            }
        }

        return bits >= 0 && !Exclude(one, other);
    }

    /// <summary>True where the two clusters hold different numbers of one exclusive scheme, also among records beyond those looked at.</summary>
    private bool Exclude(int one, int other)
    {
        var numbers = new Dictionary<short, int>();
        foreach (int member in Members(one).Concat(Members(other)))
        {
            foreach (RecordIdentifier identifier in corpus.Facts[member].Identifiers)
            {
                if (corpus.Schemes[identifier.Scheme].Exclusive && numbers.TryAdd(identifier.Scheme, identifier.Value) is false && numbers[identifier.Scheme] != identifier.Value)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private ReadOnlySpan<int> First(int root)
    {
        ReadOnlySpan<int> members = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Members(root));
        return members[..Math.Min(Looked, members.Length)];
    }

    private List<int> Members(int root) => _members.TryGetValue(root, out List<int>? members) ? members : [root];

    private void Merge(int into, int from)
    {
        List<int> members = Members(into);
        members.AddRange(Members(from));
        _members[into] = members;
        _members.Remove(from);
        _sets.Join(into, from);
    }
}
