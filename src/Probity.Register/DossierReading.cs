using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>Dossiers read from the ledger.</summary>
internal static class DossierReading
{
    /// <summary>The dossier made of the entries at some places, given in ledger order and at least one.</summary>
    public static Dossier Read(TransparencyLog log, IReadOnlyList<long> indexes) => Of([.. log.ReadMany(indexes)]);

    /// <summary>The dossiers of several organisations, read together.</summary>
    public static Dossier[] ReadAll(TransparencyLog log, ReadOnlySpan<long[]> organisations)
    {
        var indexes = new List<long>();
        foreach (long[] one in organisations)
        {
            indexes.AddRange(one);
        }

        IReadOnlyList<Entry> entries = log.ReadMany(indexes);
        var dossiers = new Dossier[organisations.Length];
        int from = 0;
        for (int i = 0; i < dossiers.Length; i++)
        {
            ImmutableArray<Entry>.Builder own = ImmutableArray.CreateBuilder<Entry>(organisations[i].Length);
            for (int end = from + organisations[i].Length; from < end; from++)
            {
                own.Add(entries[from]);
            }

            dossiers[i] = Of(own.MoveToImmutable());
        }

        return dossiers;
    }

    private static Dossier Of(ImmutableArray<Entry> entries)
    {
        Statement first = entries[0].Statement;
        return new Dossier(OrganisationId.FirstSeenAs(first.About), first.Subject ?? SubjectKind.Establishment, entries);
    }
}
