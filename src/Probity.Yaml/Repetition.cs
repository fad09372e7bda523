using System.Collections.Immutable;

namespace Probity.Yaml;

/// <summary>
/// Writes out what a file says once for many. "lists: {measures: [a, b]}" makes an entry "z_{measures}: …" into z_a and z_b, with {measures}
/// replaced inside, and an item "z_{measures}" of a list into z_a, z_b. "lists: {measures: {a: Measure A}}" gives each name a text too, which
/// {measures.text} stands for. An item of a list that is a map with "each: measures" stands once for each. Nothing else repeats; the result is
/// checked like any file.
/// </summary>
public sealed class Repetition
{
    private const string Each = "each";
    private readonly Dictionary<string, ImmutableArray<(string Name, string Text)>> _lists = new(StringComparer.Ordinal);

    private Repetition()
    {
    }

    /// <summary>The document written out; its key "lists" stays for the reader to close.</summary>
    public static YamlNode Of(YamlNode root)
    {
        if (root is not YamlNode.Map map || map.Pairs.FirstOrDefault(pair => pair.Key.Text == "lists").Value is not YamlNode.Map lists)
        {
            return root;
        }

        var repetition = new Repetition();
        foreach (KeyValuePair<YamlNode.Scalar, YamlNode> pair in lists.Pairs)
        {
            repetition._lists[pair.Key.Text] = pair.Value switch
            {
                YamlNode.List list => [.. list.Items.OfType<YamlNode.Scalar>().Select(item => (item.Text, item.Text))],
                YamlNode.Map named => [.. named.Pairs.Select(item => (item.Key.Text, (item.Value as YamlNode.Scalar)?.Text ?? item.Key.Text))],
                _ => [],
            };
        }

        return new YamlNode.Map([.. map.Pairs.Select(pair => pair.Key.Text == "lists" ? pair : new(pair.Key, repetition.Expand(pair.Value)))], map.Line, map.Column);
    }

    private YamlNode Expand(YamlNode node) => node switch
    {
        YamlNode.Map map => new YamlNode.Map([.. map.Pairs.SelectMany(Entries)], map.Line, map.Column) { Copy = map.Copy },
        YamlNode.List list => new YamlNode.List([.. list.Items.SelectMany(Items)], list.Line, list.Column) { Copy = list.Copy },
        _ => node,
    };

    private IEnumerable<KeyValuePair<YamlNode.Scalar, YamlNode>> Entries(KeyValuePair<YamlNode.Scalar, YamlNode> pair)
    {
        string? list = ListIn(pair.Key.Text);
        if (list is null)
        {
            return [new(pair.Key, Expand(pair.Value))];
        }

        return _lists[list].SelectMany((item, copy) => Entries(new((YamlNode.Scalar)Replace(pair.Key, (list, copy), item), Replace(pair.Value, (list, copy), item))));
    }

    private IEnumerable<YamlNode> Items(YamlNode node)
    {
        if (node is YamlNode.Map map && map.Pairs.FirstOrDefault(pair => pair.Key.Text == Each).Value is YamlNode.Scalar named && _lists.TryGetValue(named.Text, out ImmutableArray<(string, string)> items))
        {
            var one = new YamlNode.Map([.. map.Pairs.Where(pair => pair.Key.Text != Each)], map.Line, map.Column) { Copy = map.Copy };
            return items.SelectMany((item, copy) => Items(Replace(one, (named.Text, copy), item)));
        }

        string? list = node is YamlNode.Scalar scalar ? ListIn(scalar.Text) : null;
        return list is null ? [Expand(node)] : _lists[list].SelectMany((item, copy) => Items(Replace(node, (list, copy), item)));
    }

    private string? ListIn(string text) =>
        _lists.Keys.FirstOrDefault(name => text.Contains($"{{{name}}}", StringComparison.Ordinal) || text.Contains($"{{{name}.text}}", StringComparison.Ordinal));

    private static YamlNode Replace(YamlNode node, (string Name, int Copy) list, (string Name, string Text) item) => node switch
    {
        YamlNode.Scalar scalar => Fill(scalar, list, item),
        YamlNode.List inner => new YamlNode.List([.. inner.Items.Select(one => Replace(one, list, item))], inner.Line, inner.Column) { Copy = Math.Max(inner.Copy, list.Copy) },
        YamlNode.Map map => new YamlNode.Map([.. map.Pairs.Select(pair => new KeyValuePair<YamlNode.Scalar, YamlNode>((YamlNode.Scalar)Replace(pair.Key, list, item), Replace(pair.Value, list, item)))], map.Line, map.Column)
        {
            Copy = Math.Max(map.Copy, list.Copy),
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static YamlNode.Scalar Fill(YamlNode.Scalar scalar, (string Name, int Copy) list, (string Name, string Text) item)
    {
        string text = scalar.Text.Replace($"{{{list.Name}}}", item.Name, StringComparison.Ordinal).Replace($"{{{list.Name}.text}}", item.Text, StringComparison.Ordinal);
        return scalar with { Text = text, Copy = Math.Max(scalar.Copy, list.Copy), IsFilledIn = scalar.IsFilledIn || text != scalar.Text };
    }
}
