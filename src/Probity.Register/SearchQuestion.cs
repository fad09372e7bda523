using System.Collections.Immutable;

namespace Probity.Register;

/// <summary>
/// A search as the index understands it. Every word of the question must stand somewhere in name or place; where nothing has them all whole (or
/// the question is one word that few have), the last may be a beginning; where nothing has that either, a word that nothing has is replaced by the words one edit away.
/// </summary>
internal sealed class SearchQuestion
{
    /// <summary>Words of a question that count; further ones are passed over.</summary>
    public const int MaxWords = 8;

    /// <summary>A shorter last word is taken as a whole word: a tenth of all words begins with any two letters.</summary>
    private const int ShortestBeginning = 3;

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

    /// <summary>The question as it was typed, every word whole.</summary>
    public static SearchQuestion InWholeWords(SearchQuery query) =>
        new(string.Join(" AND ", WordsOf(query).Select(word => $"\"{word}\"")), FiltersOf(query), []);

    /// <summary>The question as it was typed, the last word whole or a beginning.</summary>
    public static SearchQuestion AsTyped(SearchQuery query) => Of(query, static _ => true, static _ => []);

    /// <summary>Whether the question is a single word, which more often than not is a beginning.</summary>
    public static bool IsOneWord(SearchQuery query) => WordsOf(query) is [_];

    /// <summary>The question with the words that nothing has replaced by words one edit away.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="isKnown">Whether anything has a word, or a word that begins so.</param>
    /// <param name="oneEditFrom">The words one edit away from a mistyped one.</param>
    public static SearchQuestion Of(SearchQuery query, Func<string, bool> isKnown, Func<string, IReadOnlyList<string>> oneEditFrom)
    {
        List<string> words = WordsOf(query);
        var corrections = ImmutableArray.CreateBuilder<WordCorrection>();
        var parts = new List<string>();
        for (int i = 0; i < words.Count; i++)
        {
            string exact = i == words.Count - 1 && words[i].Length >= ShortestBeginning ? $"\"{words[i]}\"*" : $"\"{words[i]}\"";
            IReadOnlyList<string> instead = isKnown(exact) ? [] : oneEditFrom(words[i]);
            if (instead.Count > 0)
            {
                corrections.Add(new WordCorrection(words[i], [.. instead]));
            }

            parts.Add(instead.Count > 0 ? $"({string.Join(" OR ", instead.Select(word => $"\"{word}\""))})" : exact);
        }

        return new SearchQuestion(string.Join(" AND ", parts), FiltersOf(query), corrections.ToImmutable());
    }

    private static List<string> WordsOf(SearchQuery query) => [.. SearchWords.Of(query.Text).Take(MaxWords)];

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
