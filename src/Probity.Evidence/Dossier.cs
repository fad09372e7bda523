using System.Collections.Immutable;

namespace Probity.Evidence;

/// <summary>A statement at its place in the ledger.</summary>
/// <param name="Index">The entry's number, from 0.</param>
/// <param name="Statement">What stands there.</param>
public readonly record struct Entry(long Index, Statement Statement);

/// <summary>Everything the ledger says about one organisation.</summary>
/// <param name="Organisation">Whose it is.</param>
/// <param name="Subject">What kind of subject it is.</param>
/// <param name="Entries">Its statements in ledger order.</param>
public sealed record Dossier(OrganisationId Organisation, SubjectKind Subject, ImmutableArray<Entry> Entries)
{
    /// <summary>Up to here, looking at every later entry is quicker than a table of slots.</summary>
    private const int FewEntries = 16;

    /// <summary>
    /// What counts as of a day and a ledger size, in ledger order: entries below <see cref="AsOf.KnownAt"/>, true by
    /// <see cref="AsOf.ValidAt"/> (or without a day), and the latest of each slot.
    /// </summary>
    public ImmutableArray<Entry> At(AsOf asOf)
    {
        ImmutableArray<Entry>.Builder counting = ImmutableArray.CreateBuilder<Entry>(Entries.Length);
        Dictionary<Slot, long>? latest = Entries.Length > FewEntries ? LatestOfSlots(asOf) : null;
        for (int i = 0; i < Entries.Length; i++)
        {
            Entry entry = Entries[i];
            if (Counts(entry, asOf) && (latest is null ? IsLatest(i, asOf) : latest[entry.Statement.Slot] == entry.Index))
            {
                counting.Add(entry);
            }
        }

        return counting.DrainToImmutable();
    }

    /// <summary>
    /// The latest of some statements, given in ledger order; null where there are none. A later day wins; on the same day, or where
    /// one of two has no day, what was recorded later wins.
    /// </summary>
    public static Entry? Latest(IEnumerable<Entry> entries)
    {
        Entry? latest = null;
        foreach (Entry entry in entries)
        {
            bool wins = latest is not { } current
                || current.Statement.ValidFrom is not { } before
                || entry.Statement.ValidFrom is not { } day
                || day >= before;
            latest = wins ? entry : latest;
        }

        return latest;
    }

    private Dictionary<Slot, long> LatestOfSlots(AsOf asOf)
    {
        var latest = new Dictionary<Slot, long>();
        foreach (Entry entry in Entries)
        {
            if (Counts(entry, asOf))
            {
                latest[entry.Statement.Slot] = entry.Index;
            }
        }

        return latest;
    }

    /// <summary>Whether none of the later entries that count fills the same slot.</summary>
    private bool IsLatest(int place, AsOf asOf)
    {
        Slot slot = Entries[place].Statement.Slot;
        for (int i = place + 1; i < Entries.Length; i++)
        {
            if (Entries[i].Statement.Slot == slot && Counts(Entries[i], asOf))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Counts(Entry entry, AsOf asOf) =>
        entry.Index < asOf.KnownAt && (entry.Statement.ValidFrom is not { } day || day <= asOf.ValidAt);
}
