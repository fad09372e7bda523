using System.Collections.Immutable;

namespace Probity.Register;

/// <summary>The search over views.</summary>
internal static class OrganisationSearch
{
    private const int Candidates = 500;

    /// <summary>Answers a question by words, by filters, or with all organisations by name.</summary>
    /// <param name="views">What is searched.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="words">All words of the index; asked for only when a word is not known.</param>
    public static SearchAnswer Search(ViewQueries views, SearchQuery query, Func<ViewQueries, Vocabulary> words)
    {
        int skip = (query.Page - 1) * SearchQuery.PageSize;
        return SearchWords.Of(query.Text).Count == 0 ? Browse(views, query, skip) : ByWords(views, query, skip, words);
    }

    private static SearchAnswer Browse(ViewQueries views, SearchQuery query, int skip)
    {
        IReadOnlyList<OrganisationSummary> rows = views.Browse(query, skip, SearchQuery.PageSize + 1);
        int counted = views.CountBrowse(query, SearchAnswer.CountedUpTo + 1);
        return new SearchAnswer(
            [.. rows.Take(SearchQuery.PageSize)],
            counted > SearchAnswer.CountedUpTo ? null : counted,
            rows.Count > SearchQuery.PageSize,
            []);
    }

    private static SearchAnswer ByWords(ViewQueries views, SearchQuery query, int skip, Func<ViewQueries, Vocabulary> words)
    {
        SearchQuestion question = SearchQuestion.InWholeWords(query);
        IReadOnlyDictionary<long, string> candidates = CandidatesOf(views, query, question);
        if (candidates.Count < (SearchQuestion.IsOneWord(query) ? SearchQuery.PageSize : 1))
        {
            question = SearchQuestion.AsTyped(query);
            candidates = CandidatesOf(views, query, question);
        }

        if (candidates.Count == 0)
        {
            question = SearchQuestion.Of(query, views.HasWord, word => words(views).OneEditFrom(word));
            candidates = question.Corrections.IsEmpty ? candidates : CandidatesOf(views, query, question);
        }

        string asked = SearchWords.Normal(query.Text).Trim();
        List<long> ranked = [.. candidates
            .Select(one => (No: one.Key, Name: one.Value, Rank: one.Value == query.Text.Trim() ? 0 : RankOf(SearchWords.Normal(one.Value).Trim(), asked)))
            .OrderBy(one => one.Rank).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.No)
            .Skip(skip).Take(SearchQuery.PageSize + 1)
            .Select(one => one.No)];
        int counted = candidates.Count < Candidates ? candidates.Count : views.CountMatches(question.Anywhere, SearchAnswer.CountedUpTo + 1);
        ImmutableArray<OrganisationSummary> results = [.. ranked.Take(SearchQuery.PageSize).Select(no => views.ByNo(no)!.Value.Summary)];
        return new SearchAnswer(results, counted > SearchAnswer.CountedUpTo ? null : counted, ranked.Count > SearchQuery.PageSize, question.Corrections);
    }

    /// <summary>
    /// Numbers and names of what may answer a question: what has the identifier asked for, what has exactly the name, then what has the words, in names
    /// first where they are too many to look at all.
    /// </summary>
    private static Dictionary<long, string> CandidatesOf(ViewQueries views, SearchQuery query, SearchQuestion question)
    {
        Dictionary<long, string> candidates = views.Named(query.Text.Trim(), query).ToDictionary(one => one.No, one => one.Name);
        void Add(IEnumerable<(long No, string Name)> found)
        {
            foreach ((long no, string name) in found)
            {
                candidates[no] = name;
            }
        }

        IReadOnlyList<(long, string)> anywhere = views.Matches(question.Anywhere, Candidates);
        if (anywhere.Count == Candidates)
        {
            Add(views.Matches(question.InNames, Candidates));
        }

        Add(anywhere);
        return candidates;
    }

    /// <summary>How well a name fits, best first: the whole of it, its first words, its words, its beginning, anywhere in it, not in it.</summary>
    private static int RankOf(string name, string asked)
    {
        string words = $" {name} ";
        return name == asked ? 0
            : words.StartsWith($" {asked} ", StringComparison.Ordinal) ? 1
            : asked.Split(' ').All(word => words.Contains($" {word} ", StringComparison.Ordinal)) ? 2
            : name.StartsWith(asked, StringComparison.Ordinal) ? 3
            : asked.Split(' ').All(word => name.Contains(word, StringComparison.Ordinal)) ? 4
            : 5;
    }
}
