using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Sources;

/// <summary>Records of a CSV file (RFC 4180) with a header line. Columns are found by name; others are passed over.</summary>
internal static class CsvRecords
{
    /// <summary>The longest field read at all; a quote that is never closed ends here instead of in memory.</summary>
    private const int MaxField = 32 * 1024 * 1024;

    public static IEnumerable<RawRecord> Read(TextReader text, SourceDefinition source)
    {
        for (int i = 0; i < source.Shapes.CsvSkip; i++)
        {
            text.ReadLine();
        }

        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MaxFieldSize = MaxField, LineBreakInQuotedFieldIsBadData = false });
        (bool read, Trouble? trouble) = Next(csv);
        if (!read)
        {
            yield return new RawRecord(0, [], trouble ?? new Trouble(SourceCodes.FileEmpty, "", "the file is empty; a header line and records are expected", true));
            yield break;
        }

        string[] header = [.. csv.Record!.Select(name => name.Trim())];
        int[] columns = [.. source.Paths.Select(path => Array.IndexOf(header, path))];
        if (MissingColumns(header, source) is { } missing)
        {
            yield return new RawRecord(1, [], missing);
            yield break;
        }

        string?[] texts = new string?[columns.Length];
        while (true)
        {
            (read, trouble) = Next(csv);
            if (!read)
            {
                if (trouble is not null)
                {
                    yield return new RawRecord(csv.RawRow, [], trouble);
                }

                yield break;
            }

            yield return csv.Count == header.Length ? Fill(csv, columns, texts) : new RawRecord(csv.RawRow, [], Uneven(csv, header.Length, text.Peek() < 0));
        }
    }

    private static RawRecord Fill(CsvParser csv, int[] columns, string?[] texts)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            texts[i] = columns[i] < 0 ? null : csv[columns[i]];
        }

        return new RawRecord(csv.RawRow, texts, null);
    }

    private static (bool Read, Trouble? Trouble) Next(CsvParser csv)
    {
        try
        {
            return (csv.Read(), null);
        }
        catch (MaxFieldSizeException)
        {
            return (false, new Trouble(RejectionCodes.FieldTooLong, "", $"a field is longer than {MaxField:N0} characters: most likely a quote is opened and never closed", true));
        }
        catch (IOException trouble)
        {
            return (false, new Trouble(RejectionCodes.FileTruncated, "", trouble.Message, true));
        }
    }

    private static Trouble Uneven(CsvParser csv, int expected, bool isLast) => isLast && csv.Count < expected
        ? new Trouble(RejectionCodes.FileTruncated, "", $"the last line has {csv.Count} fields where the header has {expected}: the file ends in the middle of a record; fetch it again", true)
        : new Trouble(RejectionCodes.RecordUnreadable, "", $"{csv.Count} fields where the header has {expected}", false);

    /// <summary>Names what no alternative of a required field has a column for, and the columns found.</summary>
    private static Trouble? MissingColumns(string[] header, SourceDefinition source)
    {
        List<FieldRule> missing = [.. RequiredFields(source).Where(field => !field.From.Any(header.Contains))];
        if (missing.Count == 0)
        {
            return null;
        }

        string wanted = string.Join("; ", missing.Select(field => string.Join(" or ", field.From.Where(path => !path.Contains('/', StringComparison.Ordinal)).DefaultIfEmpty(field.From[0]))));
        string? near = missing.SelectMany(field => field.From).Select(path => NearestName.Of(path, header)).FirstOrDefault(name => name is not null);
        return new Trouble(
            SourceCodes.ColumnMissing,
            wanted,
            $"column missing: {wanted}. Found: {Shorten(string.Join(", ", header))}.{(near is null ? "" : $" Is it '{near}'?")}",
            true);
    }

    private static IEnumerable<FieldRule> RequiredFields(SourceDefinition source) =>
        source.Identity.Where(field => field.Required).Prepend(source.Id).Concat(source.Findings.SelectMany(finding => finding.Fields.Where(field => field.Required)));

    private static string Shorten(string text) => text.Length <= 600 ? text : text[..600] + "…";
}
