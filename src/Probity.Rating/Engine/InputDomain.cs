using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// Which values an indicator may take: those its fields declare; where they declare no bound and there are peers, those from the least to the greatest of
/// them.
/// </summary>
/// <param name="Allowed">All of them, ascending; empty where there are too many to name.</param>
/// <param name="Least">None is below.</param>
/// <param name="Most">None is above.</param>
/// <param name="Length">How long the indicator's scale is, above zero: changes of unlike units are compared by it.</param>
/// <param name="Grid">The power of ten in which values are tried.</param>
internal sealed record InputDomain(ImmutableArray<decimal> Allowed, decimal Least, decimal Most, decimal Length, decimal Grid)
{
    // How finely a change is told: a scale of 100 is searched in steps of 0.0001.
    private const int DigitsOfScale = 6;

    // A tenth of decimal's range leaves room for every step of the search.
    internal const decimal Farthest = 7.9e27m;

    /// <summary>The domain of an indicator that has a value not farther from zero than 7.9e27.</summary>
    public static InputDomain Of(Plan plan, IndicatorRule rule, decimal from, Worksheet sheet)
    {
        Operand[] parameters = sheet.Frame[..plan.Parameters.Length];
        Bounds declared = rule.Parts.Select(part => rule.Take == Take.Count ? new Bounds(0, null, false) : Bounds.Of(part.Value, part.From.Scope, slot => slot.Number < parameters.Length ? Bounds.At(parameters[slot.Number]) : null))
            .Aggregate((one, other) => one.Hull(other));
        declared = rule.Take == Take.Sum ? SumOf(declared, Math.Max(1, sheet.EvidenceOf(rule.Slot).Length), rule.HalfLife is not null) : declared;
        (decimal Least, decimal Most)? peers = sheet.Cohort?.Ranges.TryGetValue(rule.Slot, out (decimal, decimal) range) == true ? range : null;
        decimal least = Math.Min(from, declared.Least ?? peers?.Least ?? -Farthest);
        decimal most = Math.Max(from, declared.Most ?? peers?.Most ?? Farthest);
        ImmutableArray<decimal> allowed = AllowedBy(rule);
        decimal length = LengthOf((allowed, least, most), rule.Shown, from);
        return new InputDomain(allowed, least, most, length, rule.Type == ExpressionType.Whole ? 1 : GridOf(length, from));
    }

    /// <summary>The sum of so many, each perhaps weighed from 0 to 1.</summary>
    private static Bounds SumOf(Bounds one, int count, bool weighed) =>
        (weighed ? new Bounds(one.Least > 0 ? 0 : one.Least, one.Most < 0 ? 0 : one.Most, one.IsRough) : one).Times(new Bounds(count, count, false));

    private static decimal LengthOf((ImmutableArray<decimal> Allowed, decimal Least, decimal Most) domain, Presentation shown, decimal from)
    {
        decimal length = domain.Allowed.Length > 1 ? domain.Allowed[^1] - domain.Allowed[0]
            : shown is { Best: { } best, Worst: { } worst } && best != worst ? Math.Abs(best - worst)
            : domain.Least > -Farthest && domain.Most < Farthest && domain.Most > domain.Least ? domain.Most - domain.Least
            : Math.Abs(from);
        return length == 0 ? 1 : length;
    }

    private static ImmutableArray<decimal> AllowedBy(IndicatorRule rule)
    {
        EvidenceField?[] fields = [.. rule.Parts.Select(part => part.Value is Typed.Slot slot ? part.From.Fields.FirstOrDefault(field => field.Slot == slot.Number) : null)];
        return rule.Take is Take.Latest or Take.Max or Take.Min && fields.All(field => field?.OneOf.IsEmpty == false)
            ? [.. fields.SelectMany(field => field!.OneOf).Select(value => value.AsDecimal()).OfType<decimal>().Distinct().Order()]
            : [];
    }

    private static decimal GridOf(decimal length, decimal from)
    {
        decimal grid = 1;
        for (; grid > length && grid > 1e-12m; grid /= 10)
        {
        }

        for (; grid * 10 <= length && grid < 1e20m; grid *= 10)
        {
        }

        for (int i = 0; i < DigitsOfScale && grid > 1e-12m; i++)
        {
            grid /= 10;
        }

        // a double has 15 digits
        for (; Math.Abs(from) / 1e14m > grid; grid *= 10)
        {
        }

        return grid;
    }
}
