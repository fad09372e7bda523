using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>What a register concluded and what people judged so far: a fold over the ledger's statements of linkage and judgements.</summary>
public sealed class LinkageHistory
{
    private readonly Dictionary<RecordId, Membership> _memberships = [];
    private readonly Dictionary<OrganisationId, OrganisationId> _redirects = [];
    private readonly HashSet<OrganisationId> _given = [];
    private readonly List<RecordJudgement> _judgements = [];

    /// <summary>The latest conclusion about each record that has one.</summary>
    public IReadOnlyDictionary<RecordId, Membership> Memberships => _memberships;

    /// <summary>Identifiers that redirect, and to what.</summary>
    public IReadOnlyDictionary<OrganisationId, OrganisationId> Redirects => _redirects;

    /// <summary>Identifiers that linkage gave or retired: none is ever given again.</summary>
    public IReadOnlySet<OrganisationId> Given => _given;

    /// <summary>People's judgements in ledger order, also those taken back since.</summary>
    public IReadOnlyList<RecordJudgement> Judgements => _judgements;

    /// <summary>Takes the next entry; entries that are neither conclusions nor judgements say nothing here.</summary>
    public void Add(Entry entry)
    {
        if (JudgementStatement.Read(entry) is { } judgement)
        {
            _judgements.Add(judgement);
        }
        else if (Membership.Of(entry.Statement) is { } membership)
        {
            _memberships[membership.Record] = membership;
            _given.Add(membership.Organisation);
        }
        else if (ContinuationStatement.Read(entry.Statement) is ContinuationEvent.Merged merged)
        {
            _redirects[merged.From] = merged.Into;
            _given.Add(merged.From);
        }
    }

    /// <summary>The record that founded a record's organisation.</summary>
    public RecordId FounderOf(RecordId record) => _memberships.TryGetValue(record, out Membership? membership) ? membership.Founder : record;
}
