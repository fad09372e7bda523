using System.Collections.Immutable;

namespace Probity.Rating.Expressions;

/// <summary>An expression as written, not yet checked. <see cref="At"/> is the offset of its first character in the text.</summary>
internal abstract record Syntax
{
    private Syntax(int at) => At = at;

    /// <summary>Characters before it in the expression's text, from 0.</summary>
    public int At { get; }

    /// <summary>A literal. <paramref name="Source"/> is what was written, so that 0.1 can still become the decimal 0.1.</summary>
    public sealed record Literal(Operand Value, string Source, int Place) : Syntax(Place)
    {
        public override string ToString() => Value is Operand.Text text ? Quoted(text.Content) : Value is Operand.Real ? Source.ToLowerInvariant() : Value.ToString();
    }

    /// <summary>A name: an indicator, a score, a parameter, a field.</summary>
    public sealed record Name(string Text, int Place) : Syntax(Place)
    {
        public override string ToString() => Text;
    }

    /// <summary>"!" or "-" before an expression.</summary>
    public sealed record Prefix(string Operator, Syntax Of, int Place) : Syntax(Place)
    {
        public override string ToString() => Operator + Of;
    }

    /// <summary>Two expressions with an operator between.</summary>
    public sealed record Infix(string Operator, Syntax Left, Syntax Right, int Place) : Syntax(Place)
    {
        public override string ToString() => $"({Left} {Operator} {Right})";
    }

    /// <summary>"condition ? then : otherwise".</summary>
    public sealed record Choice(Syntax If, Syntax Then, Syntax Else, int Place) : Syntax(Place)
    {
        public override string ToString() => $"({If} ? {Then} : {Else})";
    }

    /// <summary>A function; a method call "a.f(b)" is "f(a, b)" with <paramref name="OnFirst"/> set.</summary>
    public sealed record Call(string Function, ImmutableArray<Syntax> Arguments, bool OnFirst, int Place) : Syntax(Place)
    {
        public override string ToString() => OnFirst
            ? $"{Arguments[0]}.{Function}({string.Join(", ", Arguments.Skip(1))})"
            : $"{Function}({string.Join(", ", Arguments)})";
    }

    /// <summary>"[a, b, c]".</summary>
    public sealed record ListOf(ImmutableArray<Syntax> Items, int Place) : Syntax(Place)
    {
        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    /// <summary>"list[index]".</summary>
    public sealed record Index(Syntax Of, Syntax Position, int Place) : Syntax(Place)
    {
        public override string ToString() => $"{Of}[{Position}]";
    }

    private static string Quoted(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "'";
}

/// <summary>What is wrong in an expression.</summary>
/// <param name="At">Characters before the fault, from 0.</param>
/// <param name="Message">What and why.</param>
/// <param name="Suggestion">What to do; may be empty.</param>
internal sealed record Fault(int At, string Message, string Suggestion);
