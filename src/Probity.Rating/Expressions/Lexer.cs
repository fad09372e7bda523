using System.Globalization;
using System.Text;

namespace Probity.Rating.Expressions;

/// <summary>The sorts of token.</summary>
internal enum TokenKind
{
    End,
    Name,
    Whole,
    Real,
    Text,
    Sign,
}

/// <summary>One word or sign of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">For texts the content, else what is written.</param>
/// <param name="At">Characters before it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At);

/// <summary>Cuts the text of an expression into tokens, by the lexis of CEL (cel-spec, "Lexis"), less what the subset leaves out.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Signs = ["<=", ">=", "==", "!=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[", "]", ",", "."];
    private int _at;

    /// <summary>The tokens, the last being <see cref="TokenKind.End"/>; null after a fault.</summary>
    public List<Token>? Read(List<Fault> faults)
    {
        var tokens = new List<Token>();
        while (true)
        {
            SkipSpace();
            if (_at >= text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", text.Length));
                return tokens;
            }

            if (Next(faults) is not { } token)
            {
                return null;
            }

            tokens.Add(token);
        }
    }

    private void SkipSpace()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text.AsSpan(_at).StartsWith("//", StringComparison.Ordinal)))
        {
            if (text[_at] == '/')
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                _at++;
            }
        }
    }

    private Token? Next(List<Fault> faults)
    {
        char first = text[_at];
        bool raw = first is 'r' or 'R' && _at + 1 < text.Length && text[_at + 1] is '"' or '\'';
        if (raw || first is '"' or '\'')
        {
            return ReadText(raw, faults);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            return ReadNumber(faults);
        }

        if (char.IsAsciiLetter(first) || first == '_')
        {
            int start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            {
                _at++;
            }

            return new Token(TokenKind.Name, text[start.._at], start);
        }

        foreach (string sign in Signs)
        {
            if (text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal))
            {
                _at += sign.Length;
                return new Token(TokenKind.Sign, sign, _at - sign.Length);
            }
        }

        faults.Add(new Fault(_at, $"'{first}' has no meaning in an expression", first != '=' ? "" : _at + 1 < text.Length && text[_at + 1] is '<' or '>' ? $"write '{text[_at + 1]}='" : "write '==' to compare"));
        return null;
    }

    private Token? ReadNumber(List<Fault> faults)
    {
        int start = _at;
        bool hex = text.AsSpan(_at).StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        _at += hex ? 2 : 0;
        while (_at < text.Length && (hex ? char.IsAsciiHexDigit(text[_at]) : char.IsAsciiDigit(text[_at])))
        {
            _at++;
        }

        bool real = !hex && (ReadFraction() | ReadExponent());
        string written = text[start.._at];
        if (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] == '_'))
        {
            faults.Add(new Fault(_at, $"'{text[_at]}' follows the number {written}", text[_at] is 'u' or 'U' ? "unsigned numbers are not part of the language" : ""));
            return null;
        }

        return new Token(real ? TokenKind.Real : TokenKind.Whole, written, start);
    }

    private bool ReadFraction()
    {
        if (_at + 1 >= text.Length || text[_at] != '.' || !char.IsAsciiDigit(text[_at + 1]))
        {
            return false;
        }

        _at++;
        SkipDigits();
        return true;
    }

    private bool ReadExponent()
    {
        int digits = _at + 1 < text.Length && text[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
        if (_at >= text.Length || text[_at] is not ('e' or 'E') || digits >= text.Length || !char.IsAsciiDigit(text[digits]))
        {
            return false;
        }

        _at = digits;
        SkipDigits();
        return true;
    }

    private void SkipDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }
    }

    private Token? ReadText(bool raw, List<Fault> faults)
    {
        int start = _at;
        _at += raw ? 1 : 0;
        string quote = text.AsSpan(_at).StartsWith("'''", StringComparison.Ordinal) || text.AsSpan(_at).StartsWith("\"\"\"", StringComparison.Ordinal)
            ? text.Substring(_at, 3)
            : text.Substring(_at, 1);
        _at += quote.Length;
        var content = new StringBuilder();
        while (_at < text.Length && !text.AsSpan(_at).StartsWith(quote, StringComparison.Ordinal))
        {
            if (text[_at] == '\n' && quote.Length == 1)
            {
                break;
            }

            if (raw || text[_at] != '\\')
            {
                content.Append(text[_at++]);
            }
            else if (!Escape(content))
            {
                faults.Add(new Fault(_at, "this escape has no meaning", "write \\\\ for a backslash"));
                return null;
            }
        }

        if (_at >= text.Length || !text.AsSpan(_at).StartsWith(quote, StringComparison.Ordinal))
        {
            faults.Add(new Fault(start, "this text does not end", $"close it with {quote}"));
            return null;
        }

        _at += quote.Length;
        return new Token(TokenKind.Text, content.ToString(), start);
    }

    private bool Escape(StringBuilder content)
    {
        char letter = _at + 1 < text.Length ? text[_at + 1] : '\0';
        const string Letters = "abfnrtv\\?\"'`";
        const string Meanings = "\a\b\f\n\r\t\v\\?\"'`";
        int place = Letters.IndexOf(letter, StringComparison.Ordinal);
        if (place >= 0)
        {
            content.Append(Meanings[place]);
            _at += 2;
            return true;
        }

        (int digits, int from, int radix) = letter switch
        {
            'x' or 'X' => (2, 2, 16),
            'u' => (4, 2, 16),
            'U' => (8, 2, 16),
            >= '0' and <= '3' => (3, 1, 8),
            _ => (0, 0, 0),
        };
        return digits > 0 && CodePoint(content, _at + from, digits, radix);
    }

    private bool CodePoint(StringBuilder content, int from, int digits, int radix)
    {
        if (from + digits > text.Length)
        {
            return false;
        }

        int code = 0;
        foreach (char digit in text.AsSpan(from, digits))
        {
            if (!int.TryParse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || value >= radix || code > 0x10FFFF)
            {
                return false;
            }

            code = (code * radix) + value;
        }

        if (!Rune.IsValid(code))
        {
            return false;
        }

        content.Append(new Rune(code).ToString());
        _at = from + digits;
        return true;
    }
}
