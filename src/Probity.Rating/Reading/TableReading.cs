using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads a table of which the first row that holds counts, and checks that it meets every case and holds no dead row.</summary>
internal static class TableReading
{
    private static readonly string[] Relations = ["<=", ">=", "==", "!=", "<", ">"];

    /// <summary>The table; null after a problem.</summary>
    /// <param name="sheet">Where problems go.</param>
    /// <param name="name">What the table decides.</param>
    /// <param name="node">The node read.</param>
    /// <param name="known">The names conditions may use; and, where results are codes of a scale, those codes.</param>
    public static RuleTable? Read(Sheet sheet, string name, YamlNode node, (Scope Scope, IReadOnlyList<string>? Codes) known)
    {
        if (sheet.Map(node) is not { } map)
        {
            return null;
        }

        if (map.RequiredText("hit") is { } hit && hit != "first")
        {
            sheet.Report(map.NodeOf("hit")!, "table.hit", $"'{hit}' is no way to read a table", "write 'hit: first'");
        }

        map.Required("rows");
        ImmutableArray<RuleRow>.Builder rows = ImmutableArray.CreateBuilder<RuleRow>();
        int written = 0;
        foreach (YamlMap row in map.Maps("rows"))
        {
            written++;
            ImmutableArray<RuleCondition>? when = ReadWhen(sheet, row, known.Scope);
            Typed? then = ReadThen(sheet, row, known);
            Wording label = sheet.Words(row.NodeOf("label"));
            row.Close();
            if (when is { } conditions && then is not null)
            {
                rows.Add(new RuleRow(conditions, then) { Label = label });
            }
        }

        map.Close();
        if (rows.Count != written || written == 0)
        {
            return null;
        }

        var table = new RuleTable(name, rows.ToImmutable());
        CheckTypes(sheet, node, table);
        TableCoverage.Check(sheet, map, table);
        return table;
    }

    private static void CheckTypes(Sheet sheet, YamlNode node, RuleTable table)
    {
        ExpressionType type = table.Rows[0].Then.Type;
        if (table.Rows.Any(row => row.Then.Type != type))
        {
            sheet.Report(node, "type.mismatch", "the rows have results of different types: " + string.Join(", ", table.Rows.Select(row => row.Then.Type).Distinct()), "make them the same");
        }
    }

    private static Typed? ReadThen(Sheet sheet, YamlMap row, (Scope Scope, IReadOnlyList<string>? Codes) known)
    {
        YamlNode? node = row.Required("then");
        if (known.Codes is null || node is not YamlNode.Scalar scalar)
        {
            return sheet.Expression(node, known.Scope);
        }

        if (!known.Codes.Contains(scalar.Text))
        {
            string? nearest = NearestName.Of(scalar.Text, known.Codes);
            sheet.Report(node, "band.unknown", $"'{scalar.Text}' is no band of the scale", nearest is null ? "bands: " + string.Join(", ", known.Codes) : $"did you mean '{nearest}'?");
        }

        return new Typed.Constant(new Operand.Text(scalar.Text), ExpressionType.Text);
    }

    private static ImmutableArray<RuleCondition>? ReadWhen(Sheet sheet, YamlMap row, Scope scope)
    {
        switch (row.NodeOf("when"))
        {
            case null:
                return [];
            case YamlNode.Map axes:
                RuleCondition?[] conditions = [.. axes.Pairs.Select(pair => ReadAxis(sheet, pair.Key, pair.Value, scope))];
                return conditions.Contains(null) ? null : [.. conditions!];
            case var node:
                return sheet.Expression(node, scope, ExpressionType.Truth) is { } holds ? [new RuleCondition(holds, ((YamlNode.Scalar)node).Text)] : null;
        }
    }

    private static RuleCondition? ReadAxis(Sheet sheet, YamlNode.Scalar axis, YamlNode node, Scope scope)
    {
        if (node is not YamlNode.Scalar cell || sheet.Expression(axis, scope) is not { } left)
        {
            return null;
        }

        if (left is not Typed.Slot slot)
        {
            sheet.Report(axis, "table.axis", $"'{axis.Text}' is not a plain name", "give it a name under 'scores'");
            return null;
        }

        string relation = Relations.FirstOrDefault(sign => cell.Text.StartsWith(sign, StringComparison.Ordinal)) ?? "";
        string limit = cell.Text[relation.Length..].Trim();
        bool word = slot.Type == ExpressionType.Text && relation.Length == 0;
        string shown = $"{axis.Text} {(relation.Length > 0 ? relation : "==")} {(word ? "'" + limit + "'" : limit)}";
        return sheet.Expression(cell, shown, scope) is Typed.Apply { Arguments: [Typed.Slot, var bound] } holds
            ? new RuleCondition(holds, shown) { Bound = new AxisBound(slot, relation.Length > 0 ? relation : "==", bound) }
            : null;
    }
}
