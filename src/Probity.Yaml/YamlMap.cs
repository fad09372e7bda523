using System.Globalization;
using Probity.Evidence;

namespace Probity.Yaml;

/// <summary>
/// Takes a map apart key by key and, at the end, names every key nobody asked for with the nearest that is known. Problems are collected,
/// not thrown, so that a person sees all of them at once. Each getter returns null (or an empty list) after reporting a problem.
/// </summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="node">The map read.</param>
/// <param name="problems">Where problems are added.</param>
public sealed class YamlMap(string file, YamlNode.Map node, ICollection<Problem> problems)
{
    private readonly List<string> _asked = [];
    private readonly List<(string Key, Problem Told)> _absent = [];

    /// <summary>The map itself, for its place.</summary>
    public YamlNode.Map Node => node;

    /// <summary>The keys in the order of the file. Asking for them does not count as knowing them.</summary>
    public IEnumerable<YamlNode.Scalar> Keys => node.Pairs.Select(pair => pair.Key);

    /// <summary>The map that a node is; null after a problem where it is something else.</summary>
    public static YamlMap? Of(string file, YamlNode? node, ICollection<Problem> problems)
    {
        switch (node)
        {
            case null:
                return null;
            case YamlNode.Map map:
                return new YamlMap(file, map, problems);
            default:
                problems.Add(new Problem(file, node.Line, node.Column, "type.map", "keys with values are expected here", ""));
                return null;
        }
    }

    /// <summary>The node of a key; null where it is absent.</summary>
    public YamlNode? NodeOf(string key)
    {
        _asked.Add(key);
        foreach (KeyValuePair<YamlNode.Scalar, YamlNode> pair in node.Pairs)
        {
            if (pair.Key.Text == key)
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>The node of a key that must be there; null after a problem.</summary>
    public YamlNode? Required(string key)
    {
        YamlNode? found = NodeOf(key);
        if (found is null)
        {
            var told = new Problem(file, node.Line, node.Column, "key.missing", $"key '{key}' is missing", $"add '{key}: …'");
            if (problems.AddAt(node, told))
            {
                _absent.Add((key, told));
            }
        }

        return found;
    }

    /// <summary>The text of a key; null where it is absent.</summary>
    public string? Text(string key) => TextOf(NodeOf(key), key);

    /// <summary>The text of a key that must be there and not be empty; null after a problem.</summary>
    public string? RequiredText(string key)
    {
        YamlNode? found = Required(key);
        string? text = TextOf(found, key);
        if (found is not null && string.IsNullOrWhiteSpace(text) && found is YamlNode.Scalar)
        {
            Report(found, "value.empty", $"'{key}' is empty", "");
            return null;
        }

        return text;
    }

    /// <summary>The whole number of a key; null where it is absent.</summary>
    public long? Whole(string key)
    {
        YamlNode? found = NodeOf(key);
        if (TextOf(found, key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        Report(found!, "type.whole", $"'{key}' must be a whole number, not '{text}'", "");
        return null;
    }

    /// <summary>True, false, or null where the key is absent.</summary>
    public bool? Flag(string key)
    {
        YamlNode? found = NodeOf(key);
        switch (TextOf(found, key))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            case var other:
                Report(found!, "type.flag", $"'{key}' must be true or false, not '{other}'", "");
                return null;
        }
    }

    /// <summary>The day of a key, "2026-05-12"; null where it is absent.</summary>
    public DateOnly? DayOf(string key)
    {
        YamlNode? found = NodeOf(key);
        if (TextOf(found, key) is not { } text)
        {
            return null;
        }

        if (Day.TryParse(text, out DateOnly day))
        {
            return day;
        }

        Report(found!, "type.day", $"'{key}' must be a day such as 2026-05-12, not '{text}'", "");
        return null;
    }

    /// <summary>The map of a key; null where it is absent.</summary>
    public YamlMap? Map(string key) => Of(file, NodeOf(key), problems);

    /// <summary>The items of a list; a single value counts as a list of one; empty where the key is absent.</summary>
    public IReadOnlyList<YamlNode> Items(string key) => NodeOf(key) switch
    {
        null => [],
        YamlNode.List list => list.Items,
        YamlNode.Scalar { IsNull: true } => [],
        var one => [one],
    };

    /// <summary>The texts of a list; empty where the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (YamlNode item in Items(key))
        {
            if (TextOf(item, key) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>The maps of a list; empty where the key is absent.</summary>
    public IReadOnlyList<YamlMap> Maps(string key) =>
        [.. Items(key).Select(item => Of(file, item, problems)).OfType<YamlMap>()];

    /// <summary>Reports a problem at a node.</summary>
    public void Report(YamlNode at, string code, string message, string suggestion) =>
        problems.AddAt(at, new Problem(file, at.Line, at.Column, code, message, suggestion));

    /// <summary>Whether a key nobody asked for so far is most likely one of these, mistyped. Then its absence is no fault beside the one that <see cref="Close"/> tells.</summary>
    public bool Resembles(IEnumerable<string> names) =>
        Keys.Any(key => !_asked.Contains(key.Text) && NearestName.Of(key.Text, _asked.Concat(names)) is { } nearest && names.Contains(nearest));

    /// <summary>
    /// Reports every key that was not asked for, with the nearest that was. Where that nearest is a key that must be there and is not, its absence is
    /// the same fault and no longer told.
    /// </summary>
    public void Close()
    {
        foreach (YamlNode.Scalar key in Keys.Where(key => !_asked.Contains(key.Text)))
        {
            string? nearest = NearestName.Of(key.Text, _asked.Where(asked => !Keys.Any(there => there.Text == asked))) ?? NearestName.Of(key.Text, _asked);
            foreach ((_, Problem told) in _absent.Where(absent => absent.Key == nearest))
            {
                problems.Remove(told);
            }

            string known = string.Join(", ", _asked.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            Report(key, "key.unknown", $"unknown key '{key.Text}'", nearest is null ? $"known here: {known}" : $"did you mean '{nearest}'?");
        }
    }

    private string? TextOf(YamlNode? found, string key)
    {
        switch (found)
        {
            case null:
                return null;
            case YamlNode.Scalar scalar:
                return scalar.Text;
            default:
                Report(found, "type.text", $"'{key}' must be one value", "");
                return null;
        }
    }
}
