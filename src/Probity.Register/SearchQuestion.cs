using System.Collections.Immutable;

namespace Probity.Register;

/// <summary>
/// A search as the index understands it. Every word of the question must stand somewhere in name, place or identifiers; the last may be a
/// beginning. A word that nothing has is replaced by the words one edit away.
/// </summary>
internal sealed class SearchQuestion
{
    /// <summary>Words of a question that count; further ones are passed over.</summary>
    public const int MaxWords = 8;

    private readonly string _words;
    private readonly string _filters;

    private SearchQuestion(string words, string filters, ImmutableArray<WordCorrection> corrections)
    {
        _words = words;
        _filters = filters;
        Corrections = corrections;
    }

    public ImmutableArray<WordCorrection> Corrections { get; }

    /// <summary>The question over every field.</summary>
    public string Anywhere => _words + _filters;

    /// <summary>The question over names alone.</summary>
    public string InNames => $"{{name}} : ({_words}){_filters}";

    public static SearchQuestion Of(SearchQuery query, Func<string, bool> isKnown, Func<string, IReadOnlyList<string>> oneEditFrom)
    {
        List<string> words = [.. SearchWords.Of(query.Text).Take(MaxWords)];
        var corrections = ImmutableArray.CreateBuilder<WordCorrection>();
        var parts = new List<string>();
        for (int i = 0; i < words.Count; i++)
        {
            string exact = i == words.Count - 1 ? $"\"{words[i]}\"*" : $"\"{words[i]}\"";
            IReadOnlyList<string> instead = isKnown(exact) ? [] : oneEditFrom(words[i]);
            if (instead.Count > 0)
            {
                corrections.Add(new WordCorrection(words[i], [.. instead]));
            }

            parts.Add(instead.Count > 0 ? $"({string.Join(" OR ", instead.Select(word => $"\"{word}\""))})" : exact);
        }

        return new SearchQuestion(string.Join(" AND ", parts), FiltersOf(query), corrections.ToImmutable());
    }

    private static string FiltersOf(SearchQuery query)
    {
        string filters = "";
        foreach ((char kind, string value) in new[] { ('a', query.AuthorityCode), ('t', query.Type), ('o', query.Outcome) })
        {
            if (value.Length > 0)
            {
                filters += $" AND facets : \"{ViewText.Facet(kind, value)}\"";
            }
        }

        return filters;
    }
}
