using Probity.Evidence;
using Probity.Register;

namespace Probity.Site;

/// <summary>Telling examples of the fictional register, found in its data.</summary>
internal static class DemoTour
{
    private const int Searched = 6_000;

    /// <summary>The stops, each with an address that exists.</summary>
    public static IReadOnlyList<TourStop> Of(RegisterReader reader)
    {
        List<OrganisationSummary> some = [.. reader.Organisations(reader.Current).Take(Searched)];
        var stops = new List<TourStop>();
        Add(stops, some.FirstOrDefault(one => one.Standing is { Status: StandingStatus.Confirmed, Score: > 15 }), "A rating, explained", "Every point with its rule and the ledger entry it rests on, how near the next band is, and what would change it.");
        Add(stops, reader, some, "A correction", one => one.Before.StartsWith("inspection", StringComparison.OrdinalIgnoreCase), "The source changed a record after it was published. Both stay: before, after, and when.");
        Add(stops, reader, some, "A change of name", one => one.Text.StartsWith("Changed", StringComparison.Ordinal), "The same place under another name; its history stays with it.");
        Add(stops, some.FirstOrDefault(one => one.Standing.Status == StandingStatus.Differs), "Rule and authority differ", "The published rule gives another outcome than the authority published. The authority's stands; the page says so.");
        Add(stops, some.FirstOrDefault(one => one.Standing.Outcome == "AwaitingInspection"), "No rating, and why", "A missing rating is an outcome with a reason, never a number.");
        AsOf current = reader.Current;
        stops.Add(new TourStop("Two years ago", "The whole register as it was: every page, search and list takes a day and a ledger size.", $"/?asOf={Day.Text(current.ValidAt.AddYears(-2))}"));
        stops.Add(new TourStop("The rules", "The methodology as a document people can read, with its algorithm record.", "/methodology"));
        stops.Add(new TourStop("A proof", "One entry of the ledger with the proof that it stands under the signed root.", $"/ledger/{reader.Size / 2}"));
        return stops;
    }

    private static void Add(List<TourStop> stops, OrganisationSummary? found, string title, string text)
    {
        if (found is not null)
        {
            stops.Add(new TourStop(title, $"{found.Particulars.Name}: {text}", $"/organisation/{found.Id}"));
        }
    }

    private static void Add(List<TourStop> stops, RegisterReader reader, List<OrganisationSummary> some, string title, Func<TimelineEvent, bool> telling, string text)
    {
        OrganisationSummary? found = some.FirstOrDefault(one => reader.Find(one.Id, reader.Current) is { } entry && entry.Timeline.Any(telling));
        Add(stops, found, title, text);
    }
}
