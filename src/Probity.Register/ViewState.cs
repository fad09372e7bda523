using System.Globalization;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>What the views of a data folder show.</summary>
/// <param name="AsOf">The day rated for, and how much of the ledger they have seen.</param>
/// <param name="Methodology">The fingerprint of the methodology in force; null where none was.</param>
/// <param name="Results">The root over all ratings.</param>
/// <param name="Organisations">How many there are.</param>
/// <param name="Numbers">The highest number given to a record or an organisation.</param>
internal sealed record ViewState(AsOf AsOf, Digest? Methodology, Digest Results, long Organisations, long Numbers)
{
    /// <summary>Reads the state; null where a first catch-up never ended.</summary>
    public static ViewState? Read(ViewQueries views)
    {
        if (!Day.TryParse(views.Meta("valid_at"), out DateOnly day) || !Digest.TryParse(views.Meta("results"), out Digest results))
        {
            return null;
        }

        Digest? methodology = Digest.TryParse(views.Meta("methodology"), out Digest fingerprint) ? fingerprint : null;
        return new ViewState(new AsOf(day, Number(views, "known_at")), methodology, results, Number(views, "organisations"), Number(views, "numbers"));
    }

    /// <summary>Writes the state as part of the writer's transaction.</summary>
    public void Write(ViewWriter writer)
    {
        writer.SetMeta("valid_at", Day.Text(AsOf.ValidAt));
        writer.SetMeta("known_at", AsOf.KnownAt.ToString(CultureInfo.InvariantCulture));
        writer.SetMeta("methodology", Methodology?.ToString() ?? "");
        writer.SetMeta("results", Results.ToString());
        writer.SetMeta("organisations", Organisations.ToString(CultureInfo.InvariantCulture));
        writer.SetMeta("numbers", Numbers.ToString(CultureInfo.InvariantCulture));
    }

    private static long Number(ViewQueries views, string key) => long.Parse(views.Meta(key)!, CultureInfo.InvariantCulture);
}
