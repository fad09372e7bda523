using System.Collections.Immutable;

namespace Probity.Rating.Expressions;

/// <summary>Finds comparisons that can never hold, by what the values compared can be at all.</summary>
/// <param name="scope">Where names have their bounds.</param>
/// <param name="parameters">The bounds of a slot that is a parameter's; null for another slot.</param>
internal sealed class Impossible(Scope scope, Func<Typed.Slot, Bounds?> parameters)
{
    private static readonly ImmutableArray<string> Relations = ["<", "<=", ">", ">=", "=="];

    /// <summary>Each comparison that can never hold, and why in words.</summary>
    public IEnumerable<(Typed.Apply Comparison, string Why)> Of(Typed expression) =>
        expression.Walk().OfType<Typed.Apply>().Where(apply => Relations.Contains(apply.Function.Name) && apply.Arguments is [{ Type.IsNumber: true }, { Type.IsNumber: true }])
            .SelectMany(apply => WhyOf(apply) is { } why ? ((Typed.Apply, string)[])[(apply, why)] : []);

    private string? WhyOf(Typed.Apply apply)
    {
        (Typed left, Typed right) = (apply.Arguments[0], apply.Arguments[1]);
        (Bounds a, Bounds b) = (Bounds.Of(left, scope, parameters), Bounds.Of(right, scope, parameters));
        string relation = apply.Function.Name;
        bool never = relation switch
        {
            "<" => b.IsBelow(a, orEqual: true),
            "<=" => b.IsBelow(a, orEqual: false),
            ">" => a.IsBelow(b, orEqual: true),
            ">=" => a.IsBelow(b, orEqual: false),
            _ => a.IsBelow(b, orEqual: false) || b.IsBelow(a, orEqual: false),
        };
        if (!never || (!IsData(left) && !IsData(right)))
        {
            return null;
        }

        bool high = relation is ">" or ">=" || (relation == "==" && a.IsBelow(b, orEqual: false));
        string[] why = [.. ((string?[])[Said(left, a, high), Said(right, b, !high)]).OfType<string>()];
        return $"this can never hold: {string.Join(" and ", why)}";
    }

    private bool IsData(Typed side) => side.Slots().Any(slot => parameters(slot) is null);

    private string? Said(Typed side, Bounds bounds, bool most)
    {
        if (!IsData(side))
        {
            return null;
        }

        Typed inner = side is Typed.Apply { Function.Name: "double" or "decimal", Arguments: [Typed.Slot only] } ? only : side;
        string name = inner is Typed.Slot slot ? $"'{slot.Name}'" : "what is compared";
        return most ? $"{name} is at most {Numbers.Text(bounds.Most!.Value)}" : $"{name} is at least {Numbers.Text(bounds.Least!.Value)}";
    }
}
