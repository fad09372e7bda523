using System.Collections.Immutable;

namespace Probity.Rating;

/// <summary>
/// A methodology as an algorithmic-transparency record in the shape of the UK Algorithmic Transparency Recording Standard (ATRS, version 3): tier 1
/// for everybody, then the five sections of tier 2. What the rules themselves say is written from them; what only the authority can say is taken
/// from "record" (guard-rail G40).
/// </summary>
/// <param name="Sections">In the order of the standard; always six.</param>
public sealed record AlgorithmRecord(ImmutableArray<RecordSection> Sections)
{
    /// <summary>The record of a methodology in a language.</summary>
    public static AlgorithmRecord Of(Methodology methodology, string language)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        return Document.AlgorithmRecordWriter.Write(methodology, language);
    }
}

/// <summary>A section of the record.</summary>
/// <param name="Key">A name for links and JSON, such as "tool_specification".</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Items">Its items in the order of the standard; at least one.</param>
public sealed record RecordSection(string Key, string Heading, ImmutableArray<RecordItem> Items);

/// <summary>An item of the record.</summary>
/// <param name="Key">A name for JSON, such as "system_architecture".</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Text">What is stated; empty where the authority has stated nothing.</param>
public sealed record RecordItem(string Key, string Heading, string Text);
