using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>Tries the outcome of one organisation under every draw of its methodology's robustness check.</summary>
internal static class RobustnessTrial
{
    /// <summary>How often which outcome came; null where the methodology has no such check, or the outcome is not a band.</summary>
    public static BandRobustness? Of(OrganisationRating rating, Worksheet? sheet)
    {
        Plan plan = rating.Methodology.Plan;
        if (plan.Drawn is not { } drawn || sheet is null || rating.Outcome is not Outcome.Rated rated)
        {
            return null;
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Worksheet trial = sheet.Copy();
        for (int draw = 0; draw < drawn.Count; draw++)
        {
            foreach (Step step in drawn[draw])
            {
                trial.Frame[step.Slot] = OfType(Scoring.Of(step, trial), plan.TypeOf(step.Slot));
            }

            string code = Decision.CodeOf(rating.Methodology, trial.Frame);
            counts[code] = counts.GetValueOrDefault(code) + 1;
        }

        IEnumerable<string> order = rating.Methodology.Bands.Select(band => band.Code).Concat(counts.Keys).Distinct(StringComparer.Ordinal);
        return new BandRobustness(rated.Band, drawn.Count, [.. order.Where(counts.ContainsKey).Select(code => new OutcomeCount(code, counts[code]))]);
    }

    // Another way of computing may give another type of number; what uses the score expects its own.
    private static Operand OfType(Operand value, ExpressionType type) => (value, type.Sort) switch
    {
        (Operand.Whole or Operand.Exact, Sort.Real) => new Operand.Real(value.AsDouble()!.Value),
        (Operand.Whole or Operand.Real, Sort.Exact) => value.AsDecimal() is { } exact ? new Operand.Exact(exact) : new Operand.Failed("the number is too large for a decimal"),
        _ => value,
    };
}
