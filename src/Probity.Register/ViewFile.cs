using Microsoft.Data.Sqlite;

namespace Probity.Register;

/// <summary>
/// views.db: everything pages and exports are read from. Promises nothing after a crash but that it is whole or absent; lost, it is made
/// again from the ledger; whoever forges it is found out by <c>probity verify</c>, which recomputes it.
/// </summary>
internal static class ViewFile
{
    public const string Name = "views.db";

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, Name);

    /// <summary>Opens views for writing; makes them where they are absent.</summary>
    public static SqliteConnection OpenForWriting(string path)
    {
        bool fresh = !File.Exists(path);
        SqliteConnection connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, fresh
            ? "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768; PRAGMA threads=2; PRAGMA locking_mode=EXCLUSIVE"
            : "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA busy_timeout=10000");
        if (fresh)
        {
            Execute(connection, ViewSchema.Tables);
            Execute(connection, $"PRAGMA user_version={ViewSchema.Version}");
            Execute(connection, ViewSchema.ManyWordsAtOnce);
        }

        return connection;
    }

    /// <summary>Opens views for reading beside a writer.</summary>
    public static SqliteConnection OpenForReading(string path)
    {
        SqliteConnection connection = Open(path, SqliteOpenMode.ReadOnly);
        Execute(connection, "PRAGMA query_only=ON; PRAGMA cache_size=-16384; PRAGMA busy_timeout=10000");
        return connection;
    }

    /// <summary>Works on views; what the disk or the file refuses becomes a refusal of the register.</summary>
    /// <exception cref="RegisterRefusedException">The views cannot be read or written.</exception>
    public static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException trouble)
        {
            throw RegisterRefusedException.Of(trouble, path);
        }
    }

    /// <summary>Whether views of this program's schema stand at a path.</summary>
    public static bool IsUsable(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using SqliteConnection connection = Open(path, SqliteOpenMode.ReadOnly);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version";
            return command.ExecuteScalar() is ViewSchema.Version;
        }
        catch (SqliteException)
        {
            return false; // not a database, or torn: it is made again
        }
    }

    /// <summary>Ends the making of a fresh file: from now on a writer and readers can work side by side.</summary>
    public static void Seal(SqliteConnection connection) =>
        Execute(connection, ViewSchema.FewWordsAtOnce + "PRAGMA synchronous=NORMAL; PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA analysis_limit=1000; ANALYZE");

    /// <summary>
    /// Puts finished fresh views in the place of the old ones; readers see either. What the old ones' write-ahead log holds is first moved into
    /// them, so that they stay whole where this stops half-way.
    /// </summary>
    public static void Replace(string fresh, string path)
    {
        if (IsUsable(path))
        {
            using SqliteConnection old = Open(path, SqliteOpenMode.ReadWrite);
            Execute(old, "PRAGMA busy_timeout=1000; PRAGMA wal_checkpoint(TRUNCATE)");
        }

        Delete(path + "-wal");
        Delete(path + "-shm");
        File.Move(fresh, path, overwrite: true);
    }

    public static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
