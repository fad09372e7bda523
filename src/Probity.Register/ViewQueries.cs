using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>
/// Questions to views.db over one connection, which one thread uses at a time. Disposed before the connection: a statement left to the collector keeps
/// the file open behind the connection's back.
/// </summary>
internal sealed class ViewQueries(SqliteConnection connection) : IDisposable
{
    private const string Columns =
        "no, id, source, record, name, type, address, postcode, authority, authority_code, outcome, label, score, status, published, rated_on, dimensions, methodology, band_probability";

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values)
        {
            command.Dispose();
        }
    }

    public string? Meta(string key) => Ask("SELECT value FROM meta WHERE key = $0", [key], reader => reader.GetString(0)).FirstOrDefault();

    public (long No, OrganisationSummary Summary)? ById(OrganisationId id) => One($"SELECT {Columns} FROM organisation WHERE id = $0", id.ToString());

    public (long No, OrganisationSummary Summary)? ByNo(long no) => One($"SELECT {Columns} FROM organisation WHERE no = $0", no);

    /// <summary>The number of a record itself, whatever organisation it belongs to.</summary>
    public long? NoOf(RecordId record) =>
        Ask("SELECT no FROM record WHERE source = $0 AND record = $1", [record.Source, record.Record], reader => (long?)reader.GetInt64(0)).FirstOrDefault();

    public OrganisationEntries EntriesOf(long no) => EntriesOf([no])[0];

    /// <summary>The entries of each of some organisations, whose numbers ascend.</summary>
    public OrganisationEntries[] EntriesOf(ReadOnlySpan<long> numbers)
    {
        var found = new OrganisationEntries[numbers.Length];
        using var rows = new SqlStatement(connection, "SELECT no, first, count FROM statement WHERE no BETWEEN ? AND ? ORDER BY no, first");
        for (int i = 0; i < numbers.Length;)
        {
            int next = i + 1;
            while (next < numbers.Length && numbers[next] == numbers[next - 1] + 1)
            {
                next++;
            }

            var lists = new List<long>[next - i];
            rows.Bind(1, numbers[i]).Bind(2, numbers[next - 1]);
            while (rows.Next())
            {
                List<long> list = lists[(int)(rows.Whole(0) - numbers[i])] ??= [];
                for (long index = rows.Whole(1), end = index + rows.Whole(2); index < end; index++)
                {
                    list.Add(index);
                }
            }

            Dictionary<long, RecordId> founders = Linked(numbers[i], lists);
            for (int k = 0; i < next; i++, k++)
            {
                found[i] = new OrganisationEntries(founders.TryGetValue(numbers[i], out RecordId founder) ? founder : null, [.. lists[k] ?? []]);
            }
        }

        return found;
    }

    /// <summary>Takes from stretches of numbers the entries of records that belong elsewhere, adds those that belong here; the founders of linked organisations.</summary>
    private Dictionary<long, RecordId> Linked(long first, List<long>?[] lists)
    {
        object[] stretch = [first, first + lists.Length - 1];
        foreach (long elsewhere in Ask("SELECT rno FROM member WHERE rno BETWEEN $0 AND $1", stretch, reader => reader.GetInt64(0)))
        {
            lists[elsewhere - first] = null;
        }

        var founders = new Dictionary<long, RecordId>();
        foreach ((long no, RecordId founder) in Ask("SELECT no, source, record FROM founder WHERE no BETWEEN $0 AND $1", stretch, reader => (reader.GetInt64(0), new RecordId(reader.GetString(1), reader.GetString(2)))))
        {
            List<long> list = lists[no - first] ??= [];
            foreach ((long from, long count) in Ask("SELECT s.first, s.count FROM member AS m JOIN statement AS s ON s.no = m.rno WHERE m.no = $0", [no], reader => (reader.GetInt64(0), reader.GetInt64(1))))
            {
                for (long index = from; index < from + count; index++)
                {
                    list.Add(index);
                }
            }

            list.Sort();
            founders.Add(no, founder);
        }

        return founders;
    }

    public IReadOnlyList<long> Publications() => Ask("SELECT idx FROM publication ORDER BY idx", [], reader => reader.GetInt64(0));

    /// <summary>The last entry below a ledger size that states a run, among those that these views have seen; null for none.</summary>
    public long? LastRunBelow(long size) => Ask("SELECT max(idx) FROM run WHERE idx < $0", [size], reader => reader.IsDBNull(0) ? null : (long?)reader.GetInt64(0))[0];

    /// <summary>How many organisations stand before one in the order of identifiers.</summary>
    public long PlaceOf(OrganisationId id) => Ask("SELECT count(*) FROM organisation WHERE id < $0", [id.ToString()], reader => reader.GetInt64(0))[0];

    /// <summary>The leaf of an organisation's rating; null where there is no such organisation.</summary>
    public Digest? LeafOf(OrganisationId id) =>
        Ask("SELECT leaf FROM organisation WHERE id = $0", [id.ToString()], reader => (Digest?)Digest.FromBytes(reader.GetFieldValue<byte[]>(0))).FirstOrDefault();

    /// <summary>The leaves of all ratings in the order of organisations' identifiers.</summary>
    public IReadOnlyList<Digest> Leaves() => Ask("SELECT leaf FROM organisation ORDER BY id", [], reader => Digest.FromBytes(reader.GetFieldValue<byte[]>(0)));

    public IReadOnlyList<OrganisationSummary> Namesakes(OrganisationId id, string name) =>
        Ask($"SELECT {Columns} FROM organisation WHERE name = $0 AND id <> $1 ORDER BY address, postcode, no LIMIT 10", [name, id.ToString()], reader => Summary(reader).Summary);

    /// <summary>The number of a record's organisation.</summary>
    public long OrganisationOf(long record) =>
        Ask("SELECT no FROM member WHERE rno = $0", [record], reader => (long?)reader.GetInt64(0)).FirstOrDefault() ?? record;

    /// <summary>Whether any record was given to an organisation from a ledger size on.</summary>
    public bool AnyLinked(long from) => Ask("SELECT 1 FROM member WHERE idx >= $0 LIMIT 1", [from], _ => true).Count > 0;

    /// <summary>Where the conclusions stand that give an organisation its records.</summary>
    public IReadOnlyList<long> MembershipsOf(long no) => Ask("SELECT idx FROM member WHERE no = $0 ORDER BY rno", [no], reader => reader.GetInt64(0));

    /// <summary>Where the events of an identifier, the runs or the judgements stand, in ledger order.</summary>
    public IReadOnlyList<long> LinkageEvents(string id) => Ask("SELECT idx FROM linkage WHERE id = $0 ORDER BY idx", [id], reader => reader.GetInt64(0));

    /// <summary>What an identifier redirects to; null where it does not.</summary>
    public OrganisationId? RedirectOf(OrganisationId id) =>
        Ask("SELECT target FROM redirect WHERE id = $0", [id.ToString()], reader => OrganisationId.TryParse(reader.GetString(0), out OrganisationId target) ? target : (OrganisationId?)null).FirstOrDefault();

    /// <summary>Every redirect, by identifier: what it was merged into, and the entry that says so.</summary>
    public IReadOnlyList<(string Id, string Target, long Index)> Redirects() =>
        Ask("SELECT id, target, idx FROM redirect ORDER BY id", [], reader => (reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));

    /// <summary>Every record with the identifier of its organisation (empty where it has none), by record and source; the connection is busy until the end.</summary>
    public IEnumerable<string> RecordsWithOrganisations()
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT r.source, r.record, o.id FROM record AS r LEFT JOIN member AS m ON m.rno = r.no LEFT JOIN organisation AS o ON o.no = coalesce(m.no, r.no)
            ORDER BY r.record, r.source
            """;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return $"{reader.GetString(0)}:{reader.GetString(1)} belongs to {(reader.IsDBNull(2) ? "no organisation" : reader.GetString(2))}";
        }
    }

    public long CountOrganisations() => Ask("SELECT count(*) FROM organisation", [], reader => reader.GetInt64(0))[0];

    public IReadOnlyList<Tally> Tallies(string kind) =>
        Ask("SELECT code, label, count FROM tally WHERE kind = $0 ORDER BY label, code", [kind], reader => new Tally(reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));

    /// <summary>Numbers and names of organisations whose own identifier, record or exact name a text is, as far as the filters let them through.</summary>
    public IReadOnlyList<(long No, string Name)> Named(string text, SearchQuery filters)
    {
        (string where, object[] values) = Where(filters);
        int own = values.Length;
        string source = text.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon ? text[..colon] : "";
        string record = source.Length > 0 ? text[(source.Length + 1)..] : text;
        return Ask(
            $"""
            SELECT no, name FROM organisation {(where.Length > 0 ? where + " AND" : "WHERE")} no IN (
                SELECT no FROM organisation WHERE id = ${own}
                UNION SELECT coalesce(m.no, r.no) FROM record AS r LEFT JOIN member AS m ON m.rno = r.no WHERE r.record = ${own + 1} AND (r.source = ${own + 2} OR ${own + 2} = '')
                UNION SELECT no FROM (SELECT no FROM organisation WHERE name = ${own} LIMIT {SearchQuery.PageSize}))
            """,
            [.. values, text, record, source],
            reader => (reader.GetInt64(0), reader.GetString(1)));
    }

    /// <summary>Numbers and names of organisations that an index question finds, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<(long No, string Name)> Matches(string match, int limit) =>
        Ask(
            "SELECT o.no, o.name FROM (SELECT rowid AS no FROM search WHERE search MATCH $0 LIMIT $1) AS s JOIN organisation AS o ON o.no = s.no",
            [match, limit],
            reader => (reader.GetInt64(0), reader.GetString(1)));

    public int CountMatches(string match, int upTo) =>
        Ask("SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH $0 LIMIT $1)", [match, upTo], reader => reader.GetInt32(0))[0];

    /// <summary>Organisations in the order of their names, narrowed by the filters that are not empty, after skipping some.</summary>
    public IReadOnlyList<OrganisationSummary> Browse(SearchQuery filters, int skip, int take)
    {
        (string where, object[] values) = Where(filters);
        return Ask($"SELECT {Columns} FROM organisation {where} ORDER BY name, no LIMIT {take} OFFSET {skip}", values, reader => Summary(reader).Summary);
    }

    public int CountBrowse(SearchQuery filters, int upTo)
    {
        (string where, object[] values) = Where(filters);
        return Ask($"SELECT count(*) FROM (SELECT 1 FROM organisation {where} LIMIT {upTo})", values, reader => reader.GetInt32(0))[0];
    }

    public IReadOnlyList<(string Outcome, string Type, long Status, int Count)> Breakdown(string authorityCode) =>
        Ask(
            "SELECT outcome, type, status, count(*) FROM organisation WHERE authority_code = $0 GROUP BY outcome, type, status",
            [authorityCode],
            reader => (reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3)));

    public string? LatestOn(string authorityCode) =>
        Ask("SELECT max(rated_on) FROM organisation WHERE authority_code = $0", [authorityCode], reader => reader.IsDBNull(0) ? null : reader.GetString(0))[0];

    public IReadOnlyList<KeyValuePair<string, int>> Words() =>
        Ask("SELECT term, sum(doc) FROM search_words WHERE col IN ('name', 'place') GROUP BY term", [], reader => new KeyValuePair<string, int>(reader.GetString(0), reader.GetInt32(1)));

    public bool HasWord(string match) => Ask("SELECT 1 FROM search WHERE search MATCH $0 LIMIT 1", [match], _ => true).Count > 0;

    /// <summary>All organisations in the order of their identifiers, for exports and comparisons; the connection is busy until the end.</summary>
    public IEnumerable<OrganisationRow> All()
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns}, leaf FROM organisation ORDER BY id";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            (long no, OrganisationSummary summary) = Summary(reader);
            yield return new OrganisationRow(no, summary, Digest.FromBytes(reader.GetFieldValue<byte[]>(19)));
        }
    }

    private static (string Where, object[] Values) Where(SearchQuery filters)
    {
        var parts = new List<string>();
        var values = new List<object>();
        foreach ((string column, string value) in new[] { ("authority_code", filters.AuthorityCode), ("type", filters.Type), ("outcome", filters.Outcome) })
        {
            if (value.Length > 0)
            {
                parts.Add($"{column} = ${values.Count}");
                values.Add(value);
            }
        }

        return (parts.Count > 0 ? "WHERE " + string.Join(" AND ", parts) : "", [.. values]);
    }

    private (long No, OrganisationSummary Summary)? One(string sql, object value)
    {
        IReadOnlyList<(long, OrganisationSummary)> found = Ask(sql, [value], Summary);
        return found.Count > 0 ? found[0] : null;
    }

    private IReadOnlyList<T> Ask<T>(string sql, object[] values, Func<SqliteDataReader, T> read)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
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

        var rows = new List<T>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static (long No, OrganisationSummary Summary) Summary(SqliteDataReader row)
    {
        OrganisationId id = OrganisationId.TryParse(row.GetString(1), out OrganisationId read) ? read : throw new InvalidDataException($"'{row.GetString(1)}' is no identifier");
        decimal? score = row.IsDBNull(12) ? null : decimal.Parse(row.GetString(12), CultureInfo.InvariantCulture);
        DateOnly? ratedOn = !row.IsDBNull(15) && Day.TryParse(row.GetString(15), out DateOnly day) ? day : null;
        ImmutableArray<DimensionFigure> dimensions = ViewText.Dimensions(row.GetString(16));
        var standing = new Standing(row.GetString(10), row.GetString(11), score, (StandingStatus)row.GetInt64(13), row.GetString(14), ratedOn, dimensions, row.GetString(17))
        {
            BandProbability = row.IsDBNull(18) ? null : decimal.Parse(row.GetString(18), CultureInfo.InvariantCulture),
        };
        var who = new Particulars(row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9));
        return (row.GetInt64(0), new OrganisationSummary(id, new RecordId(row.GetString(2), row.GetString(3)), who, standing));
    }
}
