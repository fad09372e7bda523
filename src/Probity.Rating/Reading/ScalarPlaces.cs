using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Finds where a character of a scalar stands in the file: behind a quote, after an escape, in a later line of a text that goes over several.</summary>
/// <param name="text">The file.</param>
internal sealed class ScalarPlaces(string text)
{
    private readonly string[] _lines = text.Split('\n');

    /// <summary>The place of a character of a scalar's text.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="offset">Characters before it in the text.</param>
    public FilePlace Of(YamlNode.Scalar scalar, int offset)
    {
        if (scalar.IsFilledIn || scalar.Line < 1 || scalar.Line > _lines.Length)
        {
            return new FilePlace(scalar.Line, scalar.Column);
        }

        (int line, int column) = (scalar.Line - 1, scalar.Column - 1);
        char first = column < _lines[line].Length ? _lines[line][column] : ' ';
        char quote = scalar.Quoted && first is '"' or '\'' ? first : ' ';
        if (scalar.Quoted && first is '|' or '>')
        {
            (line, column) = NextLine(line);
        }
        else if (quote != ' ')
        {
            column++;
        }

        for (int passed = 0; passed < offset && line < _lines.Length; passed++)
        {
            (line, column) = Step(line, column, quote);
        }

        (line, column) = column >= Length(line) && offset < scalar.Text.Length ? NextLine(line) : (line, column);
        return line < _lines.Length ? new FilePlace(line + 1, column + 1) : new FilePlace(scalar.Line, scalar.Column);
    }

    private int Length(int line) => line < _lines.Length ? _lines[line].TrimEnd('\r').Length : 0;

    // one character of the text on: an escape is several in the file, a line's end is a space
    private (int Line, int Column) Step(int line, int column, char quote)
    {
        if (column >= Length(line))
        {
            return NextLine(line);
        }

        string rest = _lines[line][column..];
        int width = quote switch
        {
            '\'' when rest.StartsWith("''", StringComparison.Ordinal) => 2,
            '"' when rest[0] == '\\' => rest.Length > 1 ? rest[1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 } : 1,
            _ => 1,
        };
        return (line, column + width);
    }

    private (int Line, int Column) NextLine(int line)
    {
        int next = line + 1;
        while (next < _lines.Length && string.IsNullOrWhiteSpace(_lines[next]))
        {
            next++;
        }

        return (next, next < _lines.Length ? _lines[next].Length - _lines[next].TrimStart().Length : 0);
    }
}
