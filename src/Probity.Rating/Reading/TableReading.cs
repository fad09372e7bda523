using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads a table of which the first row that holds counts, and checks that it meets every case and holds no dead row.</summary>
internal static class TableReading
{
    private static readonly string[] Relations = ["<=", ">=", "==", "!=", "<", ">"];

    /// <summary>The table; null where it has no rows.</summary>
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

        int mark = sheet.Mark;
        if (map.RequiredText("hit") is { } hit && hit != "first")
        {
            sheet.Report(map.NodeOf("hit")!, "table.hit", $"'{hit}' is no way to read a table", "write 'hit: first'");
        }

        YamlNode? written = map.Required("rows");
        if (written is not null && map.Items("rows").Count == 0)
        {
            sheet.Report(written, "value.empty", "a table has at least one row", "write {when: {name: \"<= 1\"}, then: …}");
        }

        IReadOnlyList<YamlNode> nodes = map.Items("rows");
        ImmutableArray<RuleRow> rows = [.. nodes.Select(sheet.Map).Select(row => row is null ? new RuleRow([], Typed.Broken.Unread) : ReadRow(sheet, row, known))];
        map.Close();
        if (rows.IsEmpty)
        {
            return null;
        }

        var table = new RuleTable(name, rows);
        CheckTypes(sheet, nodes, table);
        bool whole = rows.All(row => row.When.All(condition => condition.Holds.IsSound));
        if (whole && !sheet.HarmedSince(mark))
        {
            TableCoverage.Check(sheet, map, table, known.Scope);
        }

        return table;
    }

    private static RuleRow ReadRow(Sheet sheet, YamlMap row, (Scope Scope, IReadOnlyList<string>? Codes) known)
    {
        ImmutableArray<RuleCondition> when = ReadWhen(sheet, row, known.Scope);
        Typed then = ReadThen(sheet, row, known);
        Wording label = sheet.Words(row.NodeOf("label"));
        row.Close();
        return new RuleRow(when, then) { Label = label, Place = new FilePlace(row.Node.Line, row.Node.Column) };
    }

    private static void CheckTypes(Sheet sheet, IReadOnlyList<YamlNode> nodes, RuleTable table)
    {
        ExpressionType? type = table.Rows.Select(row => row.Then.Type).FirstOrDefault(type => !type.IsBroken);
        int other = table.Rows.ToList().FindIndex(row => !row.Then.Type.IsBroken && row.Then.Type != type);
        if (other >= 0)
        {
            sheet.Report(nodes[other], "type.mismatch", "the rows have results of different types: " + string.Join(", ", table.Rows.Select(row => row.Then.Type).Where(one => !one.IsBroken).Distinct()), "make them the same");
        }
    }

    private static Typed ReadThen(Sheet sheet, YamlMap row, (Scope Scope, IReadOnlyList<string>? Codes) known)
    {
        YamlNode? node = row.Required("then");
        if (known.Codes is null || node is not YamlNode.Scalar scalar)
        {
            return sheet.Expressions.Read(node, known.Scope);
        }

        if (!known.Codes.Contains(scalar.Text))
        {
            OutcomeReading.ReportBand(sheet, node, scalar.Text, known.Codes);
        }

        return new Typed.Constant(new Operand.Text(scalar.Text), ExpressionType.Text);
    }

    private static ImmutableArray<RuleCondition> ReadWhen(Sheet sheet, YamlMap row, Scope scope)
    {
        switch (row.NodeOf("when"))
        {
            case null:
                return [];
            case YamlNode.Map axes:
                return [.. axes.Pairs.Select(pair => ReadAxis(sheet, pair.Key, pair.Value, scope))];
            case var node:
                return [new RuleCondition(sheet.Expressions.Read(node, scope, ExpressionType.Truth), node is YamlNode.Scalar scalar ? scalar.Text : "")];
        }
    }

    private static RuleCondition ReadAxis(Sheet sheet, YamlNode.Scalar axis, YamlNode node, Scope scope)
    {
        Typed left = sheet.Expressions.Read(axis, (axis.Text, 0), scope);
        bool named = left is Typed.Slot || !left.IsSound;
        if (!named)
        {
            sheet.Report(axis, "table.axis", $"'{axis.Text}' is not a plain name", "give it a name under 'scores'");
        }

        if (node is not YamlNode.Scalar cell)
        {
            sheet.Report(node, "type.expression", "a comparison such as \"<= 15\" is expected here", "give each further condition of one name a row of its own, or write an expression");
            return new RuleCondition(new Typed.Broken([left], ExpressionType.Truth), "");
        }

        string relation = Relations.FirstOrDefault(sign => cell.Text.StartsWith(sign, StringComparison.Ordinal)) ?? "";
        string limit = cell.Text[relation.Length..].Trim();
        bool word = left.Type == ExpressionType.Text && relation.Length == 0;
        string before = $"{axis.Text} {(relation.Length > 0 ? relation : "==")} {(word ? "'" : "")}";
        string shown = before + limit + (word ? "'" : "");
        if (left is not Typed.Slot { Type.IsBroken: false } slot)
        {
            // the axis is told already; of the limit alone its own faults are
            Typed alone = relation.Length == 0 ? Typed.Broken.Unread : sheet.Expressions.Read(cell, (limit, -cell.Text.IndexOf(limit, StringComparison.Ordinal)), scope);
            return new RuleCondition(new Typed.Broken([left, alone], ExpressionType.Truth), shown);
        }

        Typed holds = sheet.Expressions.Read(cell, (shown, before.Length - cell.Text.IndexOf(limit, StringComparison.Ordinal)), scope);
        if (holds is Typed.Apply { Arguments: [var compared, var bound] } && IsAxis(compared, slot))
        {
            return new RuleCondition(holds, shown) { Bound = new AxisBound(slot, relation.Length > 0 ? relation : "==", bound) };
        }

        if (holds.IsSound)
        {
            sheet.Report(cell, "table.axis", $"'{cell.Text}' is no comparison with one value", "write a relation and a value such as \"<= 15\", or the whole condition as 'when: \"…\"'");
        }

        return new RuleCondition(new Typed.Broken([holds], ExpressionType.Truth), shown);
    }

    // An int beside a decimal is compared as one.
    private static bool IsAxis(Typed part, Typed.Slot slot) =>
        part == slot || part is Typed.Apply { Function.Name: "decimal", Arguments: [Typed.Slot inner] } && inner == slot;
}
