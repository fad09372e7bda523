namespace Probity.Rating;

/// <summary>What a rating came to: a band, a reason for none, or the authority's own outcome where its evidence is not published.</summary>
public abstract record Outcome
{
    private Outcome(string code) => Code = code;

    /// <summary>What stands in tables and exports: a band's code or one of <see cref="NotRatedCodes"/>.</summary>
    public string Code { get; }

    /// <summary>Rated by the methodology.</summary>
    /// <param name="Band">The band's code.</param>
    /// <param name="Label">Its name in the methodology's own language.</param>
    public sealed record Rated(string Band, string Label) : Outcome(Band);

    /// <summary>Not rated; never a number (guard-rails G10, G11).</summary>
    /// <param name="Why">One of <see cref="NotRatedCodes"/>.</param>
    /// <param name="Reason">The reason for a person.</param>
    public sealed record NotRated(string Why, string Reason) : Outcome(Why);

    /// <summary>The authority's rating as it stands: the evidence behind it is not published, so that nobody can recompute it.</summary>
    /// <param name="Band">The band's code.</param>
    /// <param name="Label">Its name in the methodology's own language.</param>
    public sealed record AsPublished(string Band, string Label) : Outcome(Band);
}

/// <summary>The source's own outcome, as its latest statement in date gives it.</summary>
/// <param name="Code">A band's code or one of <see cref="NotRatedCodes"/>.</param>
/// <param name="Label">The same in words.</param>
/// <param name="Day">The day it is dated; null where the source gives none.</param>
/// <param name="Evidence">Ledger indexes of the statements it stands in, ascending.</param>
public sealed record PublishedOutcome(string Code, string Label, DateOnly? Day, System.Collections.Immutable.ImmutableArray<long> Evidence);

/// <summary>How an outcome stands to the source's own.</summary>
public enum Agreement
{
    /// <summary>The source published no outcome, or one that cannot be recomputed.</summary>
    NotComparable,

    /// <summary>The same code.</summary>
    Equal,

    /// <summary>Another code.</summary>
    Differs,
}
