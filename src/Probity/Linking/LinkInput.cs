using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Probity.Linkage;
using Probity.Sources;

namespace Probity.Linking;

/// <summary>A CSV file (RFC 4180) with a header line, read as an input of a linkage.</summary>
/// <param name="Table">Its rows; short rows are filled up with empty texts, so that row numbers stay those of the file.</param>
/// <param name="Uneven">How many rows had more or fewer fields than the header; surplus fields are left out.</param>
/// <param name="Latin">True where the file was not UTF-8 and was read as Windows-1252's common part, ISO 8859-1.</param>
/// <param name="Nul">How many rows held NUL characters, which were taken for spaces, and which was the first, from 0.</param>
/// <param name="Delimiter">What parts its fields: comma, semicolon or tab, whichever its header line has most of.</param>
internal sealed record LinkInput(LinkTable Table, long Uneven, bool Latin, (long Rows, int First) Nul, char Delimiter)
{
    private const string Delimiters = ",;\t";

    private const int MostHeader = 1 << 16;

    /// <summary>Rows after which the share that was read is told.</summary>
    private const int RowsTold = 1 << 14;

    private const int MaxField = 32 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads NAME=FILE; null and a reason where that cannot be done.</summary>
    /// <param name="argument">NAME=FILE.</param>
    /// <param name="progress">Told the share of the file that is read.</param>
    /// <param name="problem">The reason.</param>
    public static LinkInput? Read(string argument, Action<string, double> progress, out string problem)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problem = $"'{argument}' is not NAME=FILE, such as register=companies.csv";
            return null;
        }

        (string name, string path) = (argument[..equals], argument[(equals + 1)..]);
        if (name.Contains(':', StringComparison.Ordinal))
        {
            problem = $"'{name}' cannot name an input: records are named NAME:id, so a name has no colon";
            return null;
        }

        if (!File.Exists(path))
        {
            problem = Directory.Exists(path) ? $"'{path}' is a folder; name a file in it" : $"there is no file '{path}'";
            return null;
        }

        try
        {
            return Read(new InputFile(name, path), StrictUtf8, progress, out problem);
        }
        catch (DecoderFallbackException)
        {
            return Read(new InputFile(name, path), Encoding.Latin1, progress, out problem) is { } latin ? latin with { Latin = true } : null;
        }
        catch (MaxFieldSizeException)
        {
            problem = $"'{path}' has a field longer than {MaxField:N0} characters: most likely a quote is opened and never closed";
            return null;
        }
    }

    private static LinkInput? Read(InputFile file, Encoding encoding, Action<string, double> progress, out string problem)
    {
        (string name, string path) = file;
        char delimiter = DelimiterOf(path, encoding);
        using var text = new StreamReader(path, encoding);
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), BadDataFound = null, MaxFieldSize = MaxField, LineBreakInQuotedFieldIsBadData = false });
        if (!csv.Read())
        {
            problem = $"'{path}' is empty; a header line and records are expected";
            return null;
        }

        string[] header = [.. csv.Record!.Select(column => column.Trim())];
        problem = ProblemOf(header, path);
        if (problem.Length > 0)
        {
            return null;
        }

        var rows = new LinkRows(header.Length);
        (long Rows, int First) nul = default;
        long uneven = 0;
        bool cutOff = false;
        while (csv.Read())
        {
            string[] row = csv.Record!;
            cutOff = text.EndOfStream && OpenQuote.EndsIn(csv.RawRecord, delimiter);
            uneven += row.Length == header.Length ? 0 : 1;
            row = row.Length == header.Length ? row : [.. row.Take(header.Length), .. Enumerable.Repeat("", Math.Max(0, header.Length - row.Length))];
            if (Array.Exists(row, field => field.Contains('\0', StringComparison.Ordinal)))
            {
                nul = (nul.Rows + 1, nul.Rows == 0 ? rows.Count : nul.First);
                row = Array.ConvertAll(row, field => field.Replace('\0', ' '));
            }

            rows.Add(row);
            if (rows.Count % RowsTold == 0)
            {
                progress("reading " + name, (double)text.BaseStream.Position / text.BaseStream.Length);
            }
        }

        progress("reading " + name, 1);
        problem = cutOff ? $"'{path}' ends inside a quoted field: it was cut off, or a quote is opened and never closed" : "";
        return cutOff ? null : new LinkInput(new LinkTable(name, [.. header], rows), uneven, Latin: false, nul, delimiter);
    }

    /// <summary>Why a header line begins no table, and what to do; empty where it does.</summary>
    private static string ProblemOf(string[] header, string path) =>
        Array.Exists(header, column => column.Contains('\0', StringComparison.Ordinal)) ? $"'{path}' holds NUL characters: it is no text, or UTF-16 without its mark; save it as UTF-8"
        : Array.TrueForAll(header, column => column.Length == 0) ? $"the header line of '{path}' names no column; a line of names and then records are expected"
        : "";

    /// <summary>Comma, semicolon or tab, whichever stands most in the header line outside quotes; of equals the first of the three. The CSV library would take a comma that stands in every line, as in addresses.</summary>
    private static char DelimiterOf(string path, Encoding encoding)
    {
        using var text = new StreamReader(path, encoding);
        Span<int> counts = stackalloc int[Delimiters.Length];
        bool quoted = false;
        bool begun = false;
        for (int read = 0; read < MostHeader && text.Read() is >= 0 and var code; read++)
        {
            char character = (char)code;
            quoted ^= character == '"';
            if (!quoted && begun && character is ('\r' or '\n'))
            {
                break;
            }

            begun |= character is not ('\r' or '\n');
            int place = quoted ? -1 : Delimiters.IndexOf(character, StringComparison.Ordinal);
            counts[Math.Max(0, place)] += place >= 0 ? 1 : 0;
        }

        return counts[0] >= counts[1] && counts[0] >= counts[2] ? Delimiters[0] : counts[1] >= counts[2] ? Delimiters[1] : Delimiters[2];
    }

    private readonly record struct InputFile(string Name, string Path);
}
