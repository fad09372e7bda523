using Probity.Evidence;
using Probity.Rating.Expressions;

namespace Probity.Rating.Engine;

/// <summary>A rating in the names of formats/rating.md.</summary>
internal static class RatingFields
{
    private const int FormatVersion = 1;

    /// <summary>The whole rating: the result, the time it was asked for, and the explanation.</summary>
    public static Fields Of(OrganisationRating rating)
    {
        List<KeyValuePair<string, Value>> fields = ResultOf(rating);
        fields.Add(new("valid_at", Value.Of(Day.Text(rating.AsOf.ValidAt))));
        fields.Add(new("known_at", Value.Of(rating.AsOf.KnownAt)));
        fields.Add(new("explanation", new Value.Group(rating.Explanation.ToFields())));
        return Fields.Of([.. fields]);
    }

    /// <summary>The result alone: equal for two times at which nothing that counts changed.</summary>
    public static List<KeyValuePair<string, Value>> ResultOf(OrganisationRating rating)
    {
        var fields = new List<KeyValuePair<string, Value>>(16)
        {
            new("v", Value.Of(FormatVersion)),
            new("organisation", Value.Of(rating.Organisation.ToString())),
            new("methodology", Group(
                ("id", Value.Of(rating.Methodology.Id)),
                ("version", Value.Of(rating.Methodology.Version)),
                ("fingerprint", Value.Of(rating.Methodology.Fingerprint.ToString())))),
            new("outcome", OutcomeOf(rating.Outcome)),
            new("agreement", Value.Of(rating.Agreement switch { Agreement.Equal => "equal", Agreement.Differs => "differs", _ => "not-comparable" })),
            new("dimensions", new Value.Sequence([.. rating.Dimensions.Select(DimensionOf)])),
            new("values", Group([.. rating.Outputs.Select(output => (output.Name, Value.Of(output.Value)))])),
        };
        if (rating.Score is { } score)
        {
            fields.Add(new("score", Value.Of(Numbers.Text(score))));
            fields.Add(new("score_unit", Value.Of(rating.ScoreUnit)));
        }

        if (rating.RestsOn is { } day)
        {
            fields.Add(new("rests_on", Value.Of(Day.Text(day))));
        }

        if (rating.Published is { } published)
        {
            fields.Add(new("published", PublishedOf(published)));
        }

        if (rating.Robustness is { } robustness)
        {
            fields.Add(new("robustness", Group(
                ("draws", Value.Of(robustness.Draws)),
                ("outcomes", new Value.Sequence([.. robustness.Outcomes.Select(one => (Value)Group(("code", Value.Of(one.Code)), ("draws", Value.Of(one.Draws))))])))));
        }

        return fields;
    }

    private static Value.Group OutcomeOf(Outcome outcome) => outcome switch
    {
        Outcome.Rated rated => Group(("kind", Value.Of("rated")), ("code", Value.Of(rated.Band)), ("label", Value.Of(rated.Label))),
        Outcome.NotRated not => Group(("kind", Value.Of("not-rated")), ("code", Value.Of(not.Why)), ("reason", Value.Of(not.Reason))),
        Outcome.AsPublished own => Group(("kind", Value.Of("as-published")), ("code", Value.Of(own.Band)), ("label", Value.Of(own.Label))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Value.Group PublishedOf(PublishedOutcome published)
    {
        var fields = new List<KeyValuePair<string, Value>>
        {
            new("code", Value.Of(published.Code)),
            new("label", Value.Of(published.Label)),
            new("evidence", new Value.Sequence([.. published.Evidence.Select(Value.Of)])),
        };
        if (published.Day is { } day)
        {
            fields.Add(new("day", Value.Of(Day.Text(day))));
        }

        return new Value.Group(Fields.Of([.. fields]));
    }

    private static Value DimensionOf(DimensionValue dimension) => Group(
        ("name", Value.Of(dimension.Dimension.Name)),
        ("value", Value.Of(dimension.Text)),
        ("unit", Value.Of(dimension.Dimension.Unit)),
        ("evidence", new Value.Sequence([.. dimension.Evidence.Select(Value.Of)])));

    private static Value.Group Group(params ReadOnlySpan<(string, Value)> fields) => new(Fields.Of(fields));
}
