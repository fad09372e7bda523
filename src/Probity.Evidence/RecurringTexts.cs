using System.Text.Json;

namespace Probity.Evidence;

/// <summary>
/// Texts that recur in statement after statement (names of fields, laws, purposes, types), each made once a thread instead of once a statement.
/// A place holds the text last read there; the bytes decide, so that no other text can ever be answered.
/// </summary>
internal static class RecurringTexts
{
    private const int Places = 1_024;
    private const int LongestKept = 160;

    [ThreadStatic]
    private static Kept[]? _kept;

    /// <summary>The text of the reader's string or property name.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestKept)
        {
            return reader.GetString()!;
        }

        ReadOnlySpan<byte> bytes = reader.ValueSpan;
        uint hash = 2_166_136_261;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 16_777_619;
        }

        _kept ??= new Kept[Places];
        ref Kept place = ref _kept[hash % Places];
        if (place.Bytes is null || !bytes.SequenceEqual(place.Bytes))
        {
            string text = reader.GetString()!; // refuses what is not valid UTF-8
            if (place.Misses++ < 8 || place.Bytes is null)
            {
                place = new Kept { Bytes = bytes.ToArray(), Text = text, Misses = place.Misses };
            }

            return text;
        }

        return place.Text!;
    }

    private struct Kept
    {
        public byte[]? Bytes;
        public string? Text;
        public int Misses;
    }
}
