using System.Collections.Immutable;
using Probity.Yaml;

namespace Probity.Sources;

/// <summary>What is looked for in a CSV file: which lines are what, which columns fill which slot, and which must be there.</summary>
/// <param name="Layout">Which lines are what.</param>
/// <param name="Columns">The column of each slot, in their order.</param>
/// <param name="Needed">Alternatives of which at least one must have a column, field by field.</param>
internal sealed record CsvShape(CsvLayout Layout, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Needed)
{
    /// <summary>The shape of a source whose files hold whole records.</summary>
    public static CsvShape Of(SourceDefinition source) =>
        new(source.Shapes.Csv, source.Paths, [.. source.AllFields().Where(MustStand).Select(field => field.From)]);

    /// <summary>The shape of one table of a source; the first slot is the identifier's, the others those of the source's paths that name the table, in their order.</summary>
    public static CsvShape Of(SourceDefinition source, TableRule table)
    {
        ImmutableArray<ImmutableArray<string>> needed =
        [
            .. source.AllFields().Where(field => field != source.Id && MustStand(field) && field.From.All(path => IsIn(path, table)))
                .Select(field => field.From).Prepend([IdPath(source, table)])
                .Select(paths => paths.Select(path => ColumnOf(path, table)).ToImmutableArray()),
        ];
        return new CsvShape(table.Layout, [.. PathsOf(source, table).Prepend(IdPath(source, table)).Select(path => ColumnOf(path, table))], needed);
    }

    /// <summary>The source's paths that name a table, in their order.</summary>
    public static IEnumerable<string> PathsOf(SourceDefinition source, TableRule table) => source.Paths.Where(path => IsIn(path, table));

    /// <summary>The place of a column in a header: the one of that name, else the first of it in another case; "*" in a name stands for any text. −1 where there is none.</summary>
    public static int PlaceOf(string[] header, string column)
    {
        int star = column.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            int exact = Array.IndexOf(header, column);
            return exact >= 0 ? exact : Array.FindIndex(header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
        }

        (string before, string behind) = (column[..star], column[(star + 1)..]);
        return Array.FindIndex(header, name => name.Length >= before.Length + behind.Length
            && name.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            && name.EndsWith(behind, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Names what no alternative of a needed field has a column for, and the columns found; null where none is missing.</summary>
    public Trouble? Missing(string[] header)
    {
        List<ImmutableArray<string>> missing = [.. Needed.Where(columns => columns.All(column => PlaceOf(header, column) < 0))];
        if (missing.Count == 0)
        {
            return null;
        }

        string wanted = string.Join("; ", missing.Select(columns => string.Join(" or ", columns.Where(path => !path.Contains('/', StringComparison.Ordinal)).DefaultIfEmpty(columns[0]))));
        string? near = missing.SelectMany(columns => columns).Select(path => NearestName.Of(path, header)).FirstOrDefault(name => name is not null);
        return new Trouble(
            SourceCodes.ColumnMissing,
            wanted,
            $"column missing: {wanted}. Found: {Shorten(string.Join(", ", header))}.{(near is null ? "" : $" Is it '{near}'?")}",
            true);
    }

    private static bool MustStand(FieldRule field) => (field.Required || field.NeedsColumn) && field.From.Length > 0;

    private static string IdPath(SourceDefinition source, TableRule table) => source.Id.From.First(path => IsIn(path, table));

    private static bool IsIn(string path, TableRule table) =>
        path.Length > table.Name.Length && path[table.Name.Length] == '/' && path.StartsWith(table.Name, StringComparison.Ordinal);

    private static string ColumnOf(string path, TableRule table) => path[(table.Name.Length + 1)..];

    private static string Shorten(string text) => text.Length <= 600 ? text : text[..600] + "…";
}
