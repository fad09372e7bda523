using System.Globalization;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>One organisation as the views keep it.</summary>
/// <param name="No">Its number in these views, from 1; another after a rebuild from another ledger.</param>
/// <param name="Summary">What lists show.</param>
/// <param name="Leaf">The digest of its canonical rating.</param>
internal sealed record OrganisationRow(long No, OrganisationSummary Summary, Digest Leaf)
{
    /// <summary>The forms of it that only views.db has, made where the row is rated (many threads rate, one writes); null for a row read back.</summary>
    public RowTexts? Texts { get; init; }
}

/// <summary>What views.db keeps of an organisation besides its particulars.</summary>
/// <param name="Name">The words of its name.</param>
/// <param name="Place">The words of its place, authority and type.</param>
/// <param name="Dimensions">Its dimensions as lines.</param>
internal readonly record struct RowTexts(string Name, string Place, string Dimensions)
{
    public static RowTexts Of(OrganisationSummary summary)
    {
        Particulars who = summary.Particulars;
        return new RowTexts(
            SearchWords.Normal(who.Name),
            SearchWords.Normal($"{who.Address} {who.Postcode} {who.Postcode.Replace(" ", "", StringComparison.Ordinal)} {who.Authority} {who.Type}"),
            ViewText.Of(summary.Standing.Dimensions));
    }
}

/// <summary>Writes views.db in one transaction: all of a catch-up is seen, or none of it.</summary>
internal sealed class ViewWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly FacetWords _facets = new();
    private bool _committed;
    private readonly SqlStatement _statement;
    private readonly SqlStatement _record;
    private readonly SqlStatement _organisation;
    private readonly SqlStatement _forget;
    private readonly SqlStatement _search;

    public ViewWriter(SqliteConnection connection)
    {
        _connection = connection;
        ViewFile.Execute(connection, "BEGIN IMMEDIATE");
        _statement = new SqlStatement(connection, "INSERT INTO statement (no, first, count) VALUES (?, ?, ?)");
        _record = new SqlStatement(connection, "INSERT INTO record (source, record, no) VALUES (?, ?, ?)");
        _organisation = new SqlStatement(
            connection,
            """
            INSERT OR REPLACE INTO organisation (no, id, source, record, name, type, address, postcode, authority, authority_code,
                outcome, label, score, status, published, rated_on, dimensions, methodology, band_probability, leaf)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        _forget = new SqlStatement(connection, "DELETE FROM search WHERE rowid = ?");
        _search = new SqlStatement(connection, "INSERT INTO search (rowid, name, place, facets) VALUES (?, ?, ?, ?)");
    }

    public void AddRecord(RecordId record, long no) => _record.Bind(1, record.Source).Bind(2, record.Record).Bind(3, no).Run();

    /// <summary>Says that an organisation's entries include some that stand one behind the other.</summary>
    public void AddStatements(long no, long first, long count) => _statement.Bind(1, no).Bind(2, first).Bind(3, count).Run();

    public void AddPublication(long index) => Execute("INSERT OR IGNORE INTO publication (idx) VALUES ($0)", index);

    public void AddRun(long index) => Execute("INSERT OR IGNORE INTO run (idx) VALUES ($0)", index);

    /// <summary>Writes an organisation and what finds it; <paramref name="known"/> says that these views hold an earlier form of it.</summary>
    public void Put(OrganisationRow row, bool known)
    {
        Particulars who = row.Summary.Particulars;
        Standing standing = row.Summary.Standing;
        RowTexts texts = row.Texts ?? RowTexts.Of(row.Summary);
        Span<byte> leaf = stackalloc byte[Digest.Length];
        row.Leaf.CopyTo(leaf);
        _organisation
            .Bind(1, row.No).Bind(2, row.Summary.Id.ToString()).Bind(3, row.Summary.Record.Source).Bind(4, row.Summary.Record.Record)
            .Bind(5, who.Name).Bind(6, who.Type).Bind(7, who.Address).Bind(8, who.Postcode).Bind(9, who.Authority).Bind(10, who.AuthorityCode)
            .Bind(11, standing.Outcome).Bind(12, standing.Label).Bind(13, standing.Score?.ToString(CultureInfo.InvariantCulture))
            .Bind(14, (long)standing.Status).Bind(15, standing.Published).Bind(16, standing.RatedOn is { } day ? Day.Text(day) : null)
            .Bind(17, texts.Dimensions).Bind(18, standing.Methodology)
            .Bind(19, standing.BandProbability?.ToString(CultureInfo.InvariantCulture)).Bind(20, leaf)
            .Run();
        if (known)
        {
            _forget.Bind(1, row.No).Run();
        }

        _search
            .Bind(1, row.No)
            .Bind(2, texts.Name)
            .Bind(3, texts.Place)
            .Bind(4, _facets.Of(who.AuthorityCode, who.Type, standing.Outcome))
            .Run();
    }

    /// <summary>Makes the indexes and the tallies; once at the end of every catch-up.</summary>
    public void Finish()
    {
        Execute(ViewSchema.Indexes);
        Execute(ViewSchema.Tallies);
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
        foreach (SqlStatement statement in (ReadOnlySpan<SqlStatement>)[_statement, _record, _organisation, _forget, _search])
        {
            statement.Dispose();
        }

        if (!_committed)
        {
            Forget();
        }
    }

    /// <summary>Takes back what was not committed.</summary>
    private void Forget()
    {
        try
        {
            ViewFile.Execute(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // the store has rolled back by itself, as it does when the disk is full
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

    private void Execute(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Prepare(sql, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }
}
