using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Resolves a ledger's records to organisations by what the ledger itself says: a record that an identity statement names is an organisation with
/// <see cref="OrganisationId.FirstSeenAs"/>, unless a <see cref="Membership"/> says that it belongs to another; the latest one counts. A pure fold: the
/// model that concluded the memberships is not needed. Findings, orders and case steps belong to their record's organisation, also those that stand
/// in the ledger before its identity. A linkage statement of another form says nothing. Not safe for several threads at once.
/// </summary>
public sealed class OrganisationResolver
{
    private readonly Dictionary<RecordId, List<Entry>> _entries = [];
    private readonly Dictionary<RecordId, (SubjectKind Subject, long Index)> _subjects = [];
    private readonly Dictionary<RecordId, RecordId> _founders = [];
    private readonly Dictionary<OrganisationId, OrganisationId> _redirects = [];
    private readonly List<RecordId> _order = [];

    /// <summary>Takes the next entry of the ledger.</summary>
    /// <exception cref="ArgumentException">The entry's number is not above that of the record's entry before.</exception>
    public void Add(Entry entry)
    {
        switch (entry.Statement.Kind)
        {
            case StatementKind.Linkage:
                AddConclusion(entry.Statement);
                break;
            case StatementKind.Judgement or StatementKind.Publication or StatementKind.Run:
                break;
            default:
                AddEvidence(entry);
                break;
        }
    }

    /// <summary>Which organisation each record belongs to, as of the entries given so far.</summary>
    public Resolution Resolve()
    {
        var organisations = new Dictionary<RecordId, OrganisationId>(_order.Count);
        foreach (RecordId record in _order)
        {
            organisations.Add(record, OrganisationId.FirstSeenAs(FounderOf(record)));
        }

        return new Resolution(organisations, new Dictionary<OrganisationId, OrganisationId>(_redirects));
    }

    /// <summary>
    /// One dossier for each organisation, in the order in which the first identity of one of its records entered the ledger; entries of all its
    /// records in ledger order. The subject is that of the latest identity. Entries about records without an identity are in none: see
    /// <see cref="Unresolved"/>.
    /// </summary>
    public IEnumerable<Dossier> Dossiers()
    {
        ILookup<RecordId, RecordId> linked = _order.Where(_founders.ContainsKey).ToLookup(FounderOf);
        var done = new HashSet<RecordId>();
        foreach (RecordId record in _order)
        {
            RecordId founder = FounderOf(record);
            if (!linked.Contains(founder))
            {
                yield return new Dossier(OrganisationId.FirstSeenAs(record), _subjects[record].Subject, [.. _entries[record]]);
            }
            else if (done.Add(founder))
            {
                bool own = _subjects.ContainsKey(founder) && !_founders.ContainsKey(founder);
                yield return DossierOf(founder, own ? linked[founder].Prepend(founder) : linked[founder]);
            }
        }
    }

    /// <summary>Entries about records that no identity statement names, in the order in which the records were first seen.</summary>
    public ImmutableArray<Entry> Unresolved() =>
        [.. _entries.Where(pair => !_subjects.ContainsKey(pair.Key)).SelectMany(pair => pair.Value).OrderBy(entry => entry.Index)];

    private Dossier DossierOf(RecordId founder, IEnumerable<RecordId> records)
    {
        RecordId[] all = [.. records];
        return new Dossier(
            OrganisationId.FirstSeenAs(founder),
            all.Select(record => _subjects[record]).MaxBy(subject => subject.Index).Subject,
            [.. all.SelectMany(record => _entries[record]).OrderBy(entry => entry.Index)]);
    }

    private RecordId FounderOf(RecordId record) => _founders.GetValueOrDefault(record, record);

    private void AddConclusion(Statement statement)
    {
        if (Membership.Of(statement) is { } membership)
        {
            _founders[membership.Record] = membership.Founder;
        }
        else if (ContinuationStatement.Read(statement) is ContinuationEvent.Merged merged)
        {
            _redirects[merged.From] = merged.Into;
        }
    }

    private void AddEvidence(Entry entry)
    {
        RecordId record = entry.Statement.About;
        if (entry.Statement.Kind == StatementKind.Identity)
        {
            if (!_subjects.ContainsKey(record))
            {
                _order.Add(record);
            }

            _subjects[record] = (entry.Statement.Subject ?? throw new ArgumentException($"entry {entry.Index} is an identity without a subject", nameof(entry)), entry.Index);
        }

        ref List<Entry>? of = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, record, out _);
        of ??= [];
        if (of.Count > 0 && of[^1].Index >= entry.Index)
        {
            throw new ArgumentException($"entry {entry.Index} comes after entry {of[^1].Index}: give entries in ledger order", nameof(entry));
        }

        of.Add(entry);
    }
}
