using System.Collections.Immutable;

namespace Probity.Rating;

/// <summary>
/// A methodology as a document for people: what it rates and why, the scale, every rule in words, the parameters with their law, and the
/// algorithmic-transparency record (guard-rail G40). Whoever shows it decides how headings and tables look.
/// </summary>
/// <param name="Title">Its title and version.</param>
/// <param name="Sections">In reading order; at least one.</param>
public sealed record MethodologyDocument(string Title, ImmutableArray<DocumentSection> Sections)
{
    /// <summary>The document of a methodology in a language; texts that are not there in it stand in the methodology's own.</summary>
    public static MethodologyDocument Of(Methodology methodology, string language)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        return Document.DocumentWriter.Write(methodology, language);
    }
}

/// <summary>A section of a document.</summary>
/// <param name="Anchor">A name for links, such as "bands"; unique in the document.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Blocks">Its content in order; may be empty.</param>
public sealed record DocumentSection(string Anchor, string Heading, ImmutableArray<DocumentBlock> Blocks);

/// <summary>A piece of a section.</summary>
public abstract record DocumentBlock
{
    private DocumentBlock()
    {
    }

    /// <summary>A paragraph of plain text.</summary>
    /// <param name="Text">Not empty; no markup.</param>
    public sealed record Paragraph(string Text) : DocumentBlock;

    /// <summary>A table.</summary>
    /// <param name="Header">Column headings.</param>
    /// <param name="Rows">As many cells in each row as there are headings; may be empty.</param>
    public sealed record Table(ImmutableArray<string> Header, ImmutableArray<ImmutableArray<string>> Rows) : DocumentBlock;

    /// <summary>A link.</summary>
    /// <param name="Text">What is shown.</param>
    /// <param name="Url">Where it leads; may be empty, then it is only text.</param>
    public sealed record Link(string Text, string Url) : DocumentBlock;
}
