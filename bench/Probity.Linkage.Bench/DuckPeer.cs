using DuckDB.NET.Data;

namespace Probity.Linkage.Bench;

/// <summary>
/// The same job as a Fellegi–Sunter tool does it in SQL: blocking rules as joins, comparison levels as a CASE for each column, levels counted in
/// the database, weights learnt from the counts by expectation-maximisation, pairs scored by the learnt weights, connected components. DuckDB alone,
/// nothing loaded from elsewhere. Names and addresses are lower-cased and the house number is cut off; nothing else is prepared.
/// </summary>
internal sealed class DuckPeer : IDisposable
{
    private const double Threshold = 0.999;
    private const int Rounds = 20;

    private static readonly string[] Blocks =
    [
        "a.telephone = b.telephone",
        "a.website = b.website",
        "a.number = b.number AND a.postcode = b.postcode",
        "a.postcode = b.postcode AND a.beginning = b.beginning",
        "a.name = b.name",
        "a.number = b.number AND a.street = b.street",
    ];

    private static readonly string[] Levels =
    [
        "CASE WHEN a.name IS NULL OR b.name IS NULL THEN 0 WHEN a.name = b.name THEN 1 WHEN jaro_winkler_similarity(a.name, b.name) >= 0.92 THEN 2 WHEN jaro_winkler_similarity(a.name, b.name) >= 0.8 THEN 3 ELSE 4 END",
        "CASE WHEN a.address IS NULL OR b.address IS NULL THEN 0 WHEN a.address = b.address THEN 1 WHEN levenshtein(a.address, b.address) <= 2 THEN 2 WHEN a.street = b.street THEN 3 ELSE 4 END",
        "CASE WHEN a.postcode IS NULL OR b.postcode IS NULL THEN 0 WHEN a.postcode = b.postcode THEN 1 ELSE 2 END",
        "CASE WHEN a.telephone IS NULL OR b.telephone IS NULL THEN 0 WHEN a.telephone = b.telephone THEN 1 ELSE 2 END",
        "CASE WHEN a.website IS NULL OR b.website IS NULL THEN 0 WHEN a.website = b.website THEN 1 ELSE 2 END",
    ];

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly int _records;

    public DuckPeer(LinkTable table, int threads)
    {
        _records = table.Rows.Count;
        _connection.Open();
        Execute($"SET threads = {threads}");
        Execute("SET autoinstall_known_extensions = false");
        Execute("SET autoload_known_extensions = false");
        Execute("CREATE TABLE raw (id INTEGER NOT NULL, name VARCHAR, address VARCHAR, postcode VARCHAR, city VARCHAR, telephone VARCHAR, website VARCHAR)");
        using DuckDBAppender rows = _connection.CreateAppender("raw");
        for (int i = 0; i < table.Rows.Count; i++)
        {
            IReadOnlyList<string> row = table.Rows[i];
            IDuckDBAppenderRow into = rows.CreateRow().AppendValue(i);
            foreach (string value in row)
            {
                into = value.Length == 0 ? into.AppendNullValue() : into.AppendValue(value);
            }

            into.EndRow();
        }
    }

