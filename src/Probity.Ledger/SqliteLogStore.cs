using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// ledger.db over one connection, which one thread uses at a time. What a committed transaction holds is on disk (write-ahead log,
/// synchronous=FULL). Lost, the register is lost; whoever forges it is found out by verification against any kept checkpoint.
/// </summary>
internal sealed class SqliteLogStore : IDisposable
{
    /// <summary>Raised whenever a table changes; a folder of a higher version is refused.</summary>
    public const long SchemaVersion = 3;

    public const string FileName = "ledger.db";

    private const string Schema = """
        CREATE TABLE entry (idx INTEGER PRIMARY KEY, slot INTEGER NOT NULL, leaf8 INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE tile (level INTEGER NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n));
        CREATE TABLE checkpoint (size INTEGER NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL);
        CREATE TABLE document (hash BLOB PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE redaction (idx INTEGER PRIMARY KEY);
        """;

    private static ReadOnlySpan<byte> RedactionMark => "\"type\":\"redaction\""u8;

    private const int PageSize = 8_192;

    /// <summary>Pages written ahead that are worth moving into place.</summary>
    private const long MostPagesAhead = 4_000;

    /// <summary>Pages that a commit writes besides its entries' bytes: the edges of the entries and of the tiles.</summary>
    private const long PagesPerCommit = 6;

    private readonly SqliteConnection _connection;
    private long _ahead;
    private long _bytesAhead;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqlStatement? _addEntry;
    private SqlStatement? _findEntry;
    private long _version = SchemaVersion;

    private SqliteLogStore(SqliteConnection connection) => _connection = connection;

    public static SqliteLogStore Open(string folder, bool forWriting)
    {
        string path = Path.Combine(folder, FileName);
        SqliteOpenMode mode = forWriting ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        SqliteLogStore? store = null;
        try
        {
            connection.Open();
            var opened = new SqliteLogStore(connection);
            opened.Prepare(folder, forWriting);
            return store = opened;
        }
        catch (SqliteException trouble)
        {
            throw LedgerRefusedException.Of(trouble, folder);
        }
        finally
        {
            if (store is null)
            {
                connection.Dispose();
            }
        }
    }

    public long CountEntries() => Convert.ToInt64(Scalar("SELECT coalesce(max(idx) + 1, 0) FROM entry"));

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit()
    {
        Execute("COMMIT");
        _ahead += PagesPerCommit;
    }

    public void Rollback() => Execute("ROLLBACK");

    public void AddEntry(long index, ulong slot, ulong leaf8, ReadOnlySpan<byte> body)
    {
        _addEntry ??= new SqlStatement(_connection, "INSERT INTO entry (idx, slot, leaf8, body) VALUES (?, ?, ?, ?)");
        _addEntry.Bind(1, index).Bind(2, unchecked((long)slot)).Bind(3, unchecked((long)leaf8)).Bind(4, body).Run();
        _bytesAhead += body.Length;
    }

    /// <summary>Remembers, with the transaction that adds it, that an entry is a redaction.</summary>
    public void AddRedaction(long index) => Execute("INSERT INTO redaction (idx) VALUES ($0)", index);

    /// <summary>
    /// The entries that are redactions, well formed or not, in their order. In a folder that no writer has opened since schema 2 the entries themselves are searched.
    /// </summary>
    public IReadOnlyList<long> Redactions()
    {
        if (_version < 3)
        {
            return RedactionsAmongEntries();
        }

        using var rows = new SqlStatement(_connection, "SELECT idx FROM redaction ORDER BY idx");
        var all = new List<long>();
        while (rows.Next())
        {
            all.Add(rows.Whole(0));
        }

        return all;
    }

    /// <summary>
    /// Moves what was written ahead into ledger.db where 32 MiB have gathered. Called by the writer and not left to SQLite, which would do it within a commit
    /// and say nothing when the disk fails.
    /// </summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public void MoveAheadIntoPlace()
    {
        if (_ahead + (_bytesAhead / PageSize) >= MostPagesAhead)
        {
            MoveIntoPlace();
        }
    }

    public void PutTile(int level, long n, byte[] hashes) => Execute("INSERT OR REPLACE INTO tile (level, n, hashes) VALUES ($0, $1, $2)", level, n, hashes);

    public byte[]? FindTile(int level, long n) => Bytes(Scalar("SELECT hashes FROM tile WHERE level = $0 AND n = $1", level, n), "a tile");

