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

    /// <summary>"max(int, int)".</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Takes)}{(Repeats ? ", …" : "")})";
}
