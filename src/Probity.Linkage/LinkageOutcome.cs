namespace Probity.Linkage;

/// <summary>What a linkage came to.</summary>
public abstract record LinkageOutcome
{
    private LinkageOutcome()
    {
    }

    /// <summary>The records were linked.</summary>
    public sealed record Linked(LinkageResult Result) : LinkageOutcome;

    /// <summary>The inputs may not or cannot be linked.</summary>
    /// <param name="Code">"linkage.persons" (guard-rail G42) or "linkage.no-columns".</param>
    /// <param name="Reason">Why, and what to do, for a person.</param>
    public sealed record Refused(string Code, string Reason) : LinkageOutcome;
}
