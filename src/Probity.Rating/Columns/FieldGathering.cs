using System.Runtime.InteropServices;
using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>The values of one field while they are gathered.</summary>
internal sealed class FieldGathering(ExpressionType type)
{
    private const int MostPlaces = 18;
    private readonly List<long> _numbers = [];
    private readonly List<long> _present = [];
    private readonly List<double> _reals = [];
    private readonly List<decimal> _exacts = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    /// <summary>Adds the next value; null or missing where there is none.</summary>
    public void Add(Operand? value)
    {
        _present.Add(value is { IsKnown: true } ? 1 : 0);
        switch (type.Sort)
        {
            case Sort.Real:
                _reals.Add(value is Operand.Real real ? real.Number : 0);
                break;
            case Sort.Exact:
                _exacts.Add(value is Operand.Exact exact ? exact.Number : 0);
                break;
            default:
                _numbers.Add(NumberOf(value));
                break;
        }
    }

    /// <summary>The column, its rows in another order; null for the order in which they were added.</summary>
    public FieldColumn Finish(int[]? rows)
    {
        var column = new FieldColumn(type) { Present = Pack(_present, rows), Texts = [.. _texts] };
        switch (type.Sort)
        {
            case Sort.Real:
                return column with { Wide = MemoryMarshal.AsBytes(Ordered(_reals, rows).AsSpan()).ToArray() };
            case Sort.Exact:
                int scale = CommonScale();
                decimal[] exacts = Ordered(_exacts, rows);
                return scale == FieldColumn.NoScale
                    ? column with { Scale = scale, Wide = MemoryMarshal.AsBytes(exacts.AsSpan()).ToArray() }
                    : column with { Scale = scale, Numbers = PackedNumbers.Of(Array.ConvertAll(exacts, number => Unscaled(number, scale))) };
            default:
                return column with { Numbers = Pack(_numbers, rows) };
        }
    }

    /// <summary>Packs numbers, their rows in another order.</summary>
    public static PackedNumbers Pack(List<long> numbers, int[]? rows) =>
        rows is null ? PackedNumbers.Of(CollectionsMarshal.AsSpan(numbers)) : PackedNumbers.Of(Ordered(numbers, rows));

    private static T[] Ordered<T>(List<T> values, int[]? rows) => rows is null ? [.. values] : Array.ConvertAll(rows, row => values[row]);

    private long NumberOf(Operand? value)
    {
        switch (value)
        {
            case Operand.Whole whole:
                return whole.Number;
            case Operand.Date date:
                return date.Day.DayNumber;
            case Operand.Truth truth:
                return truth.Holds ? 1 : 0;
            case Operand.Text text:
                if (!_codes.TryGetValue(text.Content, out int code))
                {
                    code = _texts.Count;
                    _codes.Add(text.Content, code);
                    _texts.Add(text.Content);
                }

                return code;
            default:
                return 0;
        }
    }

    // All decimals fit 18 digits at the largest scale among them, or they are kept as they are.
    private int CommonScale()
    {
        int scale = 0;
        decimal most = 0;
        foreach (decimal number in _exacts)
        {
            scale = Math.Max(scale, number.Scale);
            most = Math.Max(most, Math.Abs(number));
        }

        return scale <= MostPlaces && most < 1e18m / PowerOfTen(scale) ? scale : FieldColumn.NoScale;
    }

    private static long Unscaled(decimal number, int scale) => (long)(number * PowerOfTen(scale));

    private static decimal PowerOfTen(int places)
    {
        decimal power = 1;
        for (int i = 0; i < places; i++)
        {
            power *= 10;
        }

        return power;
    }
}
