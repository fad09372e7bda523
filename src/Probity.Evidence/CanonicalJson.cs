using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Probity.Evidence;

/// <summary>
/// The one way fields become bytes: JSON after RFC 8785 (JCS) narrowed to what a <see cref="Value"/> can hold: names sorted by
/// UTF-16 code unit, no white space, shortest escapes, whole numbers only. Equal fields give equal bytes on any machine.
/// </summary>
public static class CanonicalJson
{
    private const int MaxDepth = 32;
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 32).Select(c => ((char)c).ToString())) + "\"\\");

    /// <summary>The UTF-8 bytes.</summary>
    /// <exception cref="ArgumentException">A text holds an unpaired surrogate.</exception>
    public static byte[] Bytes(Fields fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(buffer, fields);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same as text, for people and golden files.</summary>
    /// <exception cref="ArgumentException">A text holds an unpaired surrogate.</exception>
    public static string Text(Fields fields) => Encoding.UTF8.GetString(Bytes(fields));

    /// <summary>Appends the UTF-8 bytes to a buffer.</summary>
    /// <exception cref="ArgumentException">A text holds an unpaired surrogate.</exception>
    public static void Write(IBufferWriter<byte> buffer, Fields fields)
    {
        buffer.Write("{"u8);
        for (int i = 0; i < fields.Count; i++)
        {
            if (i > 0)
            {
                buffer.Write(","u8);
            }

            WriteText(buffer, fields[i].Key);
            buffer.Write(":"u8);
            WriteValue(buffer, fields[i].Value);
        }

        buffer.Write("}"u8);
    }

    /// <summary>Reads one JSON object, canonical or not. Numbers with a fraction or exponent, null, doubled names: refused.</summary>
    /// <param name="json">UTF-8 without a byte-order mark.</param>
    /// <param name="fields">What it holds; empty where the answer is false.</param>
    /// <param name="problem">Why it was refused, for a person; empty where the answer is true.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out Fields fields, out string problem)
    {
        fields = Fields.Empty;
        problem = "";
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "not a JSON object";
                return false;
            }

            fields = ReadGroup(ref reader);
            if (reader.Read())
            {
                problem = "something follows the object";
                return false;
            }

            return true;
        }
        catch (Exception trouble) when (trouble is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            problem = trouble.Message;
            fields = Fields.Empty;
            return false;
        }
    }

    private static Fields ReadGroup(ref Utf8JsonReader reader)
    {
        FirstFields first = default;
        int count = 0;
        List<KeyValuePair<string, Value>>? more = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = RecurringTexts.Read(ref reader);
            reader.Read();
            var field = new KeyValuePair<string, Value>(name, ReadValue(ref reader));
            if (count < FirstFields.Length)
            {
                first[count++] = field;
                continue;
            }

            more ??= [.. first];
            more.Add(field);
        }

        return more is null ? Fields.Of(((ReadOnlySpan<KeyValuePair<string, Value>>)first)[..count]) : Fields.Of([.. more]);
    }

    /// <summary>Room on the stack for the fields of an ordinary object.</summary>
    [System.Runtime.CompilerServices.InlineArray(Length)]
    private struct FirstFields
    {
        public const int Length = 16;
        private KeyValuePair<string, Value> _field;
    }

    private static Value ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Value.Of(RecurringTexts.Read(ref reader)),
        JsonTokenType.Number when reader.TryGetInt64(out long number) => Value.Of(number),
        JsonTokenType.True => Value.Of(true),
        JsonTokenType.False => Value.Of(false),
        JsonTokenType.StartObject => new Value.Group(ReadGroup(ref reader)),
        JsonTokenType.StartArray => ReadSequence(ref reader),
        _ => throw new FormatException($"{reader.TokenType} at byte {reader.TokenStartIndex} is not text, whole number, true, false, list or object"),
    };

    private static Value.Sequence ReadSequence(ref Utf8JsonReader reader)
    {
        ImmutableArray<Value>.Builder items = ImmutableArray.CreateBuilder<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }

        return new Value.Sequence(items.ToImmutable());
    }

    private static void WriteValue(IBufferWriter<byte> buffer, Value value)
    {
        switch (value)
        {
            case Value.Text text:
                WriteText(buffer, text.Content);
                break;
            case Value.Whole whole:
                Utf8Formatter.TryFormat(whole.Number, buffer.GetSpan(20), out int written);
                buffer.Advance(written);
                break;
            case Value.Flag flag:
                buffer.Write(flag.Holds ? "true"u8 : "false"u8);
                break;
            case Value.Group group:
                Write(buffer, group.Content);
                break;
            case Value.Sequence sequence:
                WriteSequence(buffer, sequence);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void WriteSequence(IBufferWriter<byte> buffer, Value.Sequence sequence)
    {
        buffer.Write("["u8);
        for (int i = 0; i < sequence.Items.Length; i++)
        {
            if (i > 0)
            {
                buffer.Write(","u8);
            }

            WriteValue(buffer, sequence.Items[i]);
        }

        buffer.Write("]"u8);
    }

    internal static void WriteText(IBufferWriter<byte> buffer, ReadOnlySpan<char> text)
    {
        buffer.Write("\""u8);
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAny(Escaped);
            ReadOnlySpan<char> run = plain < 0 ? text : text[..plain];
            Span<byte> target = buffer.GetSpan(Math.Max(1, run.Length * 3));
            OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(run, target, out _, out int written, replaceInvalidSequences: false);
            if (status != OperationStatus.Done)
            {
                throw new ArgumentException("the text holds an unpaired surrogate", nameof(text));
            }

            buffer.Advance(written);
            if (plain < 0)
            {
                break;
            }

            WriteEscape(buffer, text[plain]);
            text = text[(plain + 1)..];
        }

        buffer.Write("\""u8);
    }

    private static void WriteEscape(IBufferWriter<byte> buffer, char character) => buffer.Write(character switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\f' => "\\f"u8,
        '\n' => "\\n"u8,
        '\r' => "\\r"u8,
        '\t' => "\\t"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)character:x4}"),
    });
}
