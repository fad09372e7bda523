namespace Probity.Rating.Expressions;

/// <summary>
/// Which unit an expression has, as far as units are stated. What has no stated unit agrees with everything; a number written out agrees
/// with everything; a quotient or product of two values is a new quantity of which nothing is known.
/// </summary>
/// <param name="scope">Where names have their units.</param>
/// <param name="faults">Where disagreements are added, in words.</param>
internal sealed class Units(Scope scope, ICollection<string> faults)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">=", "in"];
    private static readonly string[] Alike = ["+", "-", "min", "max", "%"];
    private static readonly string[] Kept = ["neg", "abs", "round", "floor", "ceil", "double", "decimal", "int"];

    /// <summary>The unit of an expression; empty where none is known.</summary>
    public string Of(Typed expression) => expression switch
    {
        Typed.Slot slot => scope.UnitOf(slot.Number),
        Typed.Apply apply => OfApply(apply),
        Typed.Choice choice => OfChoice(choice),
        Typed.ListOf list => Agreed(list.Items, "stand in one list"),
        Typed.Logic logic => Nothing([logic.Left, logic.Right]),
        Typed.IsKnown known => Nothing([known.Of]),
        Typed.Every every => Nothing([every.Over]),
        Typed.Broken broken => Nothing(broken.Parts),
        Typed.Constant => "",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The unit several expressions agree on; empty where none has any. A disagreement is a fault.</summary>
    /// <param name="parts">The expressions.</param>
    /// <param name="together">What they do together: "are added".</param>
    public string Agreed(IEnumerable<Typed> parts, string together)
    {
        string[] units = [.. parts.Select(Of).Where(unit => unit.Length > 0).Distinct(StringComparer.Ordinal)];
        if (units.Length > 1)
        {
            faults.Add($"{string.Join(" and ", units)} {together}");
        }

        return units.FirstOrDefault("");
    }

    private string OfChoice(Typed.Choice choice)
    {
        Of(choice.If);
        return Agreed([choice.Then, choice.Else], "are alternatives");
    }

    private string OfApply(Typed.Apply apply)
    {
        string name = apply.Function.Name;
        if (Alike.Contains(name))
        {
            return Agreed(apply.Arguments, name is "+" or "-" ? "are added or subtracted" : "are compared");
        }

        if (Comparisons.Contains(name))
        {
            Agreed(apply.Arguments, "are compared");
            return "";
        }

        string[] units = [.. apply.Arguments.Select(Of)];
        return name switch
        {
            "*" when apply.Arguments[0] is Typed.Constant => units[1],
            "*" or "/" when apply.Arguments[1] is Typed.Constant => units[0],
            _ => Kept.Contains(name) ? units[0] : "",
        };
    }

    private string Nothing(IEnumerable<Typed> parts)
    {
        foreach (Typed part in parts)
        {
            Of(part);
        }

        return "";
    }
}
