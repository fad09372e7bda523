using System.Text.Json;

namespace Probity.Evidence;

/// <summary>What a statement is and which record it is about, read from its bytes without the rest: what an index of a ledger needs.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="About">The record it is about.</param>
public readonly record struct StatementHead(StatementKind Kind, RecordId About)
{
    /// <summary>Reads the head of one entry.</summary>
    /// <param name="bytes">The entry's bytes.</param>
    /// <param name="head">The head; the default where the answer is false.</param>
    /// <param name="problem">Why not, for a person; empty where the answer is true.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out StatementHead head, out string problem)
    {
        head = default;
        string? kind = null;
        string? source = null;
        string? record = null;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("kind"u8))
                {
                    kind = TextOf(ref reader);
                }
                else if (reader.ValueTextEquals("source"u8))
                {
                    source = TextOf(ref reader);
                }
                else if (reader.ValueTextEquals("record"u8))
                {
                    record = TextOf(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception trouble) when (trouble is JsonException or InvalidOperationException)
        {
            problem = trouble.Message;
            return false;
        }

        if (kind is null || source is null || record is null || !KindNames.TryParse(kind, out StatementKind read))
        {
            problem = "its kind, source or record is missing or unknown";
            return false;
        }

        head = new StatementHead(read, new RecordId(source, record));
        problem = "";
        return true;
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return RecurringTexts.Read(ref reader);
        }

        reader.Skip();
        return null;
    }
}
