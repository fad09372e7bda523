using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Probity.Ledger;

/// <summary>
/// One prepared SQL statement of a connection, its parameters bound by place, for what is said or asked a million times: it makes no objects and looks no
/// names up. One thread uses it at a time. Disposed before its connection.
/// </summary>
internal sealed class SqlStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares the statement.</summary>
    /// <exception cref="SqliteException">It is not well formed, or the file refuses.</exception>
    public SqlStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("the connection is closed");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Binds a whole number at a place, from 1.</summary>
    public SqlStatement Bind(int place, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, place, value));
        return this;
    }

    /// <summary>Binds a text at a place, from 1; null for none.</summary>
    public SqlStatement Bind(int place, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, place) : raw.sqlite3_bind_text(_statement, place, value));
        return this;
    }

    /// <summary>Binds bytes at a place, from 1; they are copied.</summary>
    public SqlStatement Bind(int place, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, place, value));
        return this;
    }

    /// <summary>Runs a statement that answers no rows, and makes it ready for the next.</summary>
    /// <exception cref="SqliteException">The file refuses.</exception>
    public void Run()
    {
        int answer = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (answer is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            Check(answer);
        }
    }

    /// <summary>Steps to the next row; false, and ready to be asked again, after the last.</summary>
    /// <exception cref="SqliteException">The file refuses.</exception>
    public bool Next()
    {
        int answer = raw.sqlite3_step(_statement);
        if (answer == raw.SQLITE_ROW)
        {
            return true;
        }

        raw.sqlite3_reset(_statement);
        if (answer != raw.SQLITE_DONE)
        {
            Check(answer);
        }

        return false;
    }

    /// <summary>Makes it ready to be asked again before its last row was seen.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>The whole number in a column of the current row, from 0.</summary>
    public long Whole(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes in a column of the current row, from 0; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int answer) => SqliteException.ThrowExceptionForRC(answer, _database);
}
