using System.Collections.Immutable;
using Probity.Yaml;

namespace Probity.Sources;

/// <summary>Takes apart what a source's file says of several tables, and of several records with one identifier.</summary>
internal static class TableReading
{
    public static ImmutableArray<TableRule> Tables(YamlMap map)
    {
        var tables = ImmutableArray.CreateBuilder<TableRule>();
        YamlMap? parts = map.Map("tables");
        foreach (YamlNode.Scalar name in parts?.Keys.ToList() ?? [])
        {
            if (parts!.Map(name.Text) is not { } one)
            {
                continue;
            }

            ImmutableArray<string> knownBy = [.. one.Texts("known_by")];
            if (knownBy.Length == 0)
            {
                one.Report(one.Node, "key.missing", $"nothing tells the table '{name.Text}' from others", "add 'known_by: a text that stands above or in its header'");
            }

            tables.Add(new TableRule(name.Text, knownBy, MappingReading.Layout(one), one.Flag("optional") ?? false));
            one.Close();
        }

        return tables.ToImmutable();
    }

    public static SameId SameId(YamlMap map)
    {
        switch (map.Text("same_id") ?? "rejected")
        {
            case "rejected":
                return Sources.SameId.Rejected;
            case "several":
                return Sources.SameId.Several;
            case "numbered":
                return Sources.SameId.Numbered;
            case var other:
                map.Report(map.NodeOf("same_id")!, "value.unknown", $"'{other}' does not say what several records of one identifier are", "one of: rejected, several, numbered");
                return Sources.SameId.Rejected;
        }
    }

    /// <summary>Reports paths that begin with no table, and tables without an identifier to join them by.</summary>
    public static void Check(YamlMap map, SourceDefinition source)
    {
        if (source.Tables.IsEmpty)
        {
            return;
        }

        string[] beginnings = [.. source.Tables.Select(table => table.Name + "/")];
        foreach (string path in source.Paths.Where(path => !beginnings.Any(beginning => path.StartsWith(beginning, StringComparison.Ordinal))))
        {
            map.Report(map.Node, "table.unknown", $"the path '{path}' names none of the tables", $"begin it with one of: {string.Join(", ", beginnings)}");
        }

        foreach (string beginning in beginnings.Where(beginning => !source.Id.From.Any(path => path.StartsWith(beginning, StringComparison.Ordinal))))
        {
            map.Report(map.NodeOf("id") ?? map.Node, "table.id", $"'id' does not say where the identifier stands in the table '{beginning[..^1]}'", $"add '{beginning}…' to its alternatives");
        }

        if (source.Id.Join is not null || source.SameId != Sources.SameId.Rejected)
        {
            map.Report(map.NodeOf("id") ?? map.Node, "table.id", "tables are joined by one column each: neither 'join' nor 'same_id' goes with them", "");
        }
    }
}
