using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>What follows for a register from a linkage: merges and splits, and which records now belong elsewhere.</summary>
/// <param name="Events">Merges and splits.</param>
/// <param name="Memberships">Conclusions about records that joined, left or are tied by other evidence than before.</param>
/// <param name="Joined">How many records that are new joined an organisation of others.</param>
public sealed record LinkageConclusion(IReadOnlyList<ContinuationEvent> Events, IReadOnlyList<Membership> Memberships, int Joined)
{
    /// <summary>Draws the conclusions.</summary>
    /// <param name="linked">What was linked.</param>
    /// <param name="before">What the register concluded before.</param>
    /// <param name="isKnown">Whether a record was in the register before, so that its identifier was published.</param>
    public static LinkageConclusion Of(Relinking linked, LinkageHistory before, Func<RecordId, bool> isKnown)
    {
        var founders = new Dictionary<OrganisationId, RecordId>();
        var organisations = new Dictionary<RecordId, OrganisationId>();
        foreach (RecordId record in linked.Clusters.SelectMany(cluster => cluster).Where(isKnown))
        {
            RecordId founder = before.FounderOf(record);
            OrganisationId organisation = OrganisationId.FirstSeenAs(founder);
            founders[organisation] = founder;
            organisations.Add(record, organisation);
        }

        ClusterContinuation after = ClusterContinuation.Of(organisations, before.Given, linked.Clusters);
        var memberships = new List<Membership>();
        int joined = 0;
        foreach (RecordId[] cluster in linked.Clusters)
        {
            OrganisationId organisation = after.Organisations[cluster[0]];
            RecordId founder = after.Minted.TryGetValue(organisation, out RecordId minted) ? minted : founders[organisation];
            foreach (RecordId record in cluster)
            {
                joined += record != founder && !isKnown(record) ? 1 : 0;
                if (IsNews(record, founder, cluster, before))
                {
                    memberships.Add(new Membership(record, founder, linked.GroundOf(record, cluster)));
                }
            }
        }

        return new LinkageConclusion(after.Events, memberships, joined);
    }

    /// <summary>Whether a record belongs elsewhere now, or what tied it to its organisation is gone.</summary>
    private static bool IsNews(RecordId record, RecordId founder, RecordId[] cluster, LinkageHistory before)
    {
        if (before.FounderOf(record) != founder)
        {
            return true;
        }

        return before.Memberships.TryGetValue(record, out Membership? known)
            ? (known.Ground.Partner is { } partner ? !cluster.Contains(partner) : cluster.Length > 1)
            : false;
    }
}
