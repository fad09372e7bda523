using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Bench;

/// <summary>
/// Appends answered per second, each durable before its answer, with one and with many writers that wait for their answers; beside them, in the same run, what the disk
/// and SQLite alone do with the same bytes confirmed as often: one confirmation for as many entries as there are writers.
/// </summary>
internal static class Appends
{
    private static readonly Provenance Said = new("bench", "food", "Example Act, section 4", "measurement");

    public static void Measure(string folder, double seconds)
    {
        Directory.CreateDirectory(folder);
        Console.WriteLine($"fsync of 4 KiB appended: {FsyncRate(folder, 4_096, seconds):N0}/s");
        Console.WriteLine($"{"entry",6} {"writers",8} {"append+fsync",14} {"SQLite alone",14} {"Probity",12} {"of SQLite",10} {"p50 ms",8} {"p99 ms",8}");
        foreach (int bytes in (ReadOnlySpan<int>)[300, 512])
        {
            foreach (int writers in (ReadOnlySpan<int>)[1, 64, 2_000])
            {
                double raw = FsyncRate(folder, bytes * writers, seconds) * writers;
                double sqlite = SqliteRate(folder, bytes, writers, seconds);
                (double rate, double[] waits) = LogRate(folder, bytes, writers, seconds).GetAwaiter().GetResult();
                Console.WriteLine(
                    $"{bytes,6} {writers,8:N0} {raw,14:N0} {sqlite,14:N0} {rate,12:N0} {rate / sqlite,10:0.00} {waits[waits.Length / 2],8:0.00} {waits[waits.Length * 99 / 100],8:0.00}");
            }
        }
    }

    /// <summary>How often a second a file takes some bytes at its end and the disk confirms them.</summary>
    private static double FsyncRate(string folder, int bytes, double seconds)
    {
        string path = Path.Combine(folder, "raw");
        byte[] block = new byte[bytes];
        long count = 0;
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
                count++;
            }

            seconds = watch.Elapsed.TotalSeconds;
        }

        File.Delete(path);
        return count / seconds;
    }

    /// <summary>Rows a second into the ledger's table, without hashes: transactions of as many rows as there are writers.</summary>
    private static double SqliteRate(string folder, int bytes, int rows, double seconds)
    {
        string path = Path.Combine(folder, "alone.db");
        Delete(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16384");
        Execute(connection, "CREATE TABLE entry (idx INTEGER PRIMARY KEY, slot INTEGER NOT NULL, leaf8 INTEGER NOT NULL, body BLOB NOT NULL)");
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entry VALUES ($0, $1, $2, $3)";
        SqliteParameter[] values = [.. Enumerable.Range(0, 4).Select(i => insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + i }))];
        values[3].Value = new byte[bytes];
        long count = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (int i = 0; i < rows; i++, count++)
            {
                (values[0].Value, values[1].Value, values[2].Value) = (count, count * 31, count * 17);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        double rate = count / watch.Elapsed.TotalSeconds;
        connection.Close();
        Delete(path);
        return rate;
    }

    private static async Task<(double Rate, double[] Waits)> LogRate(string folder, int bytes, int writers, double seconds)
    {
        string data = Path.Combine(folder, "log");
        using TransparencyLog log = TransparencyLog.Open(data, new LogOptions("probity.example/bench"));
        string filling = new('x', bytes - StatementOf(0, "").ToBytes().Length);
        long next = 0;
        var watch = Stopwatch.StartNew();
        List<double>[] waits = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                long asked = Stopwatch.GetTimestamp();
                var batch = new EntryBatch();
                batch.Add(StatementOf(Interlocked.Increment(ref next), filling));
                AppendResult result = await log.AppendAsync(batch);
                Debug.Assert(result.Appended == 1, "every statement of the bench is news");
                own.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return own;
        })));
        double took = watch.Elapsed.TotalSeconds;
        long size = log.Size;
        log.Dispose();
        Directory.Delete(data, recursive: true);
        double[] all = [.. waits.SelectMany(one => one).Order()];
        return size == all.Length ? (size / took, all) : throw new InvalidOperationException($"{all.Length} were answered, {size} are in the log");
    }

    /// <summary>A finding of 9 digits' record, so that all have one length.</summary>
    private static Statement StatementOf(long record, string filling) => Statement.Finding(
        Said, new RecordId("bench", $"{record:D9}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2026, 5, 12)), Fields.Of(("filling", Value.Of(filling)), ("hygiene", Value.Of(5))));

    private static void Delete(string database)
    {
        foreach (string part in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            File.Delete(database + part);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
