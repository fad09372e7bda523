using System.Globalization;
using Probity.Evidence;
using Probity.Register;

namespace Probity.Site;

/// <summary>One request: the time it asks about, and links that keep that time.</summary>
/// <param name="Site">The site.</param>
/// <param name="AsOf">The day and ledger size asked about.</param>
/// <param name="IsOtherTime">Whether that is not the last run's.</param>
/// <param name="Time">What links carry: "asOf=…&amp;knownAt=…"; empty for the last run's.</param>
/// <param name="Path">The address asked for, without its query.</param>
public sealed record Visit(SiteOptions Site, AsOf AsOf, bool IsOtherTime, string Time, string Path)
{
    /// <summary>The register.</summary>
    public RegisterDefinition Register => Site.Reader.Definition;

    /// <summary>Whether records of several sources are linked into organisations then.</summary>
    public bool Links { get; init; }

    /// <summary>Today, for the age of the data.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Site.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Reads a request's time; an explanation instead where it cannot be read.</summary>
    public static (Visit? Visit, string Problem) Of(SiteOptions site, HttpRequest request)
    {
        string day = request.Query["asOf"].ToString();
        string size = request.Query["knownAt"].ToString();
        DateOnly? validAt = null;
        long? knownAt = null;
        if (day.Length > 0)
        {
            if (!Day.TryParse(day, out DateOnly read))
            {
                return (null, "The day asked about must be written like 2026-05-12.");
            }

            validAt = read;
        }

        if (size.Length > 0)
        {
            if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long read))
            {
                return (null, "The ledger size asked about must be a whole number, 0 or more.");
            }

            knownAt = read;
        }

        AsOf asOf = site.Reader.At(validAt, knownAt);
        bool links = site.Reader.Linkage.IsStated(asOf);
        bool other = asOf != site.Reader.Current;
        string time = other ? $"asOf={Day.Text(asOf.ValidAt)}&knownAt={asOf.KnownAt}" : "";
        return (new Visit(site, asOf, other, time, request.Path) { Links = links }, "");
    }

    /// <summary>A link within the site that keeps the time asked about.</summary>
    /// <param name="path">With or without a query.</param>
    public string Link(string path) => Time.Length == 0 ? path : path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Time;

    /// <summary>A link to an organisation's page.</summary>
    public string Link(OrganisationId id) => Link($"/organisation/{id}");
}
