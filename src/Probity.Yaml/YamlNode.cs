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

    /// <summary>
    /// Where a file says something once for many (<see cref="Repetition"/>), which of the many this is, from 0; 0 for what is said once. A fault
    /// that the first has already is not told again for the others.
    /// </summary>
    public int Copy { get; init; }

    /// <summary>One value. <paramref name="Quoted"/> tells "5" (text) from 5.</summary>
    public sealed record Scalar(string Text, bool Quoted, int AtLine, int AtColumn) : YamlNode(AtLine, AtColumn)
    {
        /// <summary>True for an empty plain value, "null" and "~".</summary>
        public bool IsNull => !Quoted && Text is "" or "null" or "~";

        /// <summary>True where the text is not what stands in the file, because a name of a list was put into it.</summary>
        public bool IsFilledIn { get; init; }
    }

    /// <summary>Values in order.</summary>
    public sealed record List(ImmutableArray<YamlNode> Items, int AtLine, int AtColumn) : YamlNode(AtLine, AtColumn);

    /// <summary>Keys and values in the order of the file; each key once.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<Scalar, YamlNode>> Pairs, int AtLine, int AtColumn) : YamlNode(AtLine, AtColumn);
}
