using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>One record and what became of it: all its statements, or none and at least one rejection.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Statements">Identity first, then findings in the order of the mapping; empty where it was rejected.</param>
/// <param name="Rejections">Why it was rejected; empty where it was not.</param>
/// <param name="IsFile">True where this is no record but what went wrong with a whole file or address; what was read before stays.</param>
public sealed record SourceRecord(Place Place, ImmutableArray<Statement> Statements, ImmutableArray<Rejection> Rejections, bool IsFile)
{
    internal static SourceRecord OfFile(Rejection rejection) => new(rejection.Place, [], [rejection], true);
}

/// <summary>What a reading is told.</summary>
public sealed record ReadOptions
{
    /// <summary>The day of the reading: dates after it are rejected.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Told how much has been read, 0 to 1.</summary>
    public Action<double> Progress { get; init; } = static _ => { };

    /// <summary>What waits between tries of an address, and measures time-outs.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>What sends requests; null for the network. It is not disposed.</summary>
    public HttpMessageHandler? Network { get; init; }
}

/// <summary>A record as a format's reader gives it: the text at each path of the source, in the order of <see cref="SourceDefinition.Paths"/>.</summary>
/// <param name="Line">Its line, or its number where the format has no lines; from 1.</param>
/// <param name="Texts">The text at each path; null where the record has none. The reader may use the array again.</param>
/// <param name="Trouble">Why it cannot be read; null where it can.</param>
internal readonly record struct RawRecord(long Line, string?[] Texts, Trouble? Trouble);

/// <summary>Something wrong with a record or a file.</summary>
/// <param name="Code">One of <see cref="RejectionCodes"/>.</param>
/// <param name="Field">The field at fault; empty where it is the whole.</param>
/// <param name="Reason">For a person.</param>
/// <param name="IsFile">Whether the file cannot be read further.</param>
internal sealed record Trouble(string Code, string Field, string Reason, bool IsFile);
