using Probity.Evidence;
using Probity.Rating;

namespace Probity.Register;

/// <summary>What new statements change where ratings rest on a cohort: its statistics now, and whose ratings they move.</summary>
/// <param name="Cohort">The statistics now.</param>
/// <param name="Moved">Numbers of the organisations of which anything rated is other than before: the changed and the new, and their peers where a statistic moved.</param>
internal sealed record CohortChange(Cohort Cohort, IReadOnlySet<long> Moved)
{
    /// <summary>Compares two sizes of the ledger between which no record changed its organisation, and nothing that was said was withdrawn.</summary>
    /// <param name="methodology">The rules, the same at both times.</param>
    /// <param name="organisations">All organisations with their entries now, each once.</param>
    /// <param name="times">The earlier time and now; of one day.</param>
    /// <param name="read">Reads a dossier.</param>
    public static CohortChange Of(Methodology methodology, IEnumerable<(long Number, OrganisationEntries Entries)> organisations, (AsOf Earlier, AsOf Now) times, Func<OrganisationEntries, Dossier> read)
    {
        var numbers = new Dictionary<OrganisationId, long>();
        var changed = new List<Dossier>();
        IEnumerable<Dossier> AsTheyWere()
        {
            foreach ((long number, OrganisationEntries now) in organisations)
            {
                OrganisationEntries earlier = now with { Indexes = Array.FindAll(now.Indexes, index => index < times.Earlier.KnownAt) };
                if (earlier.Indexes.Length < now.Indexes.Length)
                {
                    changed.Add(read(now));
                    numbers[changed[^1].Organisation] = number;
                }

                if (earlier.Indexes.Length > 0)
                {
                    Dossier dossier = read(earlier);
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
