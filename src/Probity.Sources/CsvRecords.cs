using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>Records of a CSV file (RFC 4180) with a header line. Columns are found by name; others are passed over.</summary>
internal static class CsvRecords
{
    /// <summary>The longest field read at all; a quote that is never closed ends here instead of in memory.</summary>
    private const int MaxField = 32 * 1024 * 1024;

    public static IEnumerable<RawRecord> Read(TextReader text, CsvShape shape)
    {
        int skipped = shape.Layout.SkipLines;
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

        string[] header = HeaderOf(csv, shape.Layout);
        int[] columns = [.. shape.Columns.Select(column => CsvShape.PlaceOf(header, column))];
        if (shape.Missing(header) is { } missing)
        {
            yield return new RawRecord(1 + skipped, [], missing);
            yield break;
        }

        foreach (RawRecord record in Records(csv, header.Length, columns, () => text.Peek() < 0))
        {
            yield return record with { Line = record.Line + skipped };
        }
    }

    /// <summary>The names of the columns, the lowest of the header's lines that is not empty; what stands below the header is passed over.</summary>
    private static string[] HeaderOf(CsvParser csv, CsvLayout layout)
    {
        string[] names = [.. csv.Record!.Select(name => name.Trim())];
        for (int line = 1; line < layout.HeaderLines && Next(csv).Read; line++)
        {
            for (int i = 0; i < Math.Min(names.Length, csv.Count); i++)
            {
                names[i] = csv[i].Trim() is { Length: > 0 } lower ? lower : names[i];
            }
        }

        for (int line = 0; line < layout.SkipBelow; line++)
        {
            Next(csv);
        }

        return names;
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

            if (allTaken() && OpenQuote.EndsIn(csv.RawRecord, ','))
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
}
