using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Probity.Evidence;

/// <summary>
/// What a commitment in the ledger stands for (formats/redaction.md). Kept and served apart from the ledger, so that it can be erased; whoever has it can hold it against the commitment,
/// and without it the commitment tells nothing.
/// </summary>
/// <param name="Field">The field's name in the statement; "group.name" inside a group.</param>
/// <param name="Salt">32 random bytes as 64 lower-case hexadecimal digits, fresh for each value.</param>
/// <param name="Value">The field's text.</param>
public sealed record Opening(string Field, string Salt, string Value)
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 32;

    private static ReadOnlySpan<byte> Domain => "probity/field/v1"u8;

    /// <summary>SHA-256("probity/field/v1" ‖ length ‖ name ‖ salt ‖ length ‖ value): lengths in bytes of UTF-8, 32 bits, most significant byte first.</summary>
    /// <exception cref="FormatException">The salt is no hexadecimal text.</exception>
    public Digest Commitment()
    {
        var committed = new ArrayBufferWriter<byte>(128);
        committed.Write(Domain);
        WritePart(committed, Field);
        committed.Write(Convert.FromHexString(Salt));
        WritePart(committed, Value);
        return Digest.Of(committed.WrittenSpan);
    }

    /// <summary>Whether a text is a salt: 64 lower-case hexadecimal digits.</summary>
    public static bool IsSalt(string? text) => text is { Length: 2 * SaltBytes } && text.All(char.IsAsciiHexDigitLower);

    private static void WritePart(ArrayBufferWriter<byte> committed, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteUInt32BigEndian(committed.GetSpan(4), (uint)bytes.Length);
        committed.Advance(4);
        committed.Write(bytes);
    }
}

/// <summary>Openings as they are served and exported: one line of canonical JSON each, in the order of entries and then of the fields' bytes in UTF-8, none twice (formats/redaction.md).</summary>
public static class OpeningLines
{
    private const int FormatVersion = 1;
    private static readonly string[] Names = ["field", "index", "salt", "v", "value"];

    /// <summary>The lines of some openings; no bytes where there are none.</summary>
    public static byte[] Write(IEnumerable<(long Index, Opening Opening)> openings)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach ((long index, Opening opening) in openings)
        {
            CanonicalJson.Write(lines, Fields.Of(
                ("field", Value.Of(opening.Field)),
                ("index", Value.Of(index)),
                ("salt", Value.Of(opening.Salt)),
                ("v", Value.Of(FormatVersion)),
                ("value", Value.Of(opening.Value))));
            lines.Write("\n"u8);
        }

        return lines.WrittenSpan.ToArray();
    }

    /// <summary>Reads lines back; false, with the first line at fault, for anything else.</summary>
    /// <param name="bytes">What was served.</param>
    /// <param name="openings">The openings with the entries they are of.</param>
    /// <param name="problem">Why not, for a person; empty where the answer is true.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IReadOnlyList<(long Index, Opening Opening)> openings, out string problem)
    {
        var read = new List<(long Index, Opening Opening)>();
        openings = read;
        problem = "";
        for (int line = 1; !bytes.IsEmpty; line++)
        {
            int end = bytes.IndexOf((byte)'\n');
            if (end < 0 || !CanonicalJson.TryRead(bytes[..end], out Fields fields, out problem) || OneOf(fields) is not { } one)
            {
                problem = $"line {line} is no opening{(problem.Length > 0 ? ": " + problem : "")}";
                return false;
            }

            if (!Write([one]).AsSpan().SequenceEqual(bytes[..(end + 1)]))
            {
                problem = $"line {line} is not written as canonical JSON (RFC 8785)";
                return false;
            }

            if (read.Count > 0 && Compare(read[^1], one) >= 0)
            {
                problem = $"line {line} is out of order: '{one.Opening.Field}' of entry {one.Index} has to stand once, behind the earlier entries and fields";
                return false;
            }

            read.Add(one);
            bytes = bytes[(end + 1)..];
        }

        return true;
    }

    private static int Compare((long Index, Opening Opening) left, (long Index, Opening Opening) right) => left.Index != right.Index
        ? left.Index.CompareTo(right.Index)
        : Encoding.UTF8.GetBytes(left.Opening.Field).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.Opening.Field));

    private static (long Index, Opening Opening)? OneOf(Fields fields)
    {
        bool isWhole = fields.Count == Names.Length && Names.All(name => fields[name] is not null)
            && fields.WholeOf("v") is FormatVersion && fields.WholeOf("index") is >= 0 && Opening.IsSalt(fields.TextOf("salt"));
        return isWhole && fields.TextOf("field") is { } field && fields.TextOf("value") is { } value
            ? (fields.WholeOf("index")!.Value, new Opening(field, fields.TextOf("salt")!, value))
            : null;
    }
}
