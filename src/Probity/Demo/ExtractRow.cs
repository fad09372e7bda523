using System.Globalization;

namespace Probity.Demo;

/// <summary>One line of an extract. No text of the fictional country holds a comma or a quote, so none needs quoting.</summary>
internal sealed record ExtractRow
{
    /// <summary>The names of the columns.</summary>
    public const string Columns =
        "FHRSID,LocalAuthorityBusinessID,BusinessName,BusinessType,PostCode,AddressLine1,AddressLine2,AddressLine3,AddressLine4,"
        + "LocalAuthorityCode,LocalAuthorityName,RatingValue,RatingKey,RatingDate,Hygiene,Structural,ConfidenceInManagement,SchemeType,NewRatingPending";

    /// <summary>The establishment's identifier in all extracts.</summary>
    public required string Id { get; init; }

    /// <summary>Its identifier with its authority.</summary>
    public required string LocalId { get; init; }

    /// <summary>Its name on the extract's day.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind of business.</summary>
    public required string Type { get; init; }

    /// <summary>Its postcode.</summary>
    public required string Postcode { get; init; }

    /// <summary>Four columns: street, quarter, town, country.</summary>
    public required string Address { get; init; }

    /// <summary>Two columns: code and name.</summary>
    public required string Authority { get; init; }

    /// <summary>"0" to "5", or a state such as "AwaitingInspection".</summary>
    public required string Rating { get; init; }

    /// <summary>The day of the inspection, or from which the state holds.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Three columns: hygiene, structural, confidence in management; empty where not published.</summary>
    public string Scores { get; init; } = ",,";

    /// <summary>Whether a later inspection is not published yet.</summary>
    public bool IsPending { get; init; }

    /// <summary>The line, without its end.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id},{LocalId},{Name},{Type},{Postcode},{Address},{Authority},{Rating},khs_{Rating.ToLowerInvariant()}_en,{Date:yyyy-MM-dd},{Scores},KHS,{IsPending}");
}
