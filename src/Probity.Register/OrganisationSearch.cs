using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>The search over views.</summary>
internal static class OrganisationSearch
{
    private const int Candidates = 2_000;

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
        if (ExactRecord(views, query) is { } exact)
        {
            return new SearchAnswer([exact], 1, false, []);
        }

        SearchQuestion question = SearchQuestion.Of(query, views.HasWord, word => words(views).OneEditFrom(word));
        var candidates = new Dictionary<long, string>();
        foreach (string match in (ReadOnlySpan<string>)[question.InNames, question.Anywhere])
        {
            if (candidates.Count < Candidates)
            {
                foreach ((long no, string name) in views.Matches(match, Candidates))
                {
                    candidates[no] = name;
                }
            }
        }

        string asked = SearchWords.Normal(query.Text).Trim();
        List<long> ranked = [.. candidates
            .Select(one => (No: one.Key, Name: one.Value, Rank: RankOf(SearchWords.Normal(one.Value).Trim(), asked)))
            .OrderBy(one => one.Rank).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.No)
            .Skip(skip).Take(SearchQuery.PageSize + 1)
            .Select(one => one.No)];
        int counted = candidates.Count < Candidates ? candidates.Count : views.CountMatches(question.Anywhere, SearchAnswer.CountedUpTo + 1);
        ImmutableArray<OrganisationSummary> results = [.. ranked.Take(SearchQuery.PageSize).Select(no => views.ByNo(no)!.Value.Summary)];
        return new SearchAnswer(results, counted > SearchAnswer.CountedUpTo ? null : counted, ranked.Count > SearchQuery.PageSize, question.Corrections);
    }

    private static OrganisationSummary? ExactRecord(ViewQueries views, SearchQuery query) =>
        OrganisationId.TryParse(query.Text.Trim(), out OrganisationId id) ? views.ById(id)?.Summary : null;

    private static int RankOf(string name, string asked)
    {
        if (name == asked)
        {
            return 0;
        }

        if (name.StartsWith(asked, StringComparison.Ordinal))
        {
            return 1;
        }

        return asked.Split(' ').All(word => name.Contains(word, StringComparison.Ordinal)) ? 2 : 3;
    }
}
