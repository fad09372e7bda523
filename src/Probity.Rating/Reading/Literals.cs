using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Probity.Evidence;
using Probity.Rating.Expressions;

namespace Probity.Rating.Reading;

/// <summary>Values written out in a methodology, and values of statements, by the type they must have.</summary>
internal static class Literals
{
    /// <summary>Reads a text as a value of a type; false where it is none.</summary>
    public static bool TryRead(string text, ExpressionType type, [NotNullWhen(true)] out Operand? value)
    {
        value = type.Sort switch
        {
            Sort.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? new Operand.Whole(whole) : null,
            Sort.Exact => TryDecimal(text, out decimal exact) ? new Operand.Exact(exact) : null,
            Sort.Real => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) ? new Operand.Real(real) : null,
            Sort.Text => new Operand.Text(text),
            Sort.Truth => text is "true" or "false" ? Operand.Truth.Of(text == "true") : null,
            Sort.Date => Day.TryParse(text, out DateOnly day) ? new Operand.Date(day) : null,
            Sort.Span => Period.TryParse(text, out Period period) ? new Operand.Span(period) : null,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>The value of a statement's field as a type; null where it is of another.</summary>
    public static Operand? Of(Value value, ExpressionType type) => (value, type.Sort) switch
    {
        (Value.Whole whole, Sort.Whole) => new Operand.Whole(whole.Number),
        (Value.Whole whole, Sort.Exact) => new Operand.Exact(whole.Number),
        (Value.Whole whole, Sort.Real) => new Operand.Real(whole.Number),
        (Value.Flag flag, Sort.Truth) => Operand.Truth.Of(flag.Holds),
        (Value.Text text, Sort.Exact or Sort.Real or Sort.Text or Sort.Date) => TryRead(text.Content, type, out Operand? read) ? read : null,
        _ => null,
    };

    /// <summary>A name near to a text: "Hygiene score" gives "hygiene_score".</summary>
    public static string NameLike(string text)
    {
        string name = new([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return name.Length > 0 && char.IsAsciiLetterLower(name[0]) ? name : "x_" + name;
    }

    private static bool TryDecimal(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
