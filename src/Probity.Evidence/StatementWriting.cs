using System.Buffers;

namespace Probity.Evidence;

/// <summary>
/// Writes a statement's canonical bytes without making its <see cref="Fields"/> first: the names of formats/statement.md in their order. A law holds it
/// against the canonical JSON of <see cref="Statement.ToFields"/>.
/// </summary>
internal static class StatementWriting
{
    public static void Write(IBufferWriter<byte> buffer, Statement statement)
    {
        buffer.Write("{\"body\":"u8);
        CanonicalJson.Write(buffer, statement.Body);
        if (statement.Commitments.Count > 0)
        {
            buffer.Write(",\"commitments\":"u8);
            CanonicalJson.Write(buffer, statement.Commitments);
        }

        Text(buffer, ",\"context\":"u8, statement.Provenance.Context);
        TextUnlessEmpty(buffer, ",\"item\":"u8, statement.Item);
        Text(buffer, ",\"kind\":"u8, KindNames.Of(statement.Kind));
        Text(buffer, ",\"law\":"u8, statement.Provenance.Law);
        Text(buffer, ",\"purpose\":"u8, statement.Provenance.Purpose);
        Text(buffer, ",\"record\":"u8, statement.About.Record);
        Text(buffer, ",\"source\":"u8, statement.About.Source);
        if (statement.Provenance.Source != statement.About.Source)
        {
            Text(buffer, ",\"stated_by\":"u8, statement.Provenance.Source);
        }

        if (statement.Subject is { } subject)
        {
            Text(buffer, ",\"subject\":"u8, KindNames.Of(subject));
        }

        TextUnlessEmpty(buffer, ",\"type\":"u8, statement.Type);
        buffer.Write(",\"v\":1"u8);
        if (statement.ValidFrom is { } day)
        {
            Text(buffer, ",\"valid_from\":"u8, Day.Text(day));
        }

        buffer.Write("}"u8);
    }

    private static void Text(IBufferWriter<byte> buffer, ReadOnlySpan<byte> name, string text)
    {
        buffer.Write(name);
        CanonicalJson.WriteText(buffer, text);
    }

    private static void TextUnlessEmpty(IBufferWriter<byte> buffer, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0)
        {
            Text(buffer, name, text);
        }
    }
}
