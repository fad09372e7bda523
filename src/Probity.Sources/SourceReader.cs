using System.Text;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>Reads the records of a source from a file, a folder or an address. Streams: what grows with an input is the set of its identifiers, kept to tell doubles; a page of an address is held whole.</summary>
public static class SourceReader
{
    private static readonly string[] Endings = [".csv", ".json", ".xml"];

    /// <summary>Reads all records, in the order in which they stand; files of a folder by name. Bad input never throws: it is in the answer.</summary>
    /// <param name="source">How records map to statements.</param>
    /// <param name="location">A file, a folder, or an http or https address.</param>
    /// <param name="options">The day, and who is told how far it is.</param>
    /// <param name="cancelled">Stops between records.</param>
    public static IEnumerable<SourceRecord> Read(SourceDefinition source, string location, ReadOptions options, CancellationToken cancelled)
    {
        if (Uri.TryCreate(location, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return HttpPages.Read(source, address, options, cancelled);
        }

        if (!source.Tables.IsEmpty)
        {
            return ReadTables(source, [location], options, cancelled);
        }

        (string[] files, string code, string reason) = FilesOf(location);
        return files.Length == 0
            ? [SourceRecord.OfFile(new Rejection(source.Name, new Place(location, 0, ""), "", code, reason))]
            : ReadFiles(source, files, options, cancelled);
    }

    /// <summary>Reads all records at several locations: joined where the source declares tables, else one location after the other.</summary>
    /// <param name="source">How records map to statements.</param>
    /// <param name="locations">Files, folders, or http and https addresses; at least one.</param>
    /// <param name="options">The day, and who is told how far it is.</param>
    /// <param name="cancelled">Stops between records.</param>
    public static IEnumerable<SourceRecord> Read(SourceDefinition source, IReadOnlyList<string> locations, ReadOptions options, CancellationToken cancelled) => source.Tables.IsEmpty
        ? locations.SelectMany(location => Read(source, location, options, cancelled))
        : ReadTables(source, locations, options, cancelled);

    /// <summary>Reads the records of a source whose columns stand in several tables; in the order in which their identifiers were first seen.</summary>
    /// <param name="source">How records map to statements; it declares tables.</param>
    /// <param name="locations">Files, or folders of them, that together hold the tables; an address is no table.</param>
    /// <param name="options">The day, and who is told how far it is.</param>
    /// <param name="cancelled">Stops between files.</param>
    public static IEnumerable<SourceRecord> ReadTables(SourceDefinition source, IEnumerable<string> locations, ReadOptions options, CancellationToken cancelled) =>
        new JoinedTables(source, options).Read([.. locations.SelectMany(location => FilesOf(location).Files is { Length: > 0 } files ? files : [location])], cancelled);

    private static (string[] Files, string Code, string Reason) FilesOf(string location)
    {
        if (string.IsNullOrWhiteSpace(location) || location.Contains('\0', StringComparison.Ordinal))
        {
            return ([], SourceCodes.FileMissing, "this is no name of a file; name a file, a folder or an address");
        }

        try
        {
            string[] files = Directory.Exists(location)
                ? [.. Directory.GetFiles(location).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)]
                : [location];
            return (files, SourceCodes.FileMissing, $"the folder holds no {string.Join(", ", Endings)} file");
        }
        catch (UnauthorizedAccessException)
        {
            return ([], SourceCodes.FileNoPermission, "this user may not list the folder; give the right or name another");
        }
    }

