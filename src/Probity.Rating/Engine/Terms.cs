using System.Collections.Immutable;
using Probity.Rating.Expressions;

namespace Probity.Rating.Engine;

/// <summary>A part of a sum.</summary>
internal readonly record struct Term(Typed Of, bool Minus);

/// <summary>Takes a sum apart, so that an explanation can give each part its points.</summary>
internal static class Terms
{
    /// <summary>The terms of a sum or difference, in order; null where the expression is none, or points are not asked for.</summary>
    public static ImmutableArray<Term>? Of(Typed expression, bool wanted)
    {
        if (!wanted)
        {
            return null;
        }

        ImmutableArray<Term>.Builder terms = ImmutableArray.CreateBuilder<Term>();
        Collect(expression, false, terms);
        return terms.Count > 1 || terms[0].Of is Typed.Slot ? terms.ToImmutable() : null;
    }

    private static void Collect(Typed expression, bool minus, ImmutableArray<Term>.Builder terms)
    {
        if (expression is Typed.Apply { Function.Name: "+" or "-", Arguments: [var left, var right], Type.IsNumber: true } sum)
        {
            Collect(left, minus, terms);
            Collect(right, minus != (sum.Function.Name == "-"), terms);
        }
        else if (expression is Typed.Apply { Function.Name: "neg", Arguments: [var of] })
        {
            Collect(of, !minus, terms);
        }
        else if (expression is Typed.Apply { Function.Name: "decimal", Arguments: [{ Type.Sort: Sort.Whole } inner] })
        {
            Collect(inner, minus, terms);
        }
        else
        {
            terms.Add(new Term(expression, minus));
        }
    }
}
