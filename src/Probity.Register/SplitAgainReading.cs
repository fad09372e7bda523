using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Linkage;

namespace Probity.Register;

/// <summary>
/// An identifier that was merged into an organisation whose record was split off again since. It redirects for ever to the organisation that it was
/// merged into, and stands for none of its records any more.
/// </summary>
/// <param name="Former">The identifier.</param>
/// <param name="Now">The organisation that the record belongs to now, after which the identifier was given.</param>
/// <param name="Merged">When the ledger first promised the merge; null where no checkpoint covers it yet.</param>
/// <param name="Split">When it first promised the split.</param>
/// <param name="Index">The ledger entry that states the split.</param>
public sealed record SplitAgain(OrganisationId Former, OrganisationId Now, DateTimeOffset? Merged, DateTimeOffset? Split, long Index);

/// <summary>Reads which identifiers that redirect to an organisation stand for another one's records.</summary>
internal static class SplitAgainReading
{
    /// <summary>Those of one organisation, in the order in which they were merged.</summary>
    /// <param name="reader">The register.</param>
    /// <param name="history">Merges and splits of the organisation.</param>
    /// <param name="id">The organisation.</param>
    /// <param name="asOf">As of when.</param>
    public static ImmutableArray<SplitAgain> Read(RegisterReader reader, ImmutableArray<LinkageEvent> history, OrganisationId id, AsOf asOf)
    {
        var known = new Dictionary<OrganisationId, ImmutableArray<LinkageEvent>> { [id] = history };
        List<LinkageEvent> merges = [.. MergesInto(reader, id, known, asOf)];
        LinkageEvent[] splits = [.. known.SelectMany(one => one.Value.Where(happened => happened.Happened is ContinuationEvent.Split split && split.From == one.Key))];
        if (merges.Count == 0 || splits.Length == 0)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<SplitAgain>();
        foreach (LinkageEvent split in splits)
        {
            OrganisationId parted = ((ContinuationEvent.Split)split.Happened).New;
            OrganisationId now = reader.Linkage.RedirectOf(parted, asOf) ?? parted;
            HashSet<OrganisationId> names = now == id ? [] : [.. reader.Linkage.MembersOf(now, asOf).Select(OrganisationId.FirstSeenAs)];
            found.AddRange(merges.Where(merge => merge.Index < split.Index && names.Contains(((ContinuationEvent.Merged)merge.Happened).From))
                .Select(merge => new SplitAgain(((ContinuationEvent.Merged)merge.Happened).From, now, merge.At, split.At, split.Index)));
        }

        return found.ToImmutable();
    }

    /// <summary>Merges into an organisation, and into those that were merged into it; their histories are noted.</summary>
    private static IEnumerable<LinkageEvent> MergesInto(RegisterReader reader, OrganisationId id, Dictionary<OrganisationId, ImmutableArray<LinkageEvent>> known, AsOf asOf)
    {
        foreach (LinkageEvent happened in known[id])
        {
            if (happened.Happened is ContinuationEvent.Merged merged && merged.Into == id && !known.ContainsKey(merged.From))
            {
                known[merged.From] = reader.Linkage.HistoryOf(merged.From, asOf);
                yield return happened;
                foreach (LinkageEvent earlier in MergesInto(reader, merged.From, known, asOf))
                {
                    yield return earlier;
                }
            }
        }
    }
}
