using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>A methodology as canonical fields: keys without order, lists in theirs, values as texts, expressions in one layout.</summary>
internal static class CanonicalTree
{
    /// <summary>The fields of a document without its tests.</summary>
    public static Fields Of(YamlNode.Map root, IReadOnlyDictionary<YamlNode, string> canonical) =>
        Map(new YamlNode.Map([.. root.Pairs.Where(pair => pair.Key.Text != "tests")], root.Line, root.Column), canonical);

    private static Fields Map(YamlNode.Map map, IReadOnlyDictionary<YamlNode, string> canonical) =>
        Fields.Of([.. map.Pairs.Select(pair => new KeyValuePair<string, Value>(pair.Key.Text, Node(pair.Value, canonical)))]);

    private static Value Node(YamlNode node, IReadOnlyDictionary<YamlNode, string> canonical) => node switch
    {
        YamlNode.Scalar scalar => Value.Of(canonical.TryGetValue(scalar, out string? text) ? text : scalar.Text),
        YamlNode.List list => new Value.Sequence([.. list.Items.Select(item => Node(item, canonical))]),
        YamlNode.Map map => new Value.Group(Map(map, canonical)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
