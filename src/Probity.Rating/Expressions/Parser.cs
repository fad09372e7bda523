using System.Collections.Immutable;
using System.Globalization;

namespace Probity.Rating.Expressions;

/// <summary>
/// Reads an expression by the grammar of CEL (cel-spec, "Syntax"): ?: binds least, then ||, &amp;&amp;, comparisons and "in", + −, * / %,
/// prefix ! −, calls and [ ]. Left out of the grammar: maps, messages, bytes, unsigned numbers, null.
/// </summary>
internal sealed class Parser
{
    private const int MaxDepth = 100;
    private static readonly string[][] Levels = [["||"], ["&&"], ["<", "<=", ">=", ">", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];
    private static readonly HashSet<string> Reserved =
        ["as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while", "null"];

    /// <summary>Whether a word has a meaning of its own, so that nothing can be called by it.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word) || word is "in" or "true" or "false";

    private readonly List<Token> _tokens;
    private readonly List<Fault> _faults;
    private int _next;
    private int _depth;

    private Parser(List<Token> tokens, List<Fault> faults) => (_tokens, _faults) = (tokens, faults);

    private Token Current => _tokens[_next];

    /// <summary>The expression; null after a fault, which then stands in <paramref name="faults"/>.</summary>
    public static Syntax? Read(string text, List<Fault> faults)
    {
        int before = faults.Count;
        if (new Lexer(text).Read(faults) is not { } tokens)
        {
            return null;
        }

        var parser = new Parser(tokens, faults);
        Syntax? read = parser.ReadChoice();
        if (read is not null && parser.Current.Kind != TokenKind.End)
        {
            parser.Unexpected("the end of the expression");
        }

        return faults.Count == before ? read : null;
    }

    private Syntax? ReadChoice()
    {
        if (++_depth > MaxDepth)
        {
            _faults.Add(new Fault(Current.At, $"nested deeper than {MaxDepth} levels", "name a part as a score of its own"));
            return null;
        }

        Syntax? condition = ReadLevel(0);
        if (condition is not null && Take("?"))
        {
            Syntax? then = ReadLevel(0);
            condition = then is not null && Expect(":") && ReadChoice() is { } otherwise
                ? new Syntax.Choice(condition, then, otherwise, condition.At)
                : null;
        }

        _depth--;
        return condition;
    }

    private Syntax? ReadLevel(int level)
    {
        if (level == Levels.Length)
        {
            return ReadPrefix();
        }

        Syntax? left = ReadLevel(level + 1);
        while (left is not null && Current.Kind is TokenKind.Sign or TokenKind.Name && Levels[level].Contains(Current.Text))
        {
            Token sign = _tokens[_next++];
            left = ReadLevel(level + 1) is { } right ? new Syntax.Infix(sign.Text, left, right, sign.At) : null;
        }

        return left;
    }

    private Syntax? ReadPrefix()
    {
        Token sign = Current;
        if (Take("-"))
        {
            bool literal = Current.Kind is TokenKind.Whole or TokenKind.Real;
            return literal ? ReadMembers(Number("-" + Current.Text, sign.At)) : Nested() is { } of ? new Syntax.Prefix("-", of, sign.At) : null;
        }

        return Take("!") ? Nested() is { } denied ? new Syntax.Prefix("!", denied, sign.At) : null : ReadMembers(ReadPrimary());
    }

    private Syntax? Nested()
    {
        if (++_depth > MaxDepth)
        {
            _faults.Add(new Fault(Current.At, $"nested deeper than {MaxDepth} levels", ""));
            return null;
        }

        Syntax? read = ReadPrefix();
        _depth--;
        return read;
    }

    private Syntax? ReadMembers(Syntax? of)
    {
        while (of is not null && Current.Kind == TokenKind.Sign && Current.Text is "." or "[")
        {
            Token sign = _tokens[_next++];
            if (sign.Text == "[")
            {
                of = ReadChoice() is { } position && Expect("]") ? new Syntax.Index(of, position, sign.At) : null;
            }
            else if (Current.Kind == TokenKind.Name && _tokens[_next + 1] is { Kind: TokenKind.Sign, Text: "(" })
            {
                Token name = _tokens[_next++];
                _next++;
                of = ReadItems(")") is { } arguments ? new Syntax.Call(name.Text, arguments.Insert(0, of), true, name.At) : null;
            }
            else
            {
                _faults.Add(new Fault(sign.At, "names have no parts here", "use the plain name of an indicator, score, parameter or field"));
                return null;
            }
        }

        return of;
    }

    private Syntax? ReadPrimary()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Whole or TokenKind.Real:
                return Number(token.Text, token.At);
            case TokenKind.Text:
                _next++;
                return new Syntax.Literal(new Operand.Text(token.Text), token.Text, token.At);
            case TokenKind.Name:
                return ReadName(token);
            case TokenKind.Sign when token.Text == "(":
                _next++;
                return ReadChoice() is { } inside && Expect(")") ? inside : null;
            case TokenKind.Sign when token.Text == "[":
                _next++;
                return ReadItems("]") is { } items ? new Syntax.ListOf(items, token.At) : null;
            default:
                Unexpected("a value, a name or '('");
                return null;
        }
    }

    private Syntax? ReadName(Token token)
    {
        _next++;
        if (token.Text is "true" or "false")
        {
            return new Syntax.Literal(Operand.Truth.Of(token.Text == "true"), token.Text, token.At);
        }

        if (Reserved.Contains(token.Text) || token.Text == "in")
        {
            string advice = token.Text == "null" ? "ask with known(name) or missing(name)" : "choose another name";
            _faults.Add(new Fault(token.At, $"'{token.Text}' is a reserved word", advice));
            return null;
        }

        if (!Take("("))
        {
            return new Syntax.Name(token.Text, token.At);
        }

        return ReadItems(")") is { } arguments ? new Syntax.Call(token.Text, arguments, false, token.At) : null;
    }

    private ImmutableArray<Syntax>? ReadItems(string close)
    {
        ImmutableArray<Syntax>.Builder items = ImmutableArray.CreateBuilder<Syntax>();
        while (!Take(close))
        {
            if ((items.Count > 0 && !Expect(",")) || (close == "]" && items.Count > 0 && Take(close)))
            {
                return _tokens[_next - 1].Text == close ? items.ToImmutable() : null;
            }

            if (ReadChoice() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items.ToImmutable();
    }

    private Syntax.Literal? Number(string written, int at)
    {
        bool whole = Current.Kind == TokenKind.Whole;
        _next++;
        if (!whole)
        {
            return new Syntax.Literal(new Operand.Real(double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture)), written, at);
        }

        bool negative = written[0] == '-';
        string digits = negative ? written[1..] : written;
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool read = ulong.TryParse(hex ? digits[2..] : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong size);
        if (!read || size > (negative ? 1UL << 63 : long.MaxValue))
        {
            _faults.Add(new Fault(at, $"{written} is beyond a whole number of 64 bits", "write it with a decimal point"));
            return null;
        }

        return new Syntax.Literal(new Operand.Whole(negative ? unchecked(-(long)size) : (long)size), written, at);
    }

    private bool Take(string sign)
    {
        bool taken = Current.Kind == TokenKind.Sign && Current.Text == sign;
        _next += taken ? 1 : 0;
        return taken;
    }

    private bool Expect(string sign)
    {
        bool taken = Take(sign);
        if (!taken)
        {
            Unexpected($"'{sign}'");
        }

        return taken;
    }

    private void Unexpected(string expected) =>
        _faults.Add(new Fault(Current.At, Current.Kind == TokenKind.End ? $"the expression ends where {expected} is expected" : $"'{Current.Text}' stands where {expected} is expected", ""));
}
