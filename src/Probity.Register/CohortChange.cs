using Probity.Evidence;
using Probity.Rating;

namespace Probity.Register;

/// <summary>What new statements change where ratings rest on a cohort: its statistics now, and whose ratings they move.</summary>
/// <param name="Cohort">The statistics now.</param>
/// <param name="Moved">Numbers of the organisations of which anything rated is other than before: the changed and the new, and their peers where a statistic moved.</param>
internal sealed record CohortChange(Cohort Cohort, IReadOnlySet<long> Moved)
{
    // Organisations whose dossiers are read together.
    private const int AtOnce = 1024;

    /// <summary>Compares two sizes of the ledger between which no record changed its organisation, and nothing that was said was withdrawn.</summary>
    /// <param name="methodology">The rules, the same at both times.</param>
    /// <param name="organisations">All organisations with their entries now, each once.</param>
    /// <param name="times">The earlier time and now; of one day.</param>
    /// <param name="read">Reads dossiers, all together.</param>
    public static CohortChange Of(Methodology methodology, IEnumerable<(long Number, OrganisationEntries Entries)> organisations, (AsOf Earlier, AsOf Now) times, Func<OrganisationEntries[], Dossier[]> read)
    {
        var numbers = new Dictionary<OrganisationId, long>();
        var changed = new List<Dossier>();
        IEnumerable<Dossier> AsTheyWere()
        {
            foreach ((long Number, OrganisationEntries Now)[] block in organisations.Chunk(AtOnce))
            {
                (long Number, OrganisationEntries Now)[] due = [.. block.Where(one => one.Now.Indexes[^1] >= times.Earlier.KnownAt)];
                foreach ((Dossier dossier, long number) in read([.. due.Select(one => one.Now)]).Zip(due.Select(one => one.Number)))
                {
                    changed.Add(dossier);
                    numbers[dossier.Organisation] = number;
                }

                (long Number, OrganisationEntries Now)[] known = [.. block.Where(one => one.Now.Indexes[0] < times.Earlier.KnownAt)];
                foreach ((Dossier dossier, long number) in read([.. known.Select(one => one.Now with { Indexes = Array.FindAll(one.Now.Indexes, index => index < times.Earlier.KnownAt) })]).Zip(known.Select(one => one.Number)))
                {
                    numbers[dossier.Organisation] = number;
                    yield return dossier;
                }
            }
        }

        PopulationRating before = Population.Of(methodology, AsTheyWere(), times.Earlier).Rate(Environment.ProcessorCount);
        PopulationRating after = before.With(changed, times.Now.KnownAt, Environment.ProcessorCount);
        return new CohortChange(after.ToCohort(), after.MovedSince(before).Select(row => numbers[after.OrganisationOf(row)]).ToHashSet());
    }
}
