using System.Collections.Immutable;
using Probity.Sources;

namespace Probity.Proving;

/// <summary>What a register's proof.yaml declares (formats/proof.md): official data, and what of it computed values are held against.</summary>
/// <param name="Name">What people call it, such as "2025".</param>
/// <param name="Methodology">The methodology's version or file.</param>
/// <param name="ValidAt">The day to rate for; null where each published record names its own.</param>
/// <param name="Sources">The files of each source, relative to the folder of data.</param>
/// <param name="Published">What is compared.</param>
/// <param name="Known">Differences whose reason is known.</param>
internal sealed record Proof(
    string Name,
    string Methodology,
    DateOnly? ValidAt,
    ImmutableArray<(string Source, ImmutableArray<string> Files)> Sources,
    ImmutableArray<PublishedTable> Published,
    ImmutableArray<KnownDifference> Known)
{
    /// <summary>Every file it needs, each once.</summary>
    public IEnumerable<string> Files => Sources.SelectMany(source => source.Files).Concat(Published.SelectMany(table => table.Files)).Distinct(StringComparer.Ordinal);
}

/// <summary>Published values of one kind.</summary>
/// <param name="Title">What they are, such as "achievement points".</param>
/// <param name="Files">Where they stand, relative to the folder of data.</param>
/// <param name="Values">How they are read: each field is named as the output it is compared with, or "outcome" or "score".</param>
/// <param name="Within">The greatest difference between two numbers that count as equal; 0 for none.</param>
/// <param name="RoundHalfUp">The places to which a computed number is rounded, half up, before it is compared; null for none.</param>
internal sealed record PublishedTable(string Title, ImmutableArray<string> Files, SourceDefinition Values, decimal Within, int? RoundHalfUp);

/// <summary>Why some published values differ from what the published rule gives.</summary>
/// <param name="Titles">The tables it is about; empty for all.</param>
/// <param name="Outputs">The outputs it is about; empty for all.</param>
/// <param name="Records">The records it is about, as "identifier" or "identifier @ 2023-05-31"; empty for all.</param>
/// <param name="When">Outputs of the same organisation that must have a value; empty for none.</param>
/// <param name="Reason">Why, and how many differences of the proof have this reason.</param>
internal sealed record KnownDifference(
    ImmutableArray<string> Titles, ImmutableArray<string> Outputs, ImmutableArray<string> Records, ImmutableDictionary<string, string> When, (string Text, long Count) Reason)
{
    /// <summary>True where somebody looked at the differences and found no reason: what is said is what is known, and they count as unexplained.</summary>
    public bool IsOpen { get; init; }
}
