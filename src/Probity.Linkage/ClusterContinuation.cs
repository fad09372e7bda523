using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>What happened to an organisation's identifier between two linkages.</summary>
public abstract record ContinuationEvent
{
    private ContinuationEvent()
    {
    }

    /// <summary>Two organisations turned out to be one; the first identifier redirects to the second for ever (HTTP 308).</summary>
    public sealed record Merged(OrganisationId From, OrganisationId Into) : ContinuationEvent;

    /// <summary>Some records of an organisation turned out to be another one, which got an identifier of its own.</summary>
    public sealed record Split(OrganisationId From, OrganisationId New) : ContinuationEvent;
}

/// <summary>
/// Carries organisations' identifiers over from one linkage to the next. An identifier stays with the cluster that holds most of its records;
/// a cluster with several keeps the one that brings most records, and the others redirect to it; a cluster without one gets a new one.
/// No identifier is ever given twice. The order of clusters and of records does not matter.
/// </summary>
public sealed class ClusterContinuation
{
    private readonly HashSet<OrganisationId> _used;
    private readonly Dictionary<RecordId, OrganisationId> _organisations = [];
    private readonly Dictionary<OrganisationId, RecordId> _minted = [];
    private readonly List<ContinuationEvent> _events = [];

    private ClusterContinuation(IEnumerable<OrganisationId> used) => _used = [.. used];

    /// <summary>The organisation of each record.</summary>
    public IReadOnlyDictionary<RecordId, OrganisationId> Organisations => _organisations;

    /// <summary>Identifiers that are new, with the record that each is the identifier of.</summary>
    public IReadOnlyDictionary<OrganisationId, RecordId> Minted => _minted;

    /// <summary>Merges and splits, in the order of the clusters' smallest records.</summary>
    public IReadOnlyList<ContinuationEvent> Events => _events;

    /// <summary>Gives every cluster its identifier.</summary>
    /// <param name="before">The organisation of each record known before; empty at the first linkage.</param>
    /// <param name="retired">Identifiers that redirect since earlier linkages: never given again.</param>
    /// <param name="clusters">The records of each cluster now; none is empty, no record stands in two.</param>
    public static ClusterContinuation Of(
        IReadOnlyDictionary<RecordId, OrganisationId> before, IEnumerable<OrganisationId> retired, IEnumerable<IReadOnlyList<RecordId>> clusters)
    {
        var continuation = new ClusterContinuation(before.Values.Concat(retired));
        RecordId[][] sorted = [.. clusters.Select(cluster => cluster.Order().ToArray()).OrderBy(cluster => cluster[0])];
        Dictionary<OrganisationId, int>[] shares = [.. sorted.Select(cluster => SharesOf(cluster, before))];
        Dictionary<OrganisationId, int> homes = Homes(shares);
        for (int i = 0; i < sorted.Length; i++)
        {
            continuation.Settle(sorted[i], shares[i], [.. shares[i].Keys.Where(id => homes[id] == i)]);
        }

        return continuation;
    }

    private static Dictionary<OrganisationId, int> SharesOf(RecordId[] cluster, IReadOnlyDictionary<RecordId, OrganisationId> before)
    {
        var shares = new Dictionary<OrganisationId, int>();
        foreach (RecordId record in cluster)
        {
            if (before.TryGetValue(record, out OrganisationId id))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shares, id, out _)++;
            }
        }

        return shares;
    }

    /// <summary>For each identifier the cluster with most of its records; between equals the first.</summary>
    private static Dictionary<OrganisationId, int> Homes(Dictionary<OrganisationId, int>[] shares)
    {
        var homes = new Dictionary<OrganisationId, int>();
        for (int i = 0; i < shares.Length; i++)
        {
            foreach ((OrganisationId id, int records) in shares[i])
            {
                if (!homes.TryGetValue(id, out int home) || records > shares[home][id])
                {
                    homes[id] = i;
                }
            }
        }

        return homes;
    }

    private void Settle(RecordId[] cluster, Dictionary<OrganisationId, int> shares, OrganisationId[] own)
    {
        OrganisationId id = own.Length > 0 ? own.OrderByDescending(candidate => shares[candidate]).ThenBy(candidate => candidate).First() : Mint(cluster);
        foreach (OrganisationId merged in own.Where(other => other != id).Order())
        {
            _events.Add(new ContinuationEvent.Merged(merged, id));
        }

        if (own.Length == 0)
        {
            _events.AddRange(shares.Keys.Order().Select(from => new ContinuationEvent.Split(from, id)));
        }

        foreach (RecordId record in cluster)
        {
            _organisations.Add(record, id);
        }
    }

    /// <summary>The identifier of the first record whose own was never used; where all were, of its first record's next life.</summary>
    private OrganisationId Mint(RecordId[] cluster)
    {
        foreach (RecordId record in cluster)
        {
            if (_used.Add(OrganisationId.FirstSeenAs(record)))
            {
                return MintedAs(record);
            }
        }

        for (int life = 2; ; life++)
        {
            RecordId next = cluster[0] with { Record = $"{cluster[0].Record}\n{life}" };
            if (_used.Add(OrganisationId.FirstSeenAs(next)))
            {
                return MintedAs(next);
            }
        }
    }

    private OrganisationId MintedAs(RecordId founder)
    {
        var id = OrganisationId.FirstSeenAs(founder);
        _minted.Add(id, founder);
        return id;
    }
}
