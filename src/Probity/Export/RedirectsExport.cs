using System.Text.Json.Nodes;
using Probity.Commands;
using Probity.Evidence;
using Probity.Register;

namespace Probity.Export;

/// <summary>Writes the identifiers that redirect (formats/export.md), so that whoever kept one finds the organisation without asking the site.</summary>
internal static class RedirectsExport
{
    /// <summary>One line an identifier, in the order of identifiers: what it stands for now, through all merges, and the entry that retired it.</summary>
    public static void Write(Terminal terminal, RegisterReader reader, AsOf asOf)
    {
        IEnumerable<(string Id, string Current, long Index)> redirects = reader.Linkage.Redirects(asOf).Select(one => (one.Id, CurrentOf(reader, one.Id, asOf), one.Index));
        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["redirects"] = new JsonArray([.. redirects.Select(one => (JsonNode)new JsonObject { ["identifier"] = one.Id, ["organisation"] = one.Current, ["entry"] = one.Index })]) });
            return;
        }

        terminal.WriteText("identifier,organisation,entry\n");
        foreach ((string id, string current, long index) in redirects)
        {
            terminal.WriteText($"{id},{current},{index}\n");
        }
    }

    private static string CurrentOf(RegisterReader reader, string id, AsOf asOf) =>
        OrganisationId.TryParse(id, out OrganisationId from) && reader.Linkage.RedirectOf(from, asOf) is { } current ? current.ToString() : id;
}
