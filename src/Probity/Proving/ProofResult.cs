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

    /// <summary>Whether everything was there, every difference has a known reason, and every reason as many differences as the proof says.</summary>
    public bool Holds => Absent.IsEmpty && Rejections.IsEmpty && Miscounted.IsEmpty && Tables.All(table => table.Unexplained == 0);
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
    /// <summary>Differences without a known reason.</summary>
    public int Unexplained => Differences.Count(one => one.Reason.Length == 0);
}

/// <summary>One published value that is not what the rules give.</summary>
/// <param name="Record">Its identifier, with the day where the proof has several.</param>
/// <param name="Output">The output's name.</param>
/// <param name="Published">As published.</param>
/// <param name="Computed">As computed; "no such record" where the sources have none.</param>
/// <param name="Reason">Why, where the proof says so; else empty.</param>
internal sealed record Difference(string Record, string Output, string Published, string Computed, string Reason);
