using System.Security.Cryptography;
using System.Text;
using Probity.Evidence;

namespace Probity.Rating.Columns;

/// <summary>
/// Writes a frame as bytes that can be mapped into memory: columns one behind the other, each at a multiple of 64 bytes; then what they are as
/// canonical JSON; then where that begins (8 bytes), its length (8 bytes), SHA-256 over everything before it (32 bytes), and "probity frame 1\n".
/// </summary>
internal sealed class FrameWriting : IDisposable
{
    /// <summary>The last bytes of a file; they name its version.</summary>
    public static readonly byte[] Mark = Encoding.ASCII.GetBytes("probity frame 1\n");

    /// <summary>Bytes behind the description.</summary>
    public const int TrailerLength = 8 + 8 + Digest.Length + 16;

    private const int Alignment = 64;
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _written;

    private FrameWriting(Stream stream) => _stream = stream;

    /// <summary>Writes a frame that is not layered.</summary>
    /// <param name="stream">Where to; written from its present position to its end.</param>
    /// <param name="frame">What.</param>
    /// <param name="rules">The fingerprint of the methodology whose evidence it is.</param>
    /// <param name="knownAt">The ledger size it was gathered from.</param>
    public static void Write(Stream stream, EvidenceFrame frame, Digest rules, long knownAt)
    {
        using var writing = new FrameWriting(stream);
        Fields description = Fields.Of(
            ("methodology", Value.Of(rules.ToString())),
            ("known_at", Value.Of(knownAt)),
            ("organisations", writing.Section(Identifiers(frame))),
            ("subjects", writing.Packed(PackedNumbers.Of([.. frame.Subjects.Select(subject => (long)subject)]))),
            ("types", new Value.Sequence([.. frame.Types.Select(writing.Type)])));
        long from = writing._written;
        byte[] json = CanonicalJson.Bytes(description);
        writing.Append(json);
        writing.Append(BitConverter.GetBytes(from));
        writing.Append(BitConverter.GetBytes((long)json.Length));
        stream.Write(writing._hash.GetHashAndReset());
        stream.Write(Mark);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static byte[] Identifiers(EvidenceFrame frame)
    {
        var bytes = new byte[frame.Count * OrganisationId.Length];
        for (int i = 0; i < frame.Count; i++)
        {
            Encoding.ASCII.GetBytes(frame.Organisations[i].ToString(), bytes.AsSpan(i * OrganisationId.Length));
        }

        return bytes;
    }

    private Value Type(EvidenceColumns columns) => new Value.Group(Fields.Of(
        ("name", Value.Of(columns.Type.Name)),
        ("starts", Section(columns.Starts.Span)),
        ("days", Packed(columns.Days)),
        ("sequence", Packed(columns.Sequence)),
        ("readable", Packed(columns.Readable)),
        ("items", Field(columns.Items)),
        ("fields", new Value.Sequence([.. columns.Fields.Select(Field)]))));

    private Value Field(FieldColumn column) => new Value.Group(Fields.Of(
        ("numbers", Packed(column.Numbers)),
        ("present", Packed(column.Present)),
        ("wide", Section(column.Wide.Span)),
        ("scale", Value.Of(column.Scale)),
        ("texts", new Value.Sequence([.. column.Texts.Select(Value.Of)]))));

    private Value Packed(PackedNumbers numbers) => new Value.Group(Fields.Of(
        ("base", Value.Of($"{numbers.Base}")),
        ("width", Value.Of(numbers.Width)),
        ("count", Value.Of(numbers.Count)),
        ("codes", Section(numbers.Codes.Span))));

    private Value.Sequence Section(ReadOnlySpan<byte> bytes)
    {
        Append(new byte[(int)(-_written & (Alignment - 1))]);
        long from = _written;
        Append(bytes);
        return new Value.Sequence([Value.Of(from), Value.Of(bytes.Length)]);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _hash.AppendData(bytes);
        _written += bytes.Length;
    }
}
