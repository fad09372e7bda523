using System.Collections.Immutable;

namespace Probity.Rating;

/// <summary>A text for people in one or more languages, in the order of the file; the first language is the methodology's own.</summary>
/// <param name="Texts">Language (BCP 47) and text; empty where nothing was written.</param>
public sealed record Wording(ImmutableArray<(string Language, string Text)> Texts)
{
    /// <summary>No text in any language.</summary>
    public static Wording None { get; } = new([]);

    /// <summary>The text in a language; where there is none, in the methodology's own.</summary>
    public string In(string language) => Texts.FirstOrDefault(text => text.Language == language) is { Language: not null } found ? found.Text : ToString();

    /// <summary>The text in the methodology's own language; may be empty.</summary>
    public override string ToString() => Texts.IsEmpty ? "" : Texts[0].Text;

    /// <inheritdoc/>
    public bool Equals(Wording? other) => other is not null && Texts.AsSpan().SequenceEqual(other.Texts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
