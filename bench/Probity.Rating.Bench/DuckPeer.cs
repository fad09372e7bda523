using DuckDB.NET.Data;

namespace Probity.Rating.Bench;

/// <summary>The same work in DuckDB: a table sorted by organisation and day, declared types, so many threads, nothing loaded from elsewhere.</summary>
internal sealed class DuckPeer : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckPeer(GeneratedFindings findings, int threads)
    {
        _connection.Open();
        Execute($"SET threads = {threads}");
        Execute("SET autoinstall_known_extensions = false");
        Execute("SET autoload_known_extensions = false");
        Execute("CREATE TABLE organisation (org INTEGER NOT NULL, sector SMALLINT NOT NULL)");
        Execute("CREATE TABLE finding (org INTEGER NOT NULL, day INTEGER NOT NULL, points INTEGER NOT NULL, severity INTEGER NOT NULL)");
        using DuckDBAppender organisations = _connection.CreateAppender("organisation");
        using DuckDBAppender rows = _connection.CreateAppender("finding");
        for (int i = 0; i < findings.Organisations; i++)
        {
            organisations.CreateRow().AppendValue(i).AppendValue(findings.Sector[i]).EndRow();
            for (int row = findings.Starts[i]; row < findings.Starts[i + 1]; row++)
            {
                rows.CreateRow().AppendValue(i).AppendValue(findings.Days[row]).AppendValue((int)findings.Points[row]).AppendValue((int)findings.Severities[row]).EndRow();
            }
        }
    }

    /// <summary>Computes the result into a table.</summary>
    public void Run()
    {
        DateOnly validAt = GeneratedFindings.ValidAt;
        Execute($"""
            CREATE OR REPLACE TEMP TABLE result AS
            WITH sums AS (
                SELECT org, sum(points * severity)::BIGINT AS every, (sum(points * severity) FILTER (WHERE day > {validAt.AddMonths(-12).DayNumber}))::BIGINT AS recent
                FROM finding WHERE day > {validAt.AddMonths(-36).DayNumber} AND day <= {validAt.DayNumber} GROUP BY org),
            burdens AS (
                SELECT organisation.org, sector, 2 * coalesce(recent, 0) + coalesce(every, 0) AS burden FROM organisation LEFT JOIN sums ON organisation.org = sums.org),
            ranks AS (SELECT org, burden, percent_rank() OVER (PARTITION BY sector ORDER BY burden) AS rank FROM burdens)
            SELECT org, burden, rank, CASE WHEN rank <= 0.1::DOUBLE THEN 0 WHEN rank <= 0.5::DOUBLE THEN 1 WHEN rank <= 0.9::DOUBLE THEN 2 ELSE 3 END AS band FROM ranks
            """);
    }

    /// <summary>The result last computed.</summary>
    public Results Read(int organisations)
    {
        Results results = Results.Empty(organisations);
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT org, burden, rank, band FROM result";
        using System.Data.Common.DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            int organisation = reader.GetInt32(0);
            (results.Burden[organisation], results.Rank[organisation], results.Band[organisation]) = (reader.GetInt64(1), reader.GetDouble(2), (byte)reader.GetInt32(3));
        }

        return results;
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
