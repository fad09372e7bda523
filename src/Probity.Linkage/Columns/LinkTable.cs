using System.Collections.Immutable;

namespace Probity.Linkage;

/// <summary>One input of a linkage: rows of texts under named columns, whatever file they came from.</summary>
/// <param name="Name">The input's name, the NAME of NAME=FILE; each input of a run has another.</param>
/// <param name="Columns">The columns' names as the input gives them.</param>
/// <param name="Rows">The rows; each has as many texts as there are columns, an absent value is empty.</param>
public sealed record LinkTable(string Name, ImmutableArray<string> Columns, LinkRows Rows)
{
    /// <summary>The same, from rows that are copied.</summary>
    public LinkTable(string name, ImmutableArray<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
        : this(name, columns, LinkRows.Of(columns.Length, rows))
    {
    }
}