    /// <summary>Pairs compared, and the cluster of each record.</summary>
    public (long Pairs, int[] Clusters) Run()
    {
        Execute("""
            CREATE OR REPLACE TEMP TABLE record AS SELECT id, lower(name) AS name, left(lower(name), 4) AS beginning, lower(address) AS address,
            split_part(address, ' ', 1) AS number, lower(regexp_replace(address, '^[0-9]+ ', '')) AS street, postcode, telephone, website FROM raw
            """);
        string candidates = string.Join(" UNION ", Blocks.Select(rule => $"SELECT a.id AS one, b.id AS other FROM record a JOIN record b ON {rule} WHERE a.id < b.id"));
        Execute($"CREATE OR REPLACE TEMP TABLE compared AS SELECT one, other, {Pattern} AS pattern FROM ({candidates}) p JOIN record a ON a.id = p.one JOIN record b ON b.id = p.other");
        Execute($"CREATE OR REPLACE TEMP TABLE chance AS SELECT {Pattern} AS pattern FROM (SELECT (hash(range) % {_records})::INTEGER AS one, (hash(range + 1000000007) % {_records})::INTEGER AS other FROM range(400000)) p JOIN record a ON a.id = p.one JOIN record b ON b.id = p.other WHERE one <> other");
        Dictionary<int, long> counts = Counts("compared");
        Dictionary<int, double> bits = Learn(counts, Counts("chance"));
        int[] parents = [.. Enumerable.Range(0, _records)];
        double least = Math.Log2(Threshold / (1 - Threshold));
        string linked = string.Join(",", bits.Where(pattern => pattern.Value >= least).Select(pattern => pattern.Key));
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"SELECT one, other FROM compared WHERE pattern IN ({linked})";
        using System.Data.Common.DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            (int a, int b) = (Root(parents, reader.GetInt32(0)), Root(parents, reader.GetInt32(1)));
            parents[Math.Max(a, b)] = Math.Min(a, b);
        }

        return (counts.Values.Sum(), [.. Enumerable.Range(0, _records).Select(record => Root(parents, record))]);
    }

    public void Dispose() => _connection.Dispose();

    private static string Pattern => string.Join(" + ", Levels.Select((level, place) => $"({level}) * {(int)Math.Pow(5, place)}"));

    private static int LevelOf(int pattern, int field) => pattern / (int)Math.Pow(5, field) % 5;

    /// <summary>Log-odds of each pattern, with u from pairs by chance, m from the compared pairs, and the prior of all pairs.</summary>
    private Dictionary<int, double> Learn(Dictionary<int, long> compared, Dictionary<int, long> chance)
    {
        double[][] u = Shares(chance.ToDictionary(pattern => pattern.Key, pattern => (double)pattern.Value));
        double[][] m = [.. Levels.Select(_ => new[] { 1, 0.7, 0.15, 0.1, 0.05 })];
        double prior = 1.0 / _records;
        Dictionary<int, double> bits = [];
        for (int round = 0; round < Rounds; round++)
        {
            bits = compared.Keys.ToDictionary(pattern => pattern, pattern => Math.Log2(prior / (1 - prior)) + Enumerable.Range(0, Levels.Length).Sum(field => LevelOf(pattern, field) is var level && level == 0 ? 0 : Math.Log2(m[field][level] / u[field][level])));
            Dictionary<int, double> matches = compared.ToDictionary(pattern => pattern.Key, pattern => pattern.Value / (1 + Math.Pow(2, -bits[pattern.Key])));
            m = Shares(matches);
            prior = matches.Values.Sum() / ((double)_records * (_records - 1) / 2);
        }

        return bits;
    }

    private static double[][] Shares(Dictionary<int, double> patterns) =>
        [.. Enumerable.Range(0, Levels.Length).Select(field =>
        {
            double[] levels = [0, 1, 1, 1, 1];
            foreach ((int pattern, double weight) in patterns)
            {
                levels[LevelOf(pattern, field)] += LevelOf(pattern, field) == 0 ? 0 : weight;
            }

            double all = levels.Sum();
            return levels.Select(level => level / all).ToArray();
        })];

    private Dictionary<int, long> Counts(string table)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"SELECT pattern, count(*) FROM {table} GROUP BY pattern";
        using System.Data.Common.DbDataReader reader = command.ExecuteReader();
        Dictionary<int, long> counts = [];
        while (reader.Read())
        {
            counts.Add((int)reader.GetInt64(0), reader.GetInt64(1));
        }

        return counts;
    }

    private static int Root(int[] parents, int record)
    {
        while (parents[record] != record)
        {
            record = parents[record] = parents[parents[record]];
        }

        return record;
    }

    private void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
