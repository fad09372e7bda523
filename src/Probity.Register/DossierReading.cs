using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>Dossiers read from the ledger.</summary>
internal static class DossierReading
{
    /// <summary>The dossier of an organisation that has entries.</summary>
    public static Dossier Read(TransparencyLog log, OrganisationEntries organisation) => Of(organisation, [.. log.ReadMany(organisation.Indexes)]);

    /// <summary>The dossiers of several organisations that have entries, read together.</summary>
    public static Dossier[] ReadAll(TransparencyLog log, ReadOnlySpan<OrganisationEntries> organisations)
    {
        var indexes = new List<long>();
        bool mixed = false;
        foreach (OrganisationEntries one in organisations)
        {
            mixed |= one.Founder is not null;
            indexes.AddRange(one.Indexes);
        }

        if (mixed)
        {
            return [.. organisations.ToArray().Select(one => Read(log, one))];
        }

        IReadOnlyList<Entry> entries = log.ReadMany(indexes);
        var dossiers = new Dossier[organisations.Length];
        int from = 0;
        for (int i = 0; i < dossiers.Length; i++)
        {
            ImmutableArray<Entry>.Builder own = ImmutableArray.CreateBuilder<Entry>(organisations[i].Indexes.Length);
            for (int end = from + organisations[i].Indexes.Length; from < end; from++)
            {
                own.Add(entries[from]);
            }

            dossiers[i] = Of(organisations[i], own.MoveToImmutable());
        }

        return dossiers;
    }

    private static Dossier Of(OrganisationEntries organisation, ImmutableArray<Entry> entries)
    {
        Entry? identity = entries.Cast<Entry?>().LastOrDefault(entry => entry!.Value.Statement.Kind == StatementKind.Identity);
        Statement speaking = (identity ?? entries[0]).Statement;
        return new Dossier(OrganisationId.FirstSeenAs(organisation.Founder ?? entries[0].Statement.About), speaking.Subject ?? SubjectKind.Establishment, entries);
    }
}

/// <summary>Where the entries of an organisation's records stand.</summary>
/// <param name="Founder">The record that gave it its identifier; null where it is a record on its own.</param>
/// <param name="Indexes">Its entries in ledger order; empty where its records belong to other organisations now.</param>
internal readonly record struct OrganisationEntries(RecordId? Founder, long[] Indexes);
