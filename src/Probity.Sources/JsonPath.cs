using System.Collections.Immutable;

namespace Probity.Sources;

/// <summary>Where a streaming JSON reader stands: the names of the objects around it, by depth.</summary>
internal sealed class JsonPath
{
    private const string InArray = "\0";
    private readonly string[] _names = new string[66];

    /// <summary>A property's name at a depth; its value follows.</summary>
    public void Name(int depth, string name) => _names[depth] = name;

    /// <summary>An array begins at a depth: what follows one deeper is an item.</summary>
    public void Array(int depth) => _names[depth + 1] = InArray;

    /// <summary>Whether an object that begins at a depth is an item of an array at one of some paths ("" for the document itself).</summary>
    public bool IsItemOf(int depth, ImmutableArray<string> paths) =>
        depth > 0 && _names[depth] == InArray && paths.Contains(Join(1, depth - 1));

    /// <summary>The names between an object's depth and a value's, joined by "/"; no path where an array stands between.</summary>
    public string Relative(int from, int depth) => Join(from + 1, depth);

    private string Join(int from, int to)
    {
        if (to == from)
        {
            return _names[from];
        }

        return to < from ? "" : string.Join('/', _names, from, to - from + 1);
    }
}
