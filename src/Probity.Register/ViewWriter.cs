using System.Globalization;
using Microsoft.Data.Sqlite;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>One organisation as the views keep it.</summary>
/// <param name="No">Its number in these views, from 1; another after a rebuild from another ledger.</param>
/// <param name="Summary">What lists show.</param>
/// <param name="Leaf">The digest of its canonical rating.</param>
internal sealed record OrganisationRow(long No, OrganisationSummary Summary, Digest Leaf);

/// <summary>Writes views.db in one transaction: all of a catch-up is seen, or none of it.</summary>
internal sealed class ViewWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private bool _committed;
    private readonly SqliteCommand _statement;
    private readonly SqliteCommand _record;
    private readonly SqliteCommand _organisation;
    private readonly SqliteCommand _forget;
    private readonly SqliteCommand _search;

    public ViewWriter(SqliteConnection connection)
    {
        _connection = connection;
        ViewFile.Execute(connection, "BEGIN IMMEDIATE");
        _statement = Prepare("INSERT OR IGNORE INTO statement (no, idx) VALUES ($0, $1)", 2);
        _record = Prepare("INSERT INTO record (source, record, no) VALUES ($0, $1, $2)", 3);
        _organisation = Prepare(
            """
            INSERT OR REPLACE INTO organisation (no, id, source, record, name, type, address, postcode, authority, authority_code,
                outcome, label, score, status, published, rated_on, dimensions, methodology, leaf)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            19);
        _forget = Prepare("DELETE FROM search WHERE rowid = $0", 1);
        _search = Prepare("INSERT INTO search (rowid, name, place, ids, facets) VALUES ($0, $1, $2, $3, $4)", 5);
    }

    public void AddRecord(RecordId record, long no) => Run(_record, record.Source, record.Record, no);

    public void AddStatement(long no, long index) => Run(_statement, no, index);

    public void AddPublication(long index) => Execute("INSERT OR IGNORE INTO publication (idx) VALUES ($0)", index);

    /// <summary>Writes an organisation and what finds it; <paramref name="known"/> says that these views hold an earlier form of it.</summary>
    public void Put(OrganisationRow row, bool known)
    {
        Particulars who = row.Summary.Particulars;
        Standing standing = row.Summary.Standing;
        Run(
            _organisation,
            row.No,
            row.Summary.Id.ToString(),
            row.Summary.Record.Source,
            row.Summary.Record.Record,
            who.Name,
            who.Type,
            who.Address,
            who.Postcode,
            who.Authority,
            who.AuthorityCode,
            standing.Outcome,
            standing.Label,
            standing.Score?.ToString(CultureInfo.InvariantCulture) ?? (object)DBNull.Value,
            (long)standing.Status,
            standing.Published,
            standing.RatedOn is { } day ? Day.Text(day) : DBNull.Value,
            ViewText.Of(standing.Dimensions),
            standing.Methodology,
            row.Leaf.ToBytes());
        if (known)
        {
            Run(_forget, row.No);
        }

        Run(
            _search,
            row.No,
            SearchWords.Normal(who.Name),
            SearchWords.Normal($"{who.Address} {who.Postcode} {who.Authority} {who.Type}"),
            SearchWords.Normal($"{row.Summary.Record.Record} {row.Summary.Id} {who.Postcode.Replace(" ", "", StringComparison.Ordinal)}"),
            ViewText.Facets(who.AuthorityCode, who.Type, standing.Outcome));
    }

    /// <summary>Makes the indexes and the tallies; once at the end of every catch-up.</summary>
    public void Finish()
    {
        Execute(ViewSchema.Indexes);
        Execute("DELETE FROM tally");
        Execute("INSERT INTO tally SELECT 'outcome', outcome, max(label), count(*) FROM organisation GROUP BY outcome");
        Execute("INSERT INTO tally SELECT 'authority', authority_code, max(authority), count(*) FROM organisation GROUP BY authority_code");
        Execute("INSERT INTO tally SELECT 'type', type, type, count(*) FROM organisation GROUP BY type");
        Execute("INSERT INTO tally SELECT 'status', status, status, count(*) FROM organisation GROUP BY status");
    }

    public void SetMeta(string key, string value) => Execute("INSERT OR REPLACE INTO meta (key, value) VALUES ($0, $1)", key, value);

    /// <summary>The leaves of all ratings in the order of organisations' identifiers.</summary>
    public IEnumerable<Digest> Leaves()
    {
        using SqliteCommand command = Prepare("SELECT leaf FROM organisation ORDER BY id", 0);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Digest.FromBytes(reader.GetFieldValue<byte[]>(0));
        }
    }

    public void Commit()
    {
        ViewFile.Execute(_connection, "COMMIT");
        _committed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in (ReadOnlySpan<SqliteCommand>)[_statement, _record, _organisation, _forget, _search])
        {
            command.Dispose();
        }

        if (!_committed)
        {
            ViewFile.Execute(_connection, "ROLLBACK");
        }
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
        }

        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private void Execute(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Prepare(sql, values.Length);
        Run(command, values);
    }
}
