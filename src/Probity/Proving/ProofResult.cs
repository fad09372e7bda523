using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Proving;

/// <summary>What a proof came to.</summary>
/// <param name="Proof">Its name.</param>
/// <param name="Methodology">Identifier and version of the rules.</param>
/// <param name="Organisations">How many were rated; on several days each counts once.</param>
/// <param name="RejectedRecords">Records of its sources that were not taken in.</param>
/// <param name="Tables">What was compared; empty where a file is absent.</param>
internal sealed record ProofResult(string Proof, string Methodology, int Organisations, long RejectedRecords, ImmutableArray<ComparedTable> Tables)
{
    /// <summary>Files that the folder of data does not have; then nothing was compared.</summary>
    public ImmutableArray<string> Absent { get; init; } = [];

    /// <summary>Why files could not be read as declared: sources' and published values'.</summary>
    public ImmutableArray<Rejection> Rejections { get; init; } = [];

    /// <summary>Reasons that more or fewer differences have than the proof says: then rules or data changed, and the reason is no explanation of what it hides.</summary>
    public ImmutableArray<MiscountedReason> Miscounted { get; init; } = [];

    /// <summary>
    /// Whether everything was there, the proof knows every difference, and of each kind there are as many as it says. It knows also those it declares
    /// to be without a reason.
    /// </summary>
    public bool Holds => Absent.IsEmpty && Rejections.IsEmpty && Miscounted.IsEmpty && Tables.All(table => table.Differences.All(one => one.Known is not null));
}

/// <summary>A reason with another number of differences than was declared.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Declared">How many the proof says.</param>
/// <param name="Found">How many there are.</param>
internal sealed record MiscountedReason(string Reason, long Declared, long Found);

/// <summary>How published values of one kind stand to the computed ones.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Published">How many are published.</param>
/// <param name="Equal">How many of those are what the rules give.</param>
/// <param name="NotPublished">How many the rules give where nothing is published.</param>
/// <param name="Differences">The others, in the order of reading.</param>
internal sealed record ComparedTable(string Title, int Published, int Equal, int NotPublished, ImmutableArray<Difference> Differences)
{
    /// <summary>Differences without a reason: unknown, known and open, or of a reason that more or fewer have than the proof says.</summary>
    public int Unexplained => Differences.Count(one => !one.IsExplained);
}

/// <summary>One published value that is not what the rules give.</summary>
/// <param name="Record">Its identifier, with the day where the proof has several.</param>
/// <param name="Output">The output's name.</param>
/// <param name="Published">As published.</param>
/// <param name="Computed">As computed; "no such record" where the sources have none.</param>
internal sealed record Difference(string Record, string Output, string Published, string Computed)
{
    /// <summary>What the proof says of it; null where it does not know it.</summary>
    public KnownDifference? Known { get; init; }

    /// <summary>What the proof says of it; else empty.</summary>
    public string Reason => Known?.Reason.Text ?? "";

    /// <summary>Whether that explains other differences too than those somebody looked at.</summary>
    public bool IsMiscounted { get; init; }

    /// <summary>Whether it has a reason.</summary>
    public bool IsExplained => Known is { IsOpen: false } && !IsMiscounted;
}
