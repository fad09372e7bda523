using Probity.Evidence;

namespace Probity.Sources;

/// <summary>
/// Records whose columns stand in several CSV tables, joined by their identifier. All tables are held whole, since a row of the first may belong to
/// the last row of another; a record comes out once, in the order in which identifiers were first seen.
/// </summary>
internal sealed class JoinedTables(SourceDefinition source, ReadOptions options)
{
    private readonly RecordMapping _mapping = new(source, options.Today);
    private readonly Dictionary<string, JoinedRow> _rows = new(StringComparer.Ordinal);
    private readonly List<JoinedRow> _order = [];
    private readonly HashSet<TableRule> _found = [];

    /// <summary>Reads all files and gives the records: what went wrong with files and rows first.</summary>
    public IEnumerable<SourceRecord> Read(IReadOnlyList<string> files, CancellationToken cancelled)
    {
        for (int i = 0; i < files.Count; i++)
        {
            cancelled.ThrowIfCancellationRequested();
            foreach (SourceRecord trouble in ReadFile(files[i]))
            {
                yield return trouble;
            }

            options.Progress((i + 1.0) / (files.Count + 1));
        }

        foreach (TableRule table in source.Tables.Where(table => !table.IsOptional && !_found.Contains(table)))
        {
            yield return SourceRecord.OfFile(new Rejection(source.Name, new Place(files.Count > 0 ? files[0] : "", 0, ""), table.Name, SourceCodes.TableMissing, $"none of the {files.Count} files given is the table '{table.Name}', which is known by {Known(table)} in its first lines; name it with one more --source {source.Name}=FILE"));
        }

        foreach (JoinedRow row in _order)
        {
            yield return _mapping.Map(row.Place.File, new RawRecord(row.Place.Line, row.Texts, null));
        }

        options.Progress(1);
    }

    private IEnumerable<SourceRecord> ReadFile(string file)
    {
        (FileStream? opened, Rejection? refused) = SourceReader.Open(source, file);
        if (refused is not null)
        {
            yield return SourceRecord.OfFile(refused);
            yield break;
        }

        using FileStream stream = opened!;
        (System.Text.Encoding encoding, char first) = SourceReader.Sniff(stream);
        using var reader = new StreamReader(stream, encoding, false, 1 << 16);
        string text = first is '\0' or '<' or '{' ? "" : reader.ReadToEnd();
        if (TableOf(text) is not { } table)
        {
            string tables = string.Join("; ", source.Tables.Select(one => $"{one.Name} by {Known(one)}"));
            yield return SourceRecord.OfFile(new Rejection(source.Name, new Place(file, 0, ""), "", SourceCodes.TableUnknown, $"this is none of the CSV tables the source knows: {tables} in its first lines. Give one of those"));
            yield break;
        }

        _found.Add(table);
        int[] slots = [.. CsvShape.PathsOf(source, table).Select(path => source.Paths.IndexOf(path))];
        foreach (RawRecord raw in CsvRecords.Read(new StringReader(text), CsvShape.Of(source, table)))
        {
            if (Take(file, table, raw, slots) is { } trouble)
            {
                yield return trouble;
            }
        }
    }

    /// <summary>Puts a row's texts into its record's; what is wrong with it, else null.</summary>
    private SourceRecord? Take(string file, TableRule table, RawRecord raw, int[] slots)
    {
        SourceRecord Rejected(string id, Trouble trouble)
        {
            var place = new Place(file, raw.Line, id);
            return new SourceRecord(place, [], [new Rejection(source.Name, place, trouble.Field, trouble.Code, trouble.Reason)], trouble.IsFile);
        }

        if (raw.Trouble is { } unreadable)
        {
            return Rejected("", unreadable);
        }

        string id = FieldText.Taken(raw.Texts[0]?.Trim() ?? "", source.Id);
        if (id.Length == 0)
        {
            return Rejected("", new Trouble(RejectionCodes.IdMissing, "", "the field by which tables are joined is empty and must not be", false));
        }

        if (!_rows.TryGetValue(id, out JoinedRow? row))
        {
            row = new JoinedRow(new Place(file, raw.Line, id), new string?[source.Paths.Length], []);
            _rows.Add(id, row);
            _order.Add(row);
        }

        if (!row.Tables.Add(table.Name))
        {
            return Rejected(id, new Trouble(RejectionCodes.IdDuplicate, "", $"'{id}' stands twice in the table {table.Name}; the first counts", false));
        }

        for (int i = 0; i < slots.Length; i++)
        {
            row.Texts[slots[i]] = raw.Texts[i + 1];
        }

        return null;
    }

    /// <summary>The first table of which everything stands in the lines down to the header.</summary>
    private TableRule? TableOf(string text) => source.Tables.FirstOrDefault(table =>
    {
        using var lines = new StringReader(text);
        string head = "";
        for (int i = 0; i < table.Layout.SkipLines + table.Layout.HeaderLines; i++)
        {
            head += lines.ReadLine() + "\n";
        }

        return table.KnownBy.All(known => head.Contains(known, StringComparison.OrdinalIgnoreCase));
    });

    private static string Known(TableRule table) => string.Join(" and ", table.KnownBy.Select(known => $"'{known}'"));

    /// <summary>What the tables say of one identifier.</summary>
    /// <param name="Place">Where it was first seen.</param>
    /// <param name="Texts">The text at each path of the source; filled table by table.</param>
    /// <param name="Tables">The tables that have a row of it.</param>
    private sealed record JoinedRow(Place Place, string?[] Texts, HashSet<string> Tables);
}
