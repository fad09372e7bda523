using System.Diagnostics;
using Probity.Evidence;
using Probity.Register;

namespace Probity.Bench;

/// <summary>How long searches take over a register: names, beginnings, places with names, mistyped words, common words, filters.</summary>
internal static class SearchTimes
{
    public static void Measure(string data, int questions)
    {
        using RegisterReader reader = RegisterReader.Open(data);
        AsOf now = reader.Current;
        List<OrganisationSummary> some = [.. reader.Organisations(now).Take(questions)];
        var all = new List<double>();
        string[] shapes = ["name", "beginning", "name and place", "one typing error", "common word", "word and filter"];
        foreach (string shape in shapes)
        {
            reader.Search(QuestionOf(shape, some[0]), now);
            double[] times = [.. some.Select(one => Time(reader, QuestionOf(shape, one), now)).Order()];
            all.AddRange(times);
            Console.WriteLine($"{shape,-18} p50 {times[times.Length / 2]:0.00} ms, p99 {times[times.Length * 99 / 100]:0.00} ms");
        }

        all.Sort();
        Console.WriteLine($"{"all of these",-18} p50 {all[all.Count / 2]:0.00} ms, p99 {all[all.Count * 99 / 100]:0.00} ms");
        double[] pages = [.. some.Select(one => TimeOf(() => reader.Find(one.Id, now))).Order()];
        Console.WriteLine($"{"whole entry",-18} p50 {pages[pages.Length / 2]:0.00} ms, p99 {pages[pages.Length * 99 / 100]:0.00} ms");
    }

    private static double Time(RegisterReader reader, SearchQuery query, AsOf now) => TimeOf(() => reader.Search(query, now));

    private static double TimeOf(Func<object?> question)
    {
        long start = Stopwatch.GetTimestamp();
        question();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static SearchQuery QuestionOf(string shape, OrganisationSummary one)
    {
        string name = one.Particulars.Name;
        string[] words = name.Split(' ');
        return shape switch
        {
            "beginning" => new SearchQuery(name[..Math.Min(name.Length, 14)], "", "", "", 1),
            "name and place" => new SearchQuery($"{words[^1]} {one.Particulars.Postcode}", "", "", "", 1),
            "one typing error" => new SearchQuery($"{words[0]} {Mistyped(words[Math.Min(2, words.Length - 1)])}", "", "", "", 1),
            "common word" => new SearchQuery(words[^1], "", "", "", 1),
            "word and filter" => new SearchQuery(words[0], one.Particulars.AuthorityCode, "", one.Standing.Outcome, 1),
            _ => new SearchQuery(name, "", "", "", 1),
        };
    }

    private static string Mistyped(string word) => word.Length < 4 ? word : word[..2] + 'x' + word[3..];
}
