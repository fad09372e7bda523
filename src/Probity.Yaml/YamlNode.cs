using System.Collections.Immutable;

namespace Probity.Yaml;

/// <summary>A node of a YAML document, with the place where it stands.</summary>
public abstract record YamlNode
{
    private YamlNode(int line, int column) => (Line, Column) = (line, column);

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>From 1.</summary>
    public int Column { get; }

    /// <summary>One value. <paramref name="Quoted"/> tells "5" (text) from 5.</summary>
    public sealed record Scalar(string Text, bool Quoted, int AtLine, int AtColumn) : YamlNode(AtLine, AtColumn)
    {
        /// <summary>True for an empty plain value, "null" and "~".</summary>
        public bool IsNull => !Quoted && Text is "" or "null" or "~";
    }

    /// <summary>Values in order.</summary>
    public sealed record List(ImmutableArray<YamlNode> Items, int AtLine, int AtColumn) : YamlNode(AtLine, AtColumn);

    /// <summary>Keys and values in the order of the file; each key once.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<Scalar, YamlNode>> Pairs, int AtLine, int AtColumn) : YamlNode(AtLine, AtColumn);
}
