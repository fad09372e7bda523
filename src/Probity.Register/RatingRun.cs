using System.Globalization;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>What a run states in the ledger: these ratings followed from that much of it (formats/statement.md).</summary>
/// <param name="AsOf">The day rated for and the ledger size rated from.</param>
/// <param name="Ratings">How many organisations.</param>
/// <param name="Results">
/// The RFC 6962 root over the canonical ratings, in the order of organisations' identifiers: any single rating can be proven to belong to the run.
/// </param>
/// <param name="Methodology">The fingerprint of the methodology in force; null where none was.</param>
public sealed record RatingRun(AsOf AsOf, long Ratings, Digest Results, Digest? Methodology)
{
    /// <summary>The type of the statement that a run of ratings is.</summary>
    public const string StatementType = "ratings";

    /// <summary>The run as a statement of the register.</summary>
    public Statement ToStatement(RegisterDefinition register, DateTimeOffset at) => Statement.Of(
        StatementKind.Run,
        Publication.By(register),
        new RecordId(register.Id, StatementType),
        Occasion.Of(StatementType, AsOf.ValidAt),
        Fields.Of(
            ("at", Value.Of(at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
            ("as_of", Value.Of(Day.Text(AsOf.ValidAt))),
            ("ledger_size", Value.Of(AsOf.KnownAt)),
            ("ratings", Value.Of(Ratings)),
            ("results", Value.Of(Results.ToString())),
            ("methodology", Value.Of(Methodology?.ToString() ?? ""))));

    /// <summary>Reads a run back; null where the statement is none.</summary>
    public static RatingRun? Of(Statement statement)
    {
        Fields body = statement.Body;
        bool read = statement.Kind == StatementKind.Run
            && body.WholeOf("ledger_size") is not null
            && body.WholeOf("ratings") is not null;
        if (!read || !Day.TryParse(body.TextOf("as_of"), out DateOnly day) || !Digest.TryParse(body.TextOf("results"), out Digest results))
        {
            return null;
        }

        Digest? methodology = Digest.TryParse(body.TextOf("methodology"), out Digest fingerprint) ? fingerprint : null;
        return new RatingRun(new AsOf(day, body.WholeOf("ledger_size")!.Value), body.WholeOf("ratings")!.Value, results, methodology);
    }

    /// <summary>Whether another run says the same, whenever it was made.</summary>
    public bool SaysTheSameAs(RatingRun? other) =>
        other is not null && AsOf.ValidAt == other.AsOf.ValidAt && Ratings == other.Ratings && Results == other.Results && Methodology == other.Methodology;
}
