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
        int statements = sheet.EvidenceOf(rule.Slot).Length;
        Span? span = null;
        foreach (IndicatorPart part in rule.Parts)
        {
            Span one = rule.Take == Take.Count ? new Span(0, null) : Span.Of(part.Value, part.From, parameters);
            span = span is { } other ? other.Hull(one) : one;
        }

        Span declared = rule.Take == Take.Sum ? span!.Value.Times(Math.Max(1, statements), rule.HalfLife is not null) : span!.Value;
        (decimal Least, decimal Most)? peers = sheet.Cohort?.Ranges.TryGetValue(rule.Slot, out (decimal, decimal) range) == true ? range : null;
        decimal least = Math.Min(from, declared.Least ?? peers?.Least ?? -Farthest);
        decimal most = Math.Max(from, declared.Most ?? peers?.Most ?? Farthest);
        ImmutableArray<decimal> allowed = AllowedBy(rule);
        decimal length = LengthOf((allowed, least, most), rule.Shown, from);
        return new InputDomain(allowed, least, most, length, rule.Type == ExpressionType.Whole ? 1 : GridOf(length, from));
    }

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

    /// <summary>Between what an expression over one statement must lie by what its fields declare; null where nothing bounds it.</summary>
    private readonly record struct Span(decimal? Least, decimal? Most)
    {
        public Span Hull(Span other) => new(Smaller(Least, other.Least), Greater(Most, other.Most));

        /// <summary>The sum of so many, each perhaps weighed from 0 to 1.</summary>
        public Span Times(int count, bool weighed) => Bounded(new Span(weighed && Least > 0 ? 0 : Least, weighed && Most < 0 ? 0 : Most), new Span(count, count));

        public static Span Of(Typed expression, EvidenceType type, Operand[] parameters) => expression switch
        {
            Typed.Constant constant => At(constant.Value),
            Typed.Slot slot when type.Fields.FirstOrDefault(field => field.Slot == slot.Number) is { } field => OfField(field),
            Typed.Slot slot when slot.Number < parameters.Length => At(parameters[slot.Number]),
            Typed.Choice choice => Of(choice.Then, type, parameters).Hull(Of(choice.Else, type, parameters)),
            Typed.Apply apply => OfFunction(apply.Function.Name, [.. apply.Arguments.Select(argument => Of(argument, type, parameters))]),
            _ => default,
        };

        private static Span At(Operand value) => new(value.AsDecimal(), value.AsDecimal());

        private static Span OfField(EvidenceField field)
        {
            decimal[] set = [.. field.OneOf.Select(value => value.AsDecimal()).OfType<decimal>()];
            return set.Length > 0 ? new Span(set.Min(), set.Max()) : new Span(field.Least, field.Most);
        }

        private static Span OfFunction(string name, Span[] of) => (name, of) switch
        {
            ("double" or "decimal", [var one]) => one,
            ("neg", [var one]) => new Span(-one.Most, -one.Least),
            ("+", [var a, var b]) => Added(a, b),
            ("-", [var a, var b]) => Added(a, new Span(-b.Most, -b.Least)),
            ("*", [var a, var b]) => Bounded(a, b),
            _ => default,
        };

        private static Span Added(Span a, Span b) => new(Held(a.Least + b.Least), Held(a.Most + b.Most));

        private static Span Bounded(Span a, Span b)
        {
            if (a is not { Least: { } al, Most: { } am } || b is not { Least: { } bl, Most: { } bm } || Math.Max(Math.Max(Math.Abs(al), Math.Abs(am)), Math.Max(Math.Abs(bl), Math.Abs(bm))) > 1e13m)
            {
                return a.Least >= 0 && b.Least >= 0 ? new Span(0, null) : default;
            }

            decimal[] corners = [al * bl, al * bm, am * bl, am * bm];
            return new Span(corners.Min(), corners.Max());
        }

        private static decimal? Held(decimal? bound) => Math.Abs(bound ?? 0) > Farthest ? null : bound;

        private static decimal? Smaller(decimal? a, decimal? b) => a is { } x && b is { } y ? Math.Min(x, y) : null;

        private static decimal? Greater(decimal? a, decimal? b) => a is { } x && b is { } y ? Math.Max(x, y) : null;
    }
}
