using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>
/// The part of views.db that says which records are one organisation, written while a catch-up takes the ledger in. Only what differs from "each
/// record is an organisation of its own" has rows. Owned by one catch-up.
/// </summary>
internal sealed class LinkedViews : IDisposable
{
    /// <summary>The name under which linkage runs and judgements stand among the events.</summary>
    public const string Runs = "runs";
    public const string Judgements = "judgements";

    private readonly SqlStatement _member;
    private readonly SqlStatement _memberOf;
    private readonly SqlStatement _founder;
    private readonly SqlStatement _redirect;
    private readonly SqlStatement _event;
    private readonly SqlStatement _gone;
    private readonly SqlStatement _unsearched;

    public LinkedViews(SqliteConnection connection)
    {
        _member = new SqlStatement(connection, "INSERT OR REPLACE INTO member (rno, no, idx) VALUES (?, ?, ?)");
        _memberOf = new SqlStatement(connection, "SELECT no FROM member WHERE rno = ?");
        _founder = new SqlStatement(connection, "INSERT OR REPLACE INTO founder (no, source, record) VALUES (?, ?, ?)");
        _redirect = new SqlStatement(connection, "INSERT OR REPLACE INTO redirect (id, target, idx) VALUES (?, ?, ?)");
        _event = new SqlStatement(connection, "INSERT OR REPLACE INTO linkage (id, idx) VALUES (?, ?)");
        _gone = new SqlStatement(connection, "DELETE FROM organisation WHERE no = ?");
        _unsearched = new SqlStatement(connection, "DELETE FROM search WHERE rowid = ?");
    }

    /// <summary>Takes conclusions and judgements in, in ledger order; gives the numbers of the organisations that they change.</summary>
    /// <param name="entries">Statements of linkage and judgements.</param>
    /// <param name="numberOf">The number of a record; a new one, kept, where it is new.</param>
    public HashSet<long> Take(IEnumerable<Entry> entries, Func<RecordId, long> numberOf)
    {
        var changed = new HashSet<long>();
        foreach (Entry entry in entries)
        {
            if (Membership.Of(entry.Statement) is { } membership)
            {
                long record = numberOf(membership.Record);
                long organisation = numberOf(membership.Founder);
                changed.Add(OrganisationOf(record));
                changed.Add(organisation);
                _member.Bind(1, record).Bind(2, organisation).Bind(3, entry.Index).Run();
                _founder.Bind(1, organisation).Bind(2, membership.Founder.Source).Bind(3, membership.Founder.Record).Run();
            }
            else
            {
                Note(entry);
            }
        }

        return changed;
    }

    /// <summary>The number of a record's organisation.</summary>
    public long OrganisationOf(long record)
    {
        _memberOf.Bind(1, record);
        long organisation = record;
        while (_memberOf.Next())
        {
            organisation = _memberOf.Whole(0);
        }

        return organisation;
    }

    /// <summary>Takes an organisation out that has no records any more.</summary>
    public void Remove(long organisation)
    {
        _gone.Bind(1, organisation).Run();
        _unsearched.Bind(1, organisation).Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqlStatement statement in (ReadOnlySpan<SqlStatement>)[_member, _memberOf, _founder, _redirect, _event, _gone, _unsearched])
        {
            statement.Dispose();
        }
    }

    private void Note(Entry entry)
    {
        switch (ContinuationStatement.Read(entry.Statement))
        {
            case ContinuationEvent.Merged merged:
                _redirect.Bind(1, merged.From.ToString()).Bind(2, merged.Into.ToString()).Bind(3, entry.Index).Run();
                Event(merged.From.ToString(), entry.Index);
                Event(merged.Into.ToString(), entry.Index);
                break;
            case ContinuationEvent.Split split:
                Event(split.From.ToString(), entry.Index);
                Event(split.New.ToString(), entry.Index);
                break;
            default:
                Event(entry.Statement.Kind == StatementKind.Judgement ? Judgements : Runs, entry.Index);
                break;
        }
    }

    private void Event(string id, long index) => _event.Bind(1, id).Bind(2, index).Run();
}
