using System.Text.Json;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>
/// Records of a JSON document, streamed: objects in the arrays that stand at the source's paths. Paths of fields are relative to the record; arrays
/// inside a record are passed over. Also tells what stands at one path outside the records, for paging.
/// </summary>
/// <param name="source">Where records and fields stand.</param>
/// <param name="aside">A path outside the records whose text is wanted; empty for none.</param>
internal sealed class JsonRecords(SourceDefinition source, string aside)
{
    private const int FirstBuffer = 64 * 1024;
    private const int MaxToken = 32 * 1024 * 1024;
    private readonly Dictionary<string, int> _slots = source.Paths.Select((path, slot) => (path, slot)).ToDictionary(one => one.path, one => one.slot, StringComparer.Ordinal);
    private readonly JsonPath _path = new();
    private string?[]? _open;
    private int _openDepth;
    private long _count;
    private bool _listMet;

    /// <summary>The text found at the path aside; null where none was met.</summary>
    public string? Aside { get; private set; }

    public IEnumerable<RawRecord> Read(Stream json)
    {
        byte[] buffer = new byte[FirstBuffer];
        int held = 0;
        bool isLast = false;
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var ready = new List<RawRecord>();
        while (true)
        {
            Trouble? trouble = Fill(json, buffer, ref held, ref isLast);
            ready.Clear();
            trouble ??= Step(buffer, ref held, isLast, ref state, ready);
            foreach (RawRecord record in ready)
            {
                yield return record;
            }

            if (trouble is not null)
            {
                yield return new RawRecord(_count, [], trouble);
                yield break;
            }

            if (isLast)
            {
                break;
            }

            if (held == buffer.Length)
            {
                if (buffer.Length >= MaxToken)
                {
                    yield return new RawRecord(_count + 1, [], new Trouble(RejectionCodes.FieldTooLong, "", $"a value is longer than {MaxToken:N0} bytes", true));
                    yield break;
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        if (!_listMet)
        {
            yield return new RawRecord(0, [], new Trouble(SourceCodes.NoRecords, "", $"there is no list of records at {string.Join(" or ", source.Shapes.JsonPaths)}", true));
        }
    }

    private static Trouble? Fill(Stream json, byte[] buffer, ref int held, ref bool isLast)
    {
        try
        {
            int read = json.Read(buffer, held, buffer.Length - held);
            held += read;
            isLast = read == 0 && held < buffer.Length;
            return null;
        }
        catch (IOException trouble)
        {
            return new Trouble(RejectionCodes.FileTruncated, "", trouble.Message, true);
        }
    }

    private Trouble? Step(byte[] buffer, ref int held, bool isLast, ref JsonReaderState state, List<RawRecord> ready)
    {
        try
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(0, held), isLast, state);
            while (reader.Read())
            {
                Take(ref reader, ready);
            }

            state = reader.CurrentState;
            int used = (int)reader.BytesConsumed;
            buffer.AsSpan(used, held - used).CopyTo(buffer);
            held -= used;
            return null;
        }
        catch (JsonException trouble)
        {
            string at = $"line {trouble.LineNumber + 1}, byte {trouble.BytePositionInLine + 1}";
            return isLast && (trouble.Message.Contains("reached end of data", StringComparison.Ordinal) || trouble.Message.Contains("incomplete", StringComparison.OrdinalIgnoreCase))
                ? new Trouble(RejectionCodes.FileTruncated, "", $"the file ends in the middle of the document ({at}); fetch it again. Records before this place were read", true)
                : new Trouble(RejectionCodes.RecordUnreadable, "", $"the JSON cannot be read further ({at}): {trouble.Message.Split('.')[0]}", true);
        }
    }

    private void Take(ref Utf8JsonReader reader, List<RawRecord> ready)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _path.Name(reader.CurrentDepth, StringOf(ref reader));
                break;
            case JsonTokenType.StartArray:
                _path.Array(reader.CurrentDepth);
                _listMet |= _open is null && _path.IsItemOf(reader.CurrentDepth + 1, source.Shapes.JsonPaths);
                break;
            case JsonTokenType.StartObject when _open is null && _path.IsItemOf(reader.CurrentDepth, source.Shapes.JsonPaths):
                _open = new string?[source.Paths.Length];
                _openDepth = reader.CurrentDepth;
                _count++;
                break;
            case JsonTokenType.EndObject when _open is not null && reader.CurrentDepth == _openDepth:
                ready.Add(new RawRecord(_count, _open, null));
                _open = null;
                break;
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                TakeValue(ref reader);
                break;
            default:
                break;
        }
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        if (_open is not null)
        {
            if (_slots.TryGetValue(_path.Relative(_openDepth, reader.CurrentDepth), out int slot))
            {
                _open[slot] = TextOf(ref reader);
            }
        }
        else if (aside.Length > 0 && _path.Relative(0, reader.CurrentDepth) == aside)
        {
            Aside = TextOf(ref reader);
        }
    }

    private static string TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => StringOf(ref reader),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
    };

    /// <summary>A text; one that is not valid UTF-8 or holds half a surrogate pair comes with U+FFFD, so that only its own record is rejected.</summary>
    private static string StringOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.Encoding.UTF8.GetString(reader.ValueSpan) + '\ufffd';
        }
    }
}
