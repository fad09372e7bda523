using System.Text;
using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Rating.Tests;

/// <summary>
/// Every part of the documented examples is taken away, or put in another shape. Whatever comes of it is a methodology or problems with their places,
/// never an exception; and what the published schema refuses, the check refuses too.
/// </summary>
public sealed class SchemaLaws
{
    // no divisor of the changes of one part, so that each kind of change meets each kind of part
    private const int Step = 3;

    private static readonly YamlNode[] Shapes =
    [
        new YamlNode.Scalar("nonsense", false, 0, 0),
        new YamlNode.Scalar("", true, 0, 0),
        new YamlNode.Scalar("-1", false, 0, 0),
        new YamlNode.List([], 0, 0),
        new YamlNode.Map([], 0, 0),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_the_schema_refuses_the_check_refuses_and_every_problem_has_its_place(int example)
    {
        YamlNode root = YamlText.Read("x.yaml", DocumentationTests.Examples()[example], new List<Problem>())!;
        var wrong = new List<string>();
        foreach ((string path, YamlNode changed) in Changed(root, "").Where((_, i) => i % Step == 0))
        {
            string text = Written(changed);
            var problems = new List<Problem>();
            bool refused = Methodology.Read("x.yaml", text, problems) is null;
            if (refused != problems.Count > 0 || problems.Exists(problem => problem.Line < 1 || problem.Column < 1))
            {
                wrong.Add($"{path}: {(refused ? "refused" : "taken")} with {string.Join("; ", problems)}");
            }

            if (!refused && DocumentationTests.Refused(text).Any())
            {
                wrong.Add($"{path}: only the schema refuses it: {DocumentationTests.Refused(text).First()}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong)}");
    }

    // the document with one part taken away or reshaped, for each part
    private static IEnumerable<(string Path, YamlNode Root)> Changed(YamlNode node, string path)
    {
        foreach ((int i, YamlNode shape) in Shapes.Index())
        {
            yield return ($"{path} is {i}", shape);
        }

        if (node is YamlNode.Map map)
        {
            for (int i = 0; i < map.Pairs.Length; i++)
            {
                string key = map.Pairs[i].Key.Text;
                yield return ($"{path}/{key} is gone", map with { Pairs = map.Pairs.RemoveAt(i) });
                yield return ($"{path}/{key} is mistyped", map with { Pairs = map.Pairs.SetItem(i, new(map.Pairs[i].Key with { Text = key + "_x" }, map.Pairs[i].Value)) });
                foreach ((string inner, YamlNode changed) in Changed(map.Pairs[i].Value, $"{path}/{key}"))
                {
                    yield return (inner, map with { Pairs = map.Pairs.SetItem(i, new(map.Pairs[i].Key, changed)) });
                }
            }
        }

        if (node is YamlNode.List list)
        {
            for (int i = 0; i < list.Items.Length; i++)
            {
                yield return ($"{path}/{i} is gone", list with { Items = list.Items.RemoveAt(i) });
                foreach ((string inner, YamlNode changed) in Changed(list.Items[i], $"{path}/{i}"))
                {
                    yield return (inner, list with { Items = list.Items.SetItem(i, changed) });
                }
            }
        }
    }

    private static string Written(YamlNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Scalar { Quoted: false, Text.Length: > 0 } plain when plain.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'):
                text.Append(plain.Text);
                break;
            case YamlNode.Scalar scalar:
                text.Append('\'').Append(scalar.Text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
                break;
            case YamlNode.List list:
                Write(text, '[', list.Items.Select(item => (Action)(() => Write(text, item))), ']');
                break;
            case YamlNode.Map map:
                Write(text, '{', map.Pairs.Select(pair => (Action)(() =>
                {
                    Write(text, pair.Key);
                    text.Append(": ");
                    Write(text, pair.Value);
                })), '}');
                break;
        }
    }

    private static void Write(StringBuilder text, char open, IEnumerable<Action> items, char close)
    {
        text.Append(open);
        foreach ((int i, Action item) in items.Index())
        {
            text.Append(i == 0 ? "" : ",\n  ");
            item();
        }

        text.Append(close);
    }
}