    public byte[]? FindEntry(long index)
    {
        _findEntry ??= new SqlStatement(_connection, "SELECT body, leaf8 FROM entry WHERE idx = ?");
        bool isThere = _findEntry.Bind(1, index).Next();
        byte[]? body = isThere ? _findEntry.Bytes(0).ToArray() : null;
        ulong leaf8 = isThere ? unchecked((ulong)_findEntry.Whole(1)) : 0;
        _findEntry.Reset();
        if (body is not null)
        {
            RequireUnchanged(index, body, leaf8);
        }

        return body;
    }

    /// <summary>So that no page, rating or file is made from a bit that flipped; whether the hashes are those that were signed is for verification to say.</summary>
    private static void RequireUnchanged(long index, ReadOnlySpan<byte> body, ulong leaf8)
    {
        Span<byte> hash = stackalloc byte[Digest.Length];
        MerkleTree.LeafHash(body).CopyTo(hash);
        if (BinaryPrimitives.ReadUInt64BigEndian(hash) != leaf8)
        {
            throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"entry {index} does not hash to what was stored with it: its bytes were changed; restore the ledger from a backup and run 'probity verify'");
        }
    }

    public void AddCheckpoint(SignedCheckpoint checkpoint) =>
        Execute("INSERT INTO checkpoint (size, at, note) VALUES ($0, $1, $2)", checkpoint.Size, checkpoint.At.ToUniversalTime().ToString("O"), checkpoint.Note);

    public void PutDocument(Digest hash, byte[] body) => Execute("INSERT OR IGNORE INTO document (hash, body) VALUES ($0, $1)", hash.ToBytes(), body);

    public byte[]? FindDocument(Digest hash) => Bytes(Scalar("SELECT body FROM document WHERE hash = $0", hash.ToBytes()), "a document");

    private static byte[]? Bytes(object? stored, string what) => stored switch
    {
        null => null,
        byte[] bytes => bytes,
        _ => throw new InvalidDataException($"{what} is stored as {stored.GetType().Name} and not as bytes"),
    };

    /// <summary>The most pages the file may have; SQLite answers beyond it as it does on a full disk.</summary>
    public void LimitPages(long pages) => Scalar($"PRAGMA max_page_count={pages}");

    /// <summary>What is read of the entries from … to − 1, in order.</summary>
    /// <exception cref="LedgerRefusedException">One does not hash to what was stored with it.</exception>
    public IEnumerable<T> Entries<T>(long from, long to, EntryReading<T> read)
    {
        using var rows = new SqlStatement(_connection, "SELECT idx, body, leaf8 FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx");
        rows.Bind(1, from).Bind(2, to);
        while (rows.Next())
        {
            RequireUnchanged(rows.Whole(0), rows.Bytes(1), unchecked((ulong)rows.Whole(2)));
            yield return read(rows.Whole(0), rows.Bytes(1));
        }
    }

    /// <summary>The slot and the first 8 bytes of the leaf hash of every entry in order.</summary>
    public IEnumerable<(ulong Slot, ulong Leaf8)> Slots()
    {
        using var rows = new SqlStatement(_connection, "SELECT slot, leaf8 FROM entry ORDER BY idx");
        while (rows.Next())
        {
            yield return (unchecked((ulong)rows.Whole(0)), unchecked((ulong)rows.Whole(1)));
        }
    }

    /// <summary>The last checkpoint; null before the first.</summary>
    public (string At, string Note)? LastCheckpoint() => Scalar("SELECT max(rowid) FROM checkpoint") is long last ? CheckpointAt(last) : null;

    /// <summary>The last checkpoint of a size; null where none was signed.</summary>
    public (string At, string Note)? FindCheckpoint(long size) => Scalar("SELECT max(rowid) FROM checkpoint WHERE size = $0", size) is long row ? CheckpointAt(row) : null;

    /// <summary>All that is stored of entries from … to − 1, in order.</summary>
    public IEnumerable<StoredEntry> Stored(long from, long to)
    {
        using var rows = new SqlStatement(_connection, "SELECT idx, slot, leaf8, body FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx");
        rows.Bind(1, from).Bind(2, to);
        while (rows.Next())
        {
            yield return new StoredEntry(rows.Whole(0), unchecked((ulong)rows.Whole(1)), unchecked((ulong)rows.Whole(2)), rows.Bytes(3).ToArray());
        }
    }

    /// <summary>The first kept document whose bytes do not hash to its name, as 64 hexadecimal digits; null where all do.</summary>
    public string? FirstChangedDocument()
    {
        using var rows = new SqlStatement(_connection, "SELECT hash, body FROM document ORDER BY hash");
        while (rows.Next())
        {
            if (!rows.Bytes(0).SequenceEqual(Digest.Of(rows.Bytes(1)).ToBytes()))
            {
                return Convert.ToHexStringLower(rows.Bytes(0));
            }
        }

        return null;
    }

    /// <summary>All checkpoints, oldest first.</summary>
    public IReadOnlyList<(long Size, string At, string Note)> Checkpoints()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT size, at, note FROM checkpoint ORDER BY rowid";
        using SqliteDataReader reader = command.ExecuteReader();
        var all = new List<(long, string, string)>();
        while (reader.Read())
        {
            all.Add((reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values)
        {
            command.Dispose();
        }

        _addEntry?.Dispose();
        _findEntry?.Dispose();
        _connection.Dispose();
    }

    private void Prepare(string folder, bool forWriting)
    {
        Execute("PRAGMA busy_timeout=10000");
        long version = Convert.ToInt64(Scalar("PRAGMA user_version"));
        if (version > SchemaVersion)
        {
            throw new LedgerRefusedException(LedgerRefusals.NewerVersion, $"'{folder}' was written by a newer version (schema {version}, this program knows {SchemaVersion}); use that version");
        }

        if (forWriting)
        {
            if (version == 0)
            {
                Execute($"PRAGMA page_size={PageSize}");
            }

            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("PRAGMA cache_size=-16384");
            Execute("PRAGMA wal_autocheckpoint=0");
            if (version == 0)
            {
                Execute($"BEGIN; {Schema} PRAGMA user_version={SchemaVersion}; COMMIT");
            }
            else if (version < SchemaVersion)
            {
                BringUpToDate(version);
            }

            MoveIntoPlace();
        }
        else if (version == 0)
        {
            throw LedgerRefusedException.Missing(folder);
        }
        else
        {
            _version = version;
            Execute("PRAGMA query_only=ON");
            Execute("PRAGMA cache_size=-4096");
        }
    }

    /// <summary>Schema 1 had other keys of slots, schema 2 no list of redactions: both are made again from the entries. Entries, hashes and checkpoints stay as they are.</summary>
    private void BringUpToDate(long version)
    {
        Execute("BEGIN IMMEDIATE");
        if (version < 2)
        {
            KeySlotsAnew();
        }

        Execute("CREATE TABLE IF NOT EXISTS redaction (idx INTEGER PRIMARY KEY)");
        Execute("DELETE FROM redaction");
        foreach (long index in RedactionsAmongEntries())
        {
            AddRedaction(index);
        }

        Execute($"PRAGMA user_version={SchemaVersion}");
        Execute("COMMIT");
    }

    private List<long> RedactionsAmongEntries() =>
        [.. Entries(0, long.MaxValue, static (index, body) => body.IndexOf(RedactionMark) >= 0 && Statement.TryRead(body, out Statement? statement, out string _) && Redaction.IsOne(statement) ? index : -1).Where(index => index >= 0)];

    private void KeySlotsAnew()
    {
        List<(long Index, ulong Slot)> slots = [.. Entries(0, long.MaxValue, static (index, body) => Statement.TryRead(body, out Statement? statement, out string problem)
            ? (index, statement.Slot.Key())
            : throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"entry {index} is no statement: {problem}"))];
        foreach ((long index, ulong slot) in slots)
        {
            Execute("UPDATE entry SET slot = $1 WHERE idx = $0", index, unchecked((long)slot));
        }
    }

    /// <summary>Also done when a writer opens: what a process whose disk failed left written ahead is then confirmed by the disk before anything is built on it.</summary>
    private void MoveIntoPlace()
    {
        Scalar("PRAGMA wal_checkpoint(PASSIVE)");
        (_ahead, _bytesAhead) = (0, 0);
    }

    private (string At, string Note) CheckpointAt(long row) =>
        ((string)Scalar("SELECT at FROM checkpoint WHERE rowid = $0", row)!, (string)Scalar("SELECT note FROM checkpoint WHERE rowid = $0", row)!);

    private object? Scalar(string sql, params ReadOnlySpan<object> values)
    {
        object? value = Bind(sql, values).ExecuteScalar();
        return value is DBNull ? null : value;
    }

    private void Execute(string sql, params ReadOnlySpan<object> values) => Bind(sql, values).ExecuteNonQuery();

    private SqliteCommand Bind(string sql, ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            }

            _prepared.Add(sql, command);
        }

        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}

/// <summary>Reads something of an entry; its bytes are there only during the call.</summary>
internal delegate T EntryReading<out T>(long index, ReadOnlySpan<byte> body);

/// <summary>An entry as it is stored: its number, its slot's key, the first 8 bytes of its leaf hash, and its bytes.</summary>
internal readonly record struct StoredEntry(long Index, ulong Slot, ulong Leaf8, byte[] Body);
