using System.Collections.Immutable;
using Probity.Evidence;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Probity.Yaml;

/// <summary>
/// Reads YAML 1.2 strictly: one document, each key once, no anchors, aliases, tags or merge keys, so that a file means one thing and cannot
/// grow when read.
/// </summary>
public static class YamlText
{
    private const int MaxDepth = 64;

    /// <summary>The document's root, or null where it cannot be read; then <paramref name="problems"/> gains at least one problem.</summary>
    /// <param name="file">The file as the user named it, for messages.</param>
    /// <param name="text">The content.</param>
    /// <param name="problems">Where problems are added.</param>
    public static YamlNode? Read(string file, string text, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        int before = problems.Count;
        YamlNode? root = ReadDespiteProblems(file, text, problems);
        return problems.Count == before ? root : null;
    }

    /// <summary>
    /// As <see cref="Read"/>, but also after problems that leave the rest readable, so that what else is wrong can be said at once: of keys that stand
    /// twice the first counts (at the top of the file both, one after the other), an anchor or alias is an empty value, a second document is left out.
    /// </summary>
    public static YamlNode? ReadDespiteProblems(string file, string text, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                problems.Add(new Problem(file, 1, 1, "file.empty", "the file is empty", "see docs for what it may hold"));
                return null;
            }

            parser.Consume<DocumentStart>();
            YamlNode root = ReadNode(parser, file, problems, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                problems.Add(new Problem(file, (int)parser.Current!.Start.Line, (int)parser.Current.Start.Column, "yaml.documents", "a second document begins here", "keep one document a file"));
            }

            return root;
        }
        catch (YamlException trouble)
        {
            problems.Add(Unreadable(file, text, trouble));
            return null;
        }
    }

    // The parser blames the place where it began to read what the tab breaks.
    private static Problem Unreadable(string file, string text, YamlException trouble)
    {
        (int line, int column) = (Math.Max(1, (int)trouble.Start.Line), Math.Max(1, (int)trouble.Start.Column));
        string[] lines = text.Split('\n');
        for (int i = line - 1; trouble.Message.Contains("tab", StringComparison.Ordinal) && i < lines.Length; i++)
        {
            int indent = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            if (lines[i].IndexOf('\t', 0, indent) is var tab && tab >= 0)
            {
                return new Problem(file, i + 1, tab + 1, "yaml.tab", "a tab stands in the indentation", "indent with spaces");
            }
        }

        return new Problem(file, line, column, "yaml.unreadable", FirstLine(trouble), "");
    }

    private static YamlNode ReadNode(Parser parser, string file, ICollection<Problem> problems, int depth)
    {
        ParsingEvent next = parser.Current ?? throw new YamlException("the file ends too early");
        int line = (int)next.Start.Line;
        int column = (int)next.Start.Column;
        if (depth > MaxDepth)
        {
            throw new YamlException(next.Start, next.End, $"nested deeper than {MaxDepth} levels");
        }

        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false } || next is NodeEvent { Tag.IsEmpty: false, Tag.IsNonSpecific: false })
        {
            problems.Add(new Problem(file, line, column, "yaml.anchor", "anchors, aliases and tags are not used here", "write the value out"));
        }

        switch (next)
        {
            case Scalar scalar:
                parser.MoveNext();
                return new YamlNode.Scalar(scalar.Value, scalar.Style != ScalarStyle.Plain, line, column);
            case AnchorAlias:
                parser.MoveNext();
                return new YamlNode.Scalar("", false, line, column);
            case SequenceStart:
                return ReadList(parser, file, problems, depth);
            case MappingStart:
                return ReadMap(parser, file, problems, depth);
            default:
                throw new YamlException(next.Start, next.End, $"{next.GetType().Name} is not expected here");
        }
    }

    private static YamlNode.List ReadList(Parser parser, string file, ICollection<Problem> problems, int depth)
    {
        SequenceStart start = parser.Consume<SequenceStart>();
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(parser, file, problems, depth + 1));
        }

        return new YamlNode.List(items.ToImmutable(), (int)start.Start.Line, (int)start.Start.Column);
    }

    private static YamlNode.Map ReadMap(Parser parser, string file, ICollection<Problem> problems, int depth)
    {
        MappingStart start = parser.Consume<MappingStart>();
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<YamlNode.Scalar, YamlNode>>();
        var first = new Dictionary<string, YamlNode.Scalar>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = ReadNode(parser, file, problems, depth + 1);
            YamlNode value = ReadNode(parser, file, problems, depth + 1);
            if (key is not YamlNode.Scalar name)
            {
                problems.Add(new Problem(file, key.Line, key.Column, "key.not-text", "a key must be a plain text", ""));
            }
            else if (!first.TryAdd(name.Text, name))
            {
                Merge(pairs, depth, name, value);
                problems.Add(new Problem(file, name.Line, name.Column, "key.twice", $"key '{name.Text}' stands twice", $"the first is on line {first[name.Text].Line}; keep one"));
            }
            else
            {
                pairs.Add(new(name, value));
            }
        }

        return new YamlNode.Map(pairs.ToImmutable(), (int)start.Start.Line, (int)start.Start.Column);
    }

    // A section of the file that stands twice is one section in two parts to whoever reads on.
    private static void Merge(ImmutableArray<KeyValuePair<YamlNode.Scalar, YamlNode>>.Builder pairs, int depth, YamlNode.Scalar name, YamlNode value)
    {
        int earlier = Enumerable.Range(0, pairs.Count).FirstOrDefault(i => pairs[i].Key.Text == name.Text, -1);
        YamlNode? both = depth > 0 || earlier < 0 ? null : (pairs[earlier].Value, value) switch
        {
            (YamlNode.Map one, YamlNode.Map other) => one with { Pairs = [.. one.Pairs, .. other.Pairs.Where(pair => one.Pairs.All(known => known.Key.Text != pair.Key.Text))] },
            (YamlNode.List one, YamlNode.List other) => one with { Items = [.. one.Items, .. other.Items] },
            _ => null,
        };
        if (both is not null)
        {
            pairs[earlier] = new(pairs[earlier].Key, both);
        }
    }

    private static string FirstLine(YamlException trouble)
    {
        string message = trouble.Message;
        int place = message.IndexOf("): ", StringComparison.Ordinal);
        message = place >= 0 ? message[(place + 3)..] : message;
        return message.Split('\n')[0].TrimEnd('.', '\r');
    }
}
