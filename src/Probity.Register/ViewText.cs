using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>Forms that only views.db uses.</summary>
internal static class ViewText
{
    /// <summary>Dimensions as lines of "label TAB value".</summary>
    public static string Of(ImmutableArray<DimensionFigure> dimensions) =>
        string.Join('\n', dimensions.Select(one => $"{one.Label.Replace('\t', ' ').Replace('\n', ' ')}\t{one.Value.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>The way back from <see cref="Of"/>.</summary>
    public static ImmutableArray<DimensionFigure> Dimensions(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        return [.. text.Split('\n').Select(line => line.Split('\t')).Select(parts => new DimensionFigure(parts[0], decimal.Parse(parts[1], CultureInfo.InvariantCulture)))];
    }

    /// <summary>One word that stands for a value of a filter: the first 8 bytes of its SHA-256 in hexadecimal digits behind a letter.</summary>
    public static string Facet(char kind, string value) => kind + Digest.Of(Encoding.UTF8.GetBytes(value)).ToString()[..16];
}

/// <summary>The words by which the index filters; each value's word is made once. Owned by one writer.</summary>
internal sealed class FacetWords
{
    private readonly Dictionary<(char, string), string> _words = [];

    public string Of(string authorityCode, string type, string outcome) => $"{Word('a', authorityCode)} {Word('t', type)} {Word('o', outcome)}";

    private string Word(char kind, string value)
    {
        if (!_words.TryGetValue((kind, value), out string? word))
        {
            _words.Add((kind, value), word = ViewText.Facet(kind, value));
        }

        return word;
    }
}
