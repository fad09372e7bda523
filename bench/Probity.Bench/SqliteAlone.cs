using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Data.Sqlite;

namespace Probity.Bench;

/// <summary>
/// What one would do instead: load the file into one SQLite table, index its text for search, and rate with one query. No ledger, no proof, no history, no
/// checks of the input, no explanation.
/// </summary>
internal static class SqliteAlone
{
    public static void Run(string file, string database)
    {
        File.Delete(database);
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536");
        Load(connection, file);
        Execute(connection, "CREATE VIRTUAL TABLE search USING fts5(name, place, content='', detail=column)");
        Execute(connection, "INSERT INTO search (rowid, name, place) SELECT FHRSID, BusinessName, AddressLine1 || ' ' || AddressLine4 || ' ' || PostCode || ' ' || LocalAuthorityName FROM record");
        Execute(connection, """
            CREATE TABLE rating AS SELECT FHRSID AS id, RatingValue AS published, CASE
              WHEN total <= 15 AND worst <= 5 THEN '5' WHEN total <= 20 AND worst <= 10 THEN '4' WHEN total <= 30 AND worst <= 10 THEN '3'
              WHEN total <= 40 AND worst <= 15 THEN '2' WHEN total <= 50 AND worst <= 20 THEN '1' ELSE '0' END AS rating
            FROM (SELECT *, Hygiene + Structural + ConfidenceInManagement AS total, max(Hygiene, Structural, ConfidenceInManagement) AS worst FROM record)
            """);
        using SqliteCommand count = connection.CreateCommand();
        count.CommandText = "SELECT sum(rating = published) || ' of ' || count(*) FROM rating";
        Console.WriteLine($"equal to the published: {count.ExecuteScalar()}");
    }

    private static void Load(SqliteConnection connection, string file)
    {
        using var csv = new CsvParser(new StreamReader(file), new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        string[] header = csv.Record!;
        HashSet<string> numbers = ["FHRSID", "Hygiene", "Structural", "ConfidenceInManagement"];
        Execute(connection, $"CREATE TABLE record ({string.Join(", ", header.Select(name => $"{name} {(name == "FHRSID" ? "INTEGER PRIMARY KEY" : numbers.Contains(name) ? "INTEGER" : "TEXT")}"))})");
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO record VALUES ({string.Join(", ", header.Select((_, i) => "$" + i))})";
        SqliteParameter[] parameters = [.. header.Select((_, i) => insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + i }))];
        while (csv.Read())
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value = csv[i];
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