    private static IEnumerable<SourceRecord> ReadFiles(SourceDefinition source, string[] files, ReadOptions options, CancellationToken cancelled)
    {
        long all = files.Sum(file => File.Exists(file) ? new FileInfo(file).Length : 0);
        long before = 0;
        int count = 0;
        foreach (string file in files)
        {
            (FileStream? opened, Rejection? refused) = Open(source, file);
            if (refused is not null)
            {
                yield return SourceRecord.OfFile(refused);
                continue;
            }

            using FileStream stream = opened!;
            long length = stream.Length;
            foreach (SourceRecord record in ReadStream(source, new RecordMapping(source, options.Today), file, stream, new JsonRecords(source, "")))
            {
                if ((count++ & 0x3FF) == 0)
                {
                    cancelled.ThrowIfCancellationRequested();
                    options.Progress((before + (stream.CanRead ? stream.Position : length)) / (double)Math.Max(1, all));
                }

                yield return record;
            }

            before += length;
        }

        options.Progress(1);
    }

    /// <summary>Reads one document, whose format its first character tells: "&lt;" XML, "{" or "[" JSON, anything else CSV.</summary>
    internal static IEnumerable<SourceRecord> ReadStream(SourceDefinition source, RecordMapping mapping, string name, Stream stream, JsonRecords json)
    {
        (Encoding encoding, char first) = Sniff(stream);
        IEnumerable<RawRecord> records = first switch
        {
            '\0' => [new RawRecord(0, [], new Trouble(SourceCodes.FileEmpty, "", "the file is empty", true))],
            '<' => XmlRecords.Read(new StreamReader(stream, encoding, false, 1 << 16), source),
            '{' or '[' => json.Read(encoding is UTF8Encoding ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8)),
            _ => CsvRecords.Read(new StreamReader(stream, encoding, false, 1 << 16), CsvShape.Of(source)),
        };
        return records.Select(record => mapping.Map(name, record));
    }

    /// <summary>The encoding that a byte-order mark tells (else UTF-8) and the first character that is no blank; the stream stands behind the mark.</summary>
    internal static (Encoding Encoding, char First) Sniff(Stream stream)
    {
        byte[] head = new byte[4096];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> bytes = head.AsSpan(0, read);
        (Encoding encoding, int mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false), 3),
            [0xFF, 0xFE, ..] => ((Encoding)new UnicodeEncoding(false, false), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false), 2),
            _ => (new UTF8Encoding(false), 0),
        };
        stream.Seek(mark, SeekOrigin.Begin);
        string text = encoding.GetString(bytes[mark..]).TrimStart();
        return (mark == 0 && text.StartsWith("<?xml", StringComparison.Ordinal) ? Declared(text) ?? encoding : encoding, text.Length == 0 && read < head.Length ? '\0' : text.Length == 0 || text[0] == '\0' ? '?' : text[0]);
    }

    /// <summary>The one-byte encoding that an XML declaration names, such as windows-1252; null where it names none of those: a mark or UTF-8 counts.</summary>
    private static Encoding? Declared(string text)
    {
        const string Key = "encoding=";
        int at = text.AsSpan(0, Math.Max(0, text.IndexOf("?>", StringComparison.Ordinal))).IndexOf(Key, StringComparison.Ordinal) + Key.Length;
        int end = at > Key.Length && text[at] is '"' or '\'' ? text.IndexOf(text[at], at + 1) : -1;
        string name = end > 0 ? text[(at + 1)..end] : "";
        try
        {
            Encoding? declared = name.Length == 0 ? null : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return declared is { IsSingleByte: true } and not ASCIIEncoding ? declared : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    internal static (FileStream? Stream, Rejection? Refused) Open(SourceDefinition source, string file)
    {
        Rejection Refused(string code, string reason) => new(source.Name, new Place(file, 0, ""), "", code, reason);
        try
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            if (stream.CanSeek)
            {
                return (stream, null);
            }

            stream.Dispose();
            return (null, Refused(SourceCodes.FileMissing, "this is a pipe or a device; write it to a file first"));
        }
        catch (UnauthorizedAccessException)
        {
            return (null, Refused(SourceCodes.FileNoPermission, "this user may not read it; give the right or name another file"));
        }
        catch (IOException trouble)
        {
            return (null, Refused(SourceCodes.FileMissing, trouble.Message));
        }
    }
}
