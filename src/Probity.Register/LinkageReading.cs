using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;

namespace Probity.Register;

/// <summary>A record of an organisation.</summary>
/// <param name="Record">The record.</param>
/// <param name="Name">The name its source gives.</param>
/// <param name="Address">The address its source gives, with the postcode; may be empty.</param>
/// <param name="Membership">Why it belongs to the organisation; null where it founded it and nothing else was concluded since.</param>
/// <param name="Index">The ledger entry that says so: the conclusion, or the record's first identity.</param>
public sealed record LinkedRecord(RecordId Record, string Name, string Address, Membership? Membership, long Index);

/// <summary>A merge or split of an organisation.</summary>
/// <param name="Happened">What happened.</param>
/// <param name="Index">The ledger entry that states it.</param>
/// <param name="At">When the ledger first promised that entry (its checkpoint's time); null where none covers it yet.</param>
public sealed record LinkageEvent(ContinuationEvent Happened, long Index, DateTimeOffset? At);

/// <summary>What a linkage came to, as its run stated it.</summary>
/// <param name="Index">The ledger entry.</param>
/// <param name="Report">The report that the entry names by its SHA-256 (formats/linkage.md).</param>
public sealed record LinkageStated(long Index, JsonObject Report);

/// <summary>Reads which records are one organisation, why, and what came of it, from the ledger through the register's views.</summary>
public sealed class LinkageReading
{
    private readonly RegisterReader _reader;

    internal LinkageReading(RegisterReader reader) => _reader = reader;

    /// <summary>The organisation that an identifier stood for at a time; null where it was never merged into another by then.</summary>
    public OrganisationId? RedirectOf(OrganisationId id, AsOf asOf)
    {
        OrganisationId current = _reader.Knowing(asOf).Ask(views => Resolution.Follow(id, views.RedirectOf));
        return current == id ? null : current;
    }

    /// <summary>Whether linkage was stated by a time.</summary>
    public bool IsStated(AsOf asOf) => _reader.Knowing(asOf).Ask(views => views.LinkageEvents(LinkedViews.Runs)).Any(index => index < asOf.KnownAt);

    /// <summary>Every identifier that redirects, with what it was merged into and the entry that says so, by identifier.</summary>
    public IReadOnlyList<(string Id, string Target, long Index)> Redirects(AsOf asOf) => _reader.Knowing(asOf).Ask(views => views.Redirects());

    /// <summary>Merges and splits of an organisation by a time, in ledger order.</summary>
    public ImmutableArray<LinkageEvent> HistoryOf(OrganisationId id, AsOf asOf)
    {
        (long Index, ContinuationEvent? Happened)[] events =
            [.. Entries(id.ToString(), asOf).Select(entry => (entry.Index, Happened: ContinuationStatement.Read(entry.Statement))).Where(one => one.Happened is not null)];
        IReadOnlyList<SignedCheckpoint> checkpoints = events.Length > 0 ? _reader.Log.Checkpoints() : [];
        return [.. events.Select(one => new LinkageEvent(one.Happened!, one.Index, checkpoints.FirstOrDefault(signed => signed.Size > one.Index)?.At))];
    }

    /// <summary>The name of an organisation, or of the one that it was merged into; empty where there is none at a time.</summary>
    public string NameOf(OrganisationId id, AsOf asOf) =>
        _reader.Knowing(asOf).Ask(views => views.ById(Resolution.Follow(id, views.RedirectOf)) is { } one ? one.Summary.Particulars.Name : "");

    /// <summary>The records that were concluded to belong to an organisation by a time, in no order; the one that founded it may be missing.</summary>
    internal IEnumerable<RecordId> MembersOf(OrganisationId id, AsOf asOf) =>
        _reader.Log.ReadMany(_reader.Knowing(asOf).Ask(views => views.ById(id) is { } one ? views.MembershipsOf(one.No) : [])).Select(entry => entry.Statement.About);

    /// <summary>People's judgements by a time, in ledger order; also those that were revoked or judged anew since.</summary>
    public ImmutableArray<RecordJudgement> Judgements(AsOf asOf) =>
        [.. JudgementEntries(asOf).Select(JudgementStatement.Read).OfType<RecordJudgement>()];

    /// <summary>The last linkage stated by a time; null where the register does not link.</summary>
    public LinkageStated? LastRun(AsOf asOf)
    {
        Entry? last = Entries(LinkedViews.Runs, asOf).Cast<Entry?>().LastOrDefault();
        return last is { } entry
            && Digest.TryParse(entry.Statement.Body.TextOf("report"), out Digest report)
            && _reader.Log.FindDocument(report) is { } document
            && JsonNode.Parse(document) is JsonObject json
            ? new LinkageStated(entry.Index, json)
            : null;
    }

    /// <summary>The linkage.yaml of the last linkage stated by a time; null where the register does not link.</summary>
    public LinkageSpecification? Specification(AsOf asOf)
    {
        Entry? last = Entries(LinkedViews.Runs, asOf).Cast<Entry?>().LastOrDefault();
        return last is { } entry
            && Digest.TryParse(entry.Statement.Body.TextOf("specification"), out Digest specification)
            && _reader.Log.FindDocument(specification) is { } document
            ? LinkageSpecification.Read("linkage.yaml", Encoding.UTF8.GetString(document), [])
            : null;
    }

    /// <summary>The records of an organisation at a time, the first seen first.</summary>
    public ImmutableArray<LinkedRecord> RecordsOf(OrganisationId id, ImmutableArray<Entry> evidence, AsOf asOf)
    {
        ViewPool pool = _reader.Knowing(asOf);
        IReadOnlyList<long> indexes = pool.Ask(views => views.ById(id) is { } one ? views.MembershipsOf(one.No) : []);
        Dictionary<RecordId, (Membership Membership, long Index)> memberships = _reader.Log.ReadMany(indexes)
            .Select(entry => (Membership: Membership.Of(entry.Statement), entry.Index))
            .Where(one => one.Membership is not null)
            .ToDictionary(one => one.Membership!.Record, one => (one.Membership!, one.Index));
        return [.. evidence.Where(entry => entry.Statement.Kind == StatementKind.Identity).GroupBy(entry => entry.Statement.About).Select(record => Of(record, memberships))];
    }

    private static LinkedRecord Of(IGrouping<RecordId, Entry> record, Dictionary<RecordId, (Membership Membership, long Index)> memberships)
    {
        Particulars who = Identity.Of(Dossier.Latest(record)!.Value.Statement.Body);
        string address = string.Join(", ", new[] { who.Address, who.Postcode }.Where(part => part.Length > 0));
        return memberships.TryGetValue(record.Key, out (Membership Membership, long Index) known)
            ? new LinkedRecord(record.Key, who.Name, address, known.Membership, known.Index)
            : new LinkedRecord(record.Key, who.Name, address, null, record.First().Index);
    }

    /// <summary>Judgements count as soon as they stand in the ledger, also those that no run has seen yet.</summary>
    private IEnumerable<Entry> JudgementEntries(AsOf asOf)
    {
        long seen = _reader.Seen.KnownAt;
        IEnumerable<Entry> known = Entries(LinkedViews.Judgements, asOf);
        return asOf.KnownAt < seen ? known : known.Concat(_reader.Log.ReadRange(seen, Math.Max(seen, _reader.Size)).Where(entry => entry.Statement.Kind == StatementKind.Judgement));
    }

    private IEnumerable<Entry> Entries(string id, AsOf asOf) =>
        _reader.Log.ReadMany([.. _reader.Knowing(asOf).Ask(views => views.LinkageEvents(id)).Where(index => index < asOf.KnownAt)]);
}
