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
        int skipped = source.Shapes.CsvSkip;
        for (int i = 0; i < skipped; i++)
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

        foreach (RawRecord record in Records(csv, header.Length, columns, () => text.Peek() < 0))
        {
            yield return record with { Line = record.Line + skipped };
        }
    }

    private static IEnumerable<RawRecord> Records(CsvParser csv, int width, int[] columns, Func<bool> allTaken)
    {
        string?[] texts = new string?[columns.Length];
        (long Line, int Count)? uneven = null;
        while (true)
        {
            (bool read, Trouble? trouble) = Next(csv);
            if (uneven is { } before)
            {
                yield return Uneven(before, width, !read && trouble is null);
                uneven = null;
            }

            if (trouble is not null)
            {
                yield return new RawRecord(csv.RawRow, [], trouble);
            }

            if (!read)
            {
                yield break;
            }

            if (allTaken() && EndsInQuotes(csv.RawRecord))
            {
                yield return new RawRecord(csv.RawRow, [], new Trouble(RejectionCodes.FileTruncated, "", "the file ends inside a quoted field: it was cut off, or a quote is opened and never closed", true));
                yield break;
            }

            if (csv.Count == width)
            {
                yield return Fill(csv, columns, texts);
            }
            else
            {
                uneven = (csv.RawRow, csv.Count);
            }
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

    /// <summary>A record with more or fewer fields than the header: only as the very last one does it tell of a file cut off.</summary>
    private static RawRecord Uneven((long Line, int Count) record, int expected, bool isLast) => new(record.Line, [], isLast && record.Count < expected
        ? new Trouble(RejectionCodes.FileTruncated, "", $"the last line has {record.Count} fields where the header has {expected}: the file ends in the middle of a record; fetch it again", true)
        : new Trouble(RejectionCodes.RecordUnreadable, "", $"{record.Count} fields where the header has {expected}", false));

    /// <summary>Whether a record ends inside quotes; a quote opens only at the beginning of a field (RFC 4180, section 2).</summary>
    private static bool EndsInQuotes(ReadOnlySpan<char> record)
    {
        (bool quoted, bool inside, bool atStart) = (false, false, true);
        foreach (char one in record)
        {
            quoted = atStart ? one == '"' : quoted;
            inside = one == '"' && quoted ? !inside : inside;
            atStart = one == ',' && !inside;
        }

        return inside;
    }

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
        source.Identity.Prepend(source.Id).Concat(source.Findings.SelectMany(finding => finding.AllFields())).Where(field => field.Required);

    private static string Shorten(string text) => text.Length <= 600 ? text : text[..600] + "…";
}
