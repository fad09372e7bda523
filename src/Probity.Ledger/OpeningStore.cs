using Microsoft.Data.Sqlite;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// openings.db: the values of redactable fields with their salts, and where a value was erased, its commitment alone. One thread uses it at a time. What a committed transaction holds is
/// on disk. Lost, every value is gone as if it were redacted, without a reason; a forger of it is found out by the commitments in the ledger. Its journal is a file that SQLite deletes with
/// each transaction, what is deleted is overwritten, and an erasure rewrites the whole file: no byte of an erased value stays.
/// </summary>
internal sealed class OpeningStore : IDisposable
{
    public const string FileName = "openings.db";

    private const long SchemaVersion = 2;

    private const string Schema = """
        CREATE TABLE opening (slot BLOB NOT NULL, field TEXT NOT NULL, idx INTEGER NOT NULL, commitment TEXT NOT NULL, salt TEXT, value TEXT, PRIMARY KEY (slot, field, idx)) WITHOUT ROWID;
        CREATE INDEX opening_idx ON opening (idx);
        CREATE TABLE rewrite (due INTEGER NOT NULL);
        INSERT INTO rewrite VALUES (0);
        """;

    /// <summary>Schema 1 kept what the ledger alone says: which entries are redactions, and up to which of them values were erased.</summary>
    private const string FromSchema1 = """
        DROP TABLE redaction;
        DROP TABLE known;
        CREATE TABLE rewrite (due INTEGER NOT NULL);
        INSERT INTO rewrite VALUES (1);
        """;

    private readonly SqliteConnection _connection;

    private OpeningStore(SqliteConnection connection) => _connection = connection;

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Opens the store; for writing it is made where it is absent, for reading there is none then.</summary>
    /// <exception cref="LedgerRefusedException">It is of a newer version.</exception>
    public static OpeningStore? Open(string folder, bool forWriting)
    {
        if (!forWriting && !IsIn(folder))
        {
            return null;
        }

        string path = Path.Combine(folder, FileName);
        // a journal that a killed writer left is put back by whoever opens the store next, which a reader that may not write cannot do
        SqliteOpenMode mode = forWriting ? SqliteOpenMode.ReadWriteCreate : File.Exists(path + "-journal") ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        OpeningStore? store = null;
        try
        {
            connection.Open();
            var opened = new OpeningStore(connection);
            opened.Prepare(folder, forWriting);
            return store = opened;
        }
        finally
        {
            if (store is null)
            {
                connection.Dispose();
            }
        }
    }

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    public void Rollback() => Execute("ROLLBACK");

    /// <summary>The latest commitment of a field of a slot with its opening; an opening of null where it was erased, null where there never was one.</summary>
    public (string Commitment, Opening? Opening)? Latest(Digest slot, string field)
    {
        using SqliteCommand command = Command("SELECT commitment, salt, value FROM opening WHERE slot = $0 AND field = $1 ORDER BY idx DESC LIMIT 1", slot.ToBytes(), field);
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? (row.GetString(0), row.IsDBNull(1) ? null : new Opening(field, row.GetString(1), row.GetString(2))) : null;
    }

    /// <summary>Keeps an opening, or where there is none, that the value was erased.</summary>
    public void Put((Digest Slot, string Field, long Index) place, string commitment, Opening? opening) => Execute(
        "INSERT OR REPLACE INTO opening (slot, field, idx, commitment, salt, value) VALUES ($0, $1, $2, $3, $4, $5)",
        place.Slot.ToBytes(), place.Field, place.Index, commitment, (object?)opening?.Salt ?? DBNull.Value, (object?)opening?.Value ?? DBNull.Value);

    /// <summary>Whether a field of a slot is known here and nothing of its values is kept.</summary>
    public bool IsErased(Digest slot, string field)
    {
        using SqliteCommand command = Command("SELECT count(*) > 0 AND count(salt) + count(value) = 0 FROM opening WHERE slot = $0 AND field = $1", slot.ToBytes(), field);
        return Convert.ToInt64(command.ExecuteScalar()) == 1;
    }

    /// <summary>Erases the values of a field in all entries of a slot; the commitments stay.</summary>
    public void Erase(Digest slot, string field) => Execute("UPDATE opening SET salt = NULL, value = NULL WHERE slot = $0 AND field = $1", slot.ToBytes(), field);

    /// <summary>Takes away what belongs to entries that never came to be.</summary>
    public void DropFrom(long size) => Execute("DELETE FROM opening WHERE idx >= $0", size);

    /// <summary>Whether an erasure was begun and the file not yet written anew.</summary>
    public bool IsRewriteDue
    {
        get => Convert.ToInt64(Scalar("SELECT due FROM rewrite")) != 0;
        set => Execute("UPDATE rewrite SET due = $0", value ? 1 : 0);
    }

    /// <summary>Writes the whole file anew, so that no page holds what was erased.</summary>
    public void Rewrite()
    {
        Execute("VACUUM");
        IsRewriteDue = false;
    }

    /// <summary>What is kept of entries from … to − 1, in the order of entries and fields; a salt or a value alone counts as an opening, so that it is found out.</summary>
    public IReadOnlyList<KeptOpening> Read(long from, long to)
    {
        using SqliteCommand command = Command("SELECT slot, field, idx, commitment, salt, value FROM opening WHERE idx >= $0 AND idx < $1 ORDER BY idx, field", from, to);
        using SqliteDataReader row = command.ExecuteReader();
        var all = new List<KeptOpening>();
        while (row.Read())
        {
            Opening? opening = row.IsDBNull(4) && row.IsDBNull(5) ? null : new Opening(row.GetString(1), row.IsDBNull(4) ? "" : row.GetString(4), row.IsDBNull(5) ? "" : row.GetString(5));
            all.Add(new KeptOpening(row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetInt64(2), row.GetString(3), opening));
        }

        return all;
    }

    /// <summary>In which runs of 256 entries anything is kept, in their order.</summary>
    public IReadOnlyList<long> Bundles()
    {
        using SqliteCommand command = Command("SELECT DISTINCT idx >> 8 FROM opening ORDER BY 1");
        return Numbers(command);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Prepare(string folder, bool forWriting)
    {
        Execute("PRAGMA busy_timeout=10000");
        long version = Convert.ToInt64(Scalar("PRAGMA user_version"));
        if (version > SchemaVersion)
        {
            throw new LedgerRefusedException(LedgerRefusals.NewerVersion, $"'{Path.Combine(folder, FileName)}' was written by a newer version (schema {version}, this program knows {SchemaVersion}); use that version");
        }

        if (!forWriting)
        {
            Execute("PRAGMA query_only=ON");
            return;
        }

        Execute("PRAGMA journal_mode=DELETE");
        Execute("PRAGMA synchronous=EXTRA");
        Execute("PRAGMA secure_delete=ON");
        if (version == 0)
        {
            Execute($"BEGIN; {Schema} PRAGMA user_version={SchemaVersion}; COMMIT");
        }
        else if (version < SchemaVersion)
        {
            Execute($"BEGIN; {FromSchema1} PRAGMA user_version={SchemaVersion}; COMMIT");
        }
    }

    private static List<long> Numbers(SqliteCommand command)
    {
        using SqliteDataReader row = command.ExecuteReader();
        var all = new List<long>();
        while (row.Read())
        {
            all.Add(row.GetInt64(0));
        }

        return all;
    }

    private object? Scalar(string sql)
    {
        using SqliteCommand command = Command(sql);
        return command.ExecuteScalar();
    }

    private void Execute(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i, values[i]);
        }

        return command;
    }
}
