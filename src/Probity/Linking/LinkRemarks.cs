using System.Globalization;
using Probity.Linkage;

namespace Probity.Linking;

/// <summary>What whoever links should know of the inputs: what was guessed or repaired, what counted for nothing, and where.</summary>
internal static class LinkRemarks
{
    /// <summary>Of one file, as it was read.</summary>
    public static IEnumerable<string> Of(LinkInput input)
    {
        string name = input.Table.Name;
        if (input.Delimiter != ',')
        {
            yield return $"{name}: its fields are parted by {(input.Delimiter == ';' ? "semicolons" : "tabs")}";
        }

        if (input.Table.Rows.Count == 0)
        {
            yield return $"{name}: it has a header line and no records";
        }

        if (input.Uneven > 0)
        {
            yield return $"{name}: {Rows(input.Uneven, "has", "have")} more or fewer fields than the header";
        }

        if (input.Nul.Rows > 0)
        {
            yield return $"{name}: {Rows(input.Nul.Rows, "holds", "hold")} NUL characters, the first of them row {input.Nul.First} counted from 0; they were taken for spaces";
        }

        if (input.Latin)
        {
            yield return $"{name} is not UTF-8; it was read as ISO 8859-1";
        }

        foreach (IGrouping<string, string> column in input.Table.Columns.Where(column => column.Length > 0).GroupBy(column => column, StringComparer.Ordinal).Where(column => column.Count() > 1))
        {
            yield return $"{name}: {column.Count()} columns are called '{column.Key}'; a specification means all of them by that name";
        }
    }

    /// <summary>Of inputs that are one file under two names.</summary>
    /// <param name="inputs">Each NAME=FILE.</param>
    public static IEnumerable<string> Twice(IEnumerable<string> inputs) =>
        inputs.GroupBy(input => LinkOutput.PathOf(input[(input.IndexOf('=', StringComparison.Ordinal) + 1)..]), input => input[..Math.Max(0, input.IndexOf('=', StringComparison.Ordinal))], StringComparer.Ordinal)
            .Where(file => file.Count() > 1)
            .Select(file => $"{string.Join(" and ", file)} are the same file: each record has its copy");

    /// <summary>Of inputs that were linked: which columns lack, and what counted for nothing.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<LinkTable> tables, LinkageResult result)
    {
        foreach (LinkTable table in tables)
        {
            foreach (string remark in OfColumns(table, result))
            {
                yield return remark;
            }
        }

        if (!result.Columns.Values.SelectMany(uses => uses).Any(use => use.Role is not (ColumnRole.Ignored or ColumnRole.Id or ColumnRole.Name or ColumnRole.OtherName)))
        {
            yield return "only names can be compared: a name alone reaches a probability of 0.95 at most; --pairs lists the likely pairs, and an address, telephone, domain or identifier decides them";
        }

        if (result.Unnamed is { Count: > 0 } unnamed)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{unnamed.Count:N0} {(unnamed.Count == 1 ? "record has" : "records have")} no usable name (empty, or nothing but legal forms), such as {string.Join(", ", unnamed.Take(3))}: only what else is given can link {(unnamed.Count == 1 ? "it" : "them")}");
        }

        foreach ((string scheme, long numbers) in result.FailedChecks.OrderBy(check => check.Key, StringComparer.Ordinal))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{numbers:N0} of scheme {scheme} failed their check and count for nothing{Example(tables, result, scheme)}");
        }

        foreach (string placeholder in result.Placeholders)
        {
            yield return $"{placeholder}: a placeholder, counts for nothing";
        }
    }

    private static IEnumerable<string> OfColumns(LinkTable table, LinkageResult result)
    {
        var uses = result.Columns[table.Name];
        string[] missing = [
            .. uses.Any(use => use.Role is ColumnRole.Name or ColumnRole.OtherName) ? Array.Empty<string>() : ["names"],
            .. uses.Any(use => use.Role == ColumnRole.Address) ? Array.Empty<string>() : ["addresses"]];
        if (missing.Length > 0)
        {
            yield return $"{table.Name}: no column was taken for {string.Join(" or ", missing)}; if it has one, name it in a specification";
        }

        if (Commonest(table, uses.IndexOf(uses.FirstOrDefault(use => use.Role == ColumnRole.Name)!)) is { } common)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {common.Records:N0} records are called '{common.Name}'; so common a name says little of whose it is");
        }

        if (!uses.Any(use => use.Role == ColumnRole.Id))
        {
            yield return $"{table.Name}: no column of identifiers that is unique and never empty; its records are numbered from 0{WhyNoId(table)}";
        }
    }

    /// <summary>The name that most records bear, where it is no accident: 100 of them, and one in a hundred; null where none is that common.</summary>
    private static (string Name, int Records)? Commonest(LinkTable table, int column)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = names.GetAlternateLookup<ReadOnlySpan<char>>();
        (string Name, int Records) most = ("", 0);
        for (int row = 0; column >= 0 && row < table.Rows.Count; row++)
        {
            ReadOnlySpan<char> name = table.Rows.Text(row, column).Trim();
            int records = name.IsEmpty ? 0 : seen.TryGetValue(name, out int before) ? before + 1 : 1;
            if (records > 0)
            {
                seen[name] = records;
            }

            most = records > most.Records ? (name.ToString(), records) : most;
        }

        return most.Records >= 100 && most.Records >= table.Rows.Count / 100 ? most : null;
    }

    /// <summary>Why the first column that is called like an identifier is none.</summary>
    private static string WhyNoId(LinkTable table)
    {
        int column = table.Columns.IndexOf(table.Columns.FirstOrDefault(name => ColumnGuess.Of(new LinkTable("", [name], []))[0].Role == ColumnRole.Id) ?? "");
        return column < 0 || ColumnGuess.WhyNoKey(table, column) is not { } why ? "" : $" (column '{table.Columns[column]}': {why})";
    }

    private static string Example(IReadOnlyList<LinkTable> tables, LinkageResult result, string scheme)
    {
        foreach (LinkTable table in tables)
        {
            foreach ((int column, ColumnUse use) in result.Columns[table.Name].Index().Where(one => one.Item.Role == ColumnRole.Identifier && one.Item.Scheme == scheme))
            {
                for (int row = 0; row < table.Rows.Count; row++)
                {
                    if (table.Rows.Text(row, column).Trim().ToString() is { Length: > 0 } text && IdentifierSchemes.Read(scheme, text) is null)
                    {
                        return $", such as '{text}' of {table.Name}, column '{use.Column}', row {row} counted from 0";
                    }
                }
            }
        }

        return "";
    }

    private static string Rows(long rows, string one, string several) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {(rows == 1 ? "row " + one : "rows " + several)}");
}
