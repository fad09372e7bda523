using System.Text;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Rating;

namespace Probity.Export;

/// <summary>A methodology's document as Markdown (CommonMark with tables) and as JSON.</summary>
internal static class DocumentExport
{
    public static string Markdown(MethodologyDocument document)
    {
        var text = new StringBuilder($"# {Plain(document.Title)}\n");
        foreach (DocumentSection section in document.Sections)
        {
            text.Append($"\n## {Plain(section.Heading)}\n");
            foreach (DocumentBlock block in section.Blocks)
            {
                text.Append('\n').Append(Of(block)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The transparency record in the sections of the standard; an item not stated is null.</summary>
    public static JsonObject Json(AlgorithmRecord record) => new(record.Sections.Select(section => new KeyValuePair<string, JsonNode?>(
        section.Key, new JsonObject(section.Items.Select(item => new KeyValuePair<string, JsonNode?>(item.Key, item.Text.Length > 0 ? item.Text : null))))));

    public static JsonObject Json(Methodology methodology, MethodologyDocument document, string language) => new()
    {
        ["id"] = methodology.Id,
        ["version"] = methodology.Version,
        ["title"] = document.Title,
        ["fingerprint"] = methodology.Fingerprint.ToString(),
        ["applies_from"] = Day.Text(methodology.AppliesFrom),
        ["transparency_record"] = new JsonObject(methodology.Record.Entries.Select(entry => new KeyValuePair<string, JsonNode?>(entry.Key, entry.Text.ToString()))),
        ["algorithm_record"] = Json(AlgorithmRecord.Of(methodology, language)),
        ["sections"] = new JsonArray([.. document.Sections.Select(section => (JsonNode)new JsonObject
        {
            ["anchor"] = section.Anchor,
            ["heading"] = section.Heading,
            ["blocks"] = new JsonArray([.. section.Blocks.Select(Json)]),
        })]),
    };

    private static string Of(DocumentBlock block) => block switch
    {
        DocumentBlock.Paragraph paragraph => Plain(paragraph.Text),
        DocumentBlock.Link { Url: "" } text => Plain(text.Text),
        DocumentBlock.Link link => $"[{Plain(link.Text)}](<{link.Url}>)",
        DocumentBlock.Table table => string.Join('\n', [Row(table.Header), Row(table.Header.Select(_ => "---")), .. table.Rows.Select(cells => Row(cells))]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static JsonNode Json(DocumentBlock block) => block switch
    {
        DocumentBlock.Paragraph paragraph => new JsonObject { ["text"] = paragraph.Text },
        DocumentBlock.Link link => new JsonObject { ["text"] = link.Text, ["url"] = link.Url },
        DocumentBlock.Table table => new JsonObject { ["header"] = Cells(table.Header), ["rows"] = new JsonArray([.. table.Rows.Select(row => (JsonNode)Cells(row))]) },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static JsonArray Cells(IEnumerable<string> cells) => new([.. cells.Select(cell => (JsonNode)cell)]);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell == "---" ? cell : Plain(cell)))} |";

    /// <summary>Text that Markdown takes for nothing but text (CommonMark 0.31, section 2.4), on one line.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '&')
            {
                plain.Append('\\');
            }

            plain.Append(c is '\n' or '\r' ? ' ' : c);
        }

        return plain.ToString();
    }
}
