using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Probity.Evidence;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>Reads what <see cref="FrameWriting"/> wrote, without copying columns. Whatever is not exactly that gives nothing.</summary>
/// <param name="bytes">The whole file.</param>
/// <param name="plan">The methodology's rules.</param>
internal sealed class FrameReading(ReadOnlyMemory<byte> bytes, Plan plan)
{
    /// <summary>The frame and the ledger size it was gathered from; null where the bytes are damaged, of another version or another methodology.</summary>
    public static (EvidenceFrame Frame, long KnownAt)? Read(ReadOnlyMemory<byte> bytes, Methodology methodology)
    {
        if (DescriptionOf(bytes) is not { } description || description.TextOf("methodology") != methodology.Fingerprint.ToString() || description.WholeOf("known_at") is not { } knownAt)
        {
            return null;
        }

        try
        {
            return (new FrameReading(bytes, methodology.Plan).Frame(description, methodology.Rates), knownAt);
        }
        catch (InvalidDataException)
        {
            return null; // written by another program: the checksum holds, the content is not what this one writes
        }
    }

    private static Fields? DescriptionOf(ReadOnlyMemory<byte> bytes)
    {
        int end = bytes.Length - FrameWriting.TrailerLength;
        if (end < 0 || !bytes.Span.EndsWith(FrameWriting.Mark))
        {
            return null;
        }

        long from = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[end..]);
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[(end + 8)..]);
        bool whole = from >= 0 && length >= 0 && from + length == end
            && SHA256.HashData(bytes.Span[..(end + 16)]).AsSpan().SequenceEqual(bytes.Span.Slice(end + 16, Digest.Length));
        return whole && CanonicalJson.TryRead(bytes.Span.Slice((int)from, (int)length), out Fields description, out _) ? description : null;
    }

    private EvidenceFrame Frame(Fields description, SubjectKind kind)
    {
        ReadOnlyMemory<byte> identifiers = Section(description, "organisations");
        var organisations = new OrganisationId[identifiers.Length / OrganisationId.Length];
        for (int i = 0; i < organisations.Length; i++)
        {
            string text = Encoding.ASCII.GetString(identifiers.Span.Slice(i * OrganisationId.Length, OrganisationId.Length));
            organisations[i] = OrganisationId.TryParse(text, out OrganisationId read) ? read : throw new InvalidDataException($"'{text}' is no identifier");
        }

        var subjects = new long[organisations.Length];
        Packed(description, "subjects", organisations.Length).Read(0, subjects);
        ImmutableArray<Value> types = ItemsOf(description, "types");
        EvidenceType[] wanted = [.. plan.Evidence.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];
        Expect(types.Length == wanted.Length);
        return new EvidenceFrame(
            kind,
            ImmutableArray.Create(organisations),
            [.. subjects.Select(subject => (SubjectKind)subject)],
            [.. wanted.Select((type, i) => Type(type, GroupOf(types[i]), organisations.Length))]);
    }

    private EvidenceColumns Type(EvidenceType type, Fields described, int organisations)
    {
        Expect(described.TextOf("name") == type.Name);
        ReadOnlyMemory<byte> starts = Section(described, "starts");
        Expect(starts.Length == (organisations + 1) * sizeof(int));
        int rows = BinaryPrimitives.ReadInt32LittleEndian(starts.Span[^sizeof(int)..]);
        ImmutableArray<Value> fields = ItemsOf(described, "fields");
        Expect(fields.Length == type.Fields.Length);
        return new EvidenceColumns(type)
        {
            Starts = starts,
            Days = Packed(described, "days", rows),
            Sequence = Packed(described, "sequence", rows),
            Readable = Packed(described, "readable", rows),
            Items = Field(Expressions.ExpressionType.Text, described.GroupOf("items"), rows),
            Fields = [.. type.Fields.Select((field, i) => Field(field.Type, GroupOf(fields[i]), rows))],
        };
    }

    private FieldColumn Field(Expressions.ExpressionType type, Fields? described, int rows)
    {
        bool isWide = type.Sort == Expressions.Sort.Real || described?.WholeOf("scale") == FieldColumn.NoScale;
        return new FieldColumn(type)
        {
            Numbers = Packed(described, "numbers", isWide ? 0 : rows),
            Present = Packed(described, "present", rows),
            Wide = Section(described, "wide"),
            Scale = (int)(described?.WholeOf("scale") ?? 0),
            Texts = [.. ItemsOf(described, "texts").Select(text => text is Value.Text read ? read.Content : throw new InvalidDataException("a text is expected"))],
        };
    }

    private PackedNumbers Packed(Fields? described, string name, int count)
    {
        Fields? packed = described?.GroupOf(name);
        var width = (int)(packed?.WholeOf("width") ?? -1);
        ReadOnlyMemory<byte> codes = Section(packed, "codes");
        Expect(width is 0 or 1 or 2 or 4 or 8 && packed?.WholeOf("count") == count && codes.Length == (long)width * count);
        return long.TryParse(packed!.TextOf("base"), out long least) ? new PackedNumbers(least, width, count, codes) : throw new InvalidDataException("a number is expected");
    }

    private ReadOnlyMemory<byte> Section(Fields? described, string name)
    {
        ImmutableArray<Value> place = ItemsOf(described, name);
        bool read = place is [Value.Whole { Number: >= 0 }, Value.Whole { Number: >= 0 }];
        (long from, long length) = read ? (((Value.Whole)place[0]).Number, ((Value.Whole)place[1]).Number) : (0, -1);
        Expect(read && from + length <= bytes.Length);
        return bytes.Slice((int)from, (int)length);
    }

    private static ImmutableArray<Value> ItemsOf(Fields? described, string name) =>
        described?[name] is Value.Sequence sequence ? sequence.Items : throw new InvalidDataException($"a list '{name}' is expected");

    private static Fields GroupOf(Value value) => value is Value.Group group ? group.Content : throw new InvalidDataException("names are expected");

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("the description does not fit the columns");
        }
    }
}
