using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Resolves a ledger's records to organisations, one to one: a record that an identity statement names is an organisation with
/// <see cref="OrganisationId.FirstSeenAs"/>. Findings, orders and case steps belong to their record's organisation, also those
/// that stand in the ledger before its identity. Not safe for several threads at once.
/// </summary>
public sealed class OrganisationResolver
{
    private readonly Dictionary<RecordId, List<Entry>> _entries = [];
    private readonly Dictionary<RecordId, SubjectKind> _subjects = [];
    private readonly List<RecordId> _order = [];

    /// <summary>Takes the next entry of the ledger.</summary>
    /// <exception cref="ArgumentException">The entry's number is not above that of the record's entry before.</exception>
    public void Add(Entry entry)
    {
        if (entry.Statement.Kind is StatementKind.Judgement or StatementKind.Publication or StatementKind.Run)
        {
            return;
        }

        RecordId record = entry.Statement.About;
        if (entry.Statement.Kind == StatementKind.Identity)
        {
            if (!_subjects.ContainsKey(record))
            {
                _order.Add(record);
            }

            _subjects[record] = entry.Statement.Subject ?? throw new ArgumentException($"entry {entry.Index} is an identity without a subject", nameof(entry));
        }

        ref List<Entry>? of = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, record, out _);
        of ??= [];
        if (of.Count > 0 && of[^1].Index >= entry.Index)
        {
            throw new ArgumentException($"entry {entry.Index} comes after entry {of[^1].Index}: give entries in ledger order", nameof(entry));
        }

        of.Add(entry);
    }

    /// <summary>Which organisation each record belongs to, as of the entries given so far.</summary>
    public Resolution Resolve()
    {
        var organisations = new Dictionary<RecordId, OrganisationId>(_order.Count);
        foreach (RecordId record in _order)
        {
            organisations.Add(record, OrganisationId.FirstSeenAs(record));
        }

        return new Resolution(organisations, []);
    }

    /// <summary>
    /// One dossier for each organisation, in the order in which their identities entered the ledger. The subject is that of the latest
    /// identity. Entries about records without an identity are in none: see <see cref="Unresolved"/>.
    /// </summary>
    public IEnumerable<Dossier> Dossiers()
    {
        foreach (RecordId record in _order)
        {
            yield return new Dossier(OrganisationId.FirstSeenAs(record), _subjects[record], [.. _entries[record]]);
        }
    }

    /// <summary>Entries about records that no identity statement names, in the order in which the records were first seen.</summary>
    public ImmutableArray<Entry> Unresolved() =>
        [.. _entries.Where(pair => !_subjects.ContainsKey(pair.Key)).SelectMany(pair => pair.Value).OrderBy(entry => entry.Index)];
}
