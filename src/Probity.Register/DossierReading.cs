using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>Dossiers read from the ledger.</summary>
internal static class DossierReading
{
    /// <summary>The dossier made of the entries at some places, given in ledger order and at least one.</summary>
    public static Dossier Read(TransparencyLog log, IReadOnlyList<long> indexes)
    {
        ImmutableArray<Entry> entries = [.. log.ReadMany(indexes)];
        Statement first = entries[0].Statement;
        return new Dossier(OrganisationId.FirstSeenAs(first.About), first.Subject ?? SubjectKind.Establishment, entries);
    }
}
