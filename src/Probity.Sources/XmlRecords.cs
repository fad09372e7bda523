using System.Xml;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>
/// Records of an XML file, streamed. Elements are matched by local name, in any namespace and order; paths are relative to the record. Document
/// type definitions are refused, so that no entity can grow or read another file.
/// </summary>
internal static class XmlRecords
{
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public static IEnumerable<RawRecord> Read(TextReader text, SourceDefinition source)
    {
        using var xml = XmlReader.Create(text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
        Dictionary<string, int> slots = source.Paths.Select((path, slot) => (path, slot)).ToDictionary(one => one.path, one => one.slot, StringComparer.Ordinal);
        bool any = false;
        while (true)
        {
            (RawRecord? record, Trouble? trouble) = Next(xml, source, slots);
            if (trouble is not null)
            {
                yield return new RawRecord((xml as IXmlLineInfo)?.LineNumber ?? 0, [], trouble);
                yield break;
            }

            if (record is not { } read)
            {
                break;
            }

            any = true;
            yield return read;
        }

        if (!any)
        {
            yield return new RawRecord(0, [], new Trouble(SourceCodes.NoRecords, "", $"there is no element {string.Join(" or ", source.Shapes.XmlElements)} in the file", true));
        }
    }

    private static (RawRecord? Record, Trouble? Trouble) Next(XmlReader xml, SourceDefinition source, Dictionary<string, int> slots)
    {
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && source.Shapes.XmlElements.Contains(xml.LocalName))
                {
                    return (Take(xml, slots, new string?[source.Paths.Length]), null);
                }
            }

            return (null, null);
        }
        catch (XmlException trouble)
        {
            return (null, Of(trouble));
        }
        catch (IOException trouble)
        {
            return (null, new Trouble(RejectionCodes.FileTruncated, "", trouble.Message, true));
        }
    }

    private static RawRecord Take(XmlReader xml, Dictionary<string, int> slots, string?[] texts)
    {
        long line = (xml as IXmlLineInfo)?.LineNumber ?? 0;
        int depth = xml.Depth;
        var paths = new List<string>();
        if (xml.IsEmptyElement)
        {
            return new RawRecord(line, texts, null);
        }

        while (xml.Read() && xml.Depth > depth)
        {
            int level = xml.Depth - depth;
            if (xml.NodeType == XmlNodeType.Element)
            {
                string name = xml.GetAttribute("nil", Instance) is "true" or "1" ? "\0" : xml.LocalName;
                paths.RemoveRange(level - 1, paths.Count - level + 1);
                paths.Add(level == 1 ? name : $"{paths[level - 2]}/{name}");
                if (slots.TryGetValue(paths[level - 1], out int begun))
                {
                    texts[begun] = null;
                }
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && level > 1 && slots.TryGetValue(paths[level - 2], out int slot))
            {
                texts[slot] += xml.Value;
            }
        }

        return new RawRecord(line, texts, null);
    }

    private static Trouble Of(XmlException trouble)
    {
        if (trouble.Message.Contains("DTD is prohibited", StringComparison.Ordinal))
        {
            return new Trouble(SourceCodes.FileDtd, "", "the file holds a document type definition, which is refused: its entities could read other files or grow without end. Remove <!DOCTYPE …>", true);
        }

        return trouble.Message.Contains("Unexpected end of file", StringComparison.Ordinal)
            ? new Trouble(RejectionCodes.FileTruncated, "", "the file ends in the middle of the document; fetch it again. Records before this place were read", true)
            : new Trouble(RejectionCodes.RecordUnreadable, "", $"the XML cannot be read further: {trouble.Message}", true);
    }
}
