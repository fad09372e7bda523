using System.Collections.Immutable;

namespace Probity.Rating.Expressions;

/// <summary>One overload of a function or operator.</summary>
/// <param name="Name">The operator's sign or the function's name.</param>
/// <param name="Takes">The types of its arguments.</param>
/// <param name="Gives">The type of its result.</param>
/// <param name="Compute">Its value; every argument is known and of its type.</param>
internal sealed record Function(string Name, ImmutableArray<ExpressionType> Takes, ExpressionType Gives, Func<Operand[], Operand> Compute)
{
    /// <summary>True where the last argument may stand any number of times, at least once.</summary>
    public bool Repeats { get; init; }

    /// <summary>
    /// Which values of an argument it can never compute with, whatever the others are: asked with null for every argument that is not known before
    /// there are data. Null where every value may stand.
    /// </summary>
    public Func<Operand?[], ImmutableArray<Refusal>>? Refuses { get; init; }

    /// <summary>"max(int, int)".</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Takes)}{(Repeats ? ", …" : "")})";
}

/// <summary>An argument that can never be.</summary>
/// <param name="Argument">Which, from 0.</param>
/// <param name="Message">What and why.</param>
/// <param name="Suggestion">What to do; may be empty.</param>
internal sealed record Refusal(int Argument, string Message, string Suggestion);
