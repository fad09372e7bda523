using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>The values of one field of all statements of a type.</summary>
internal sealed record FieldColumn(ExpressionType Type)
{
    /// <summary>The scale of decimals that do not all fit a whole number of 64 bits: they stand in <see cref="Wide"/>.</summary>
    public const int NoScale = -1;

    private ImmutableArray<Operand> _domain;

    /// <summary>Ints; days by number; flags as 0 and 1; places in <see cref="Texts"/>; decimals times 10^<see cref="Scale"/>. Zero where a value is absent.</summary>
    public PackedNumbers Numbers { get; init; } = PackedNumbers.Empty;

    /// <summary>1 where there is a value, 0 where an optional field was left out.</summary>
    public required PackedNumbers Present { get; init; }

    /// <summary>Doubles (8 bytes each), and decimals without a common scale (16 bytes each, as the runtime lays them out).</summary>
    public ReadOnlyMemory<byte> Wide { get; init; }

    /// <summary>Decimal places of <see cref="Numbers"/>, 0 to 18, or <see cref="NoScale"/>.</summary>
    public int Scale { get; init; }

    /// <summary>The distinct texts, in the order of first use; empty for other types.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>The distinct values where they are few (texts, flags, ints that fit a byte), in the order of their codes; else empty. Made when first asked for.</summary>
    public ImmutableArray<Operand> Domain => _domain.IsDefault ? _domain = DomainOf() : _domain;

    /// <summary>True where every statement has a value.</summary>
    public bool IsWhole => Present is { Width: 0, Base: 1 };

    /// <summary>Doubles, where the type is number.</summary>
    public ReadOnlySpan<double> Reals => MemoryMarshal.Cast<byte, double>(Wide.Span);

    /// <summary>Decimals, where they have no common scale.</summary>
    public ReadOnlySpan<decimal> Exacts => MemoryMarshal.Cast<byte, decimal>(Wide.Span);

    /// <summary>The value of one statement; null where it is absent.</summary>
    public Operand? At(int row)
    {
        if (Present[row] == 0)
        {
            return null;
        }

        return Type.Sort switch
        {
            Sort.Whole => new Operand.Whole(Numbers[row]),
            Sort.Truth => Operand.Truth.Of(Numbers[row] != 0),
            Sort.Date => new Operand.Date(DateOnly.FromDayNumber((int)Numbers[row])),
            Sort.Real => new Operand.Real(Reals[row]),
            Sort.Exact => new Operand.Exact(Scale == NoScale ? Exacts[row] : Scaled(Numbers[row], Scale)),
            _ => new Operand.Text(Texts[(int)Numbers[row]]),
        };
    }

    /// <summary>A decimal from a whole number and its decimal places.</summary>
    public static decimal Scaled(long number, int places)
    {
        ulong size = (ulong)Math.Abs(number);
        return new decimal((int)size, (int)(size >> 32), 0, number < 0, (byte)places);
    }

    private ImmutableArray<Operand> DomainOf() => Type.Sort switch
    {
        Sort.Text => [.. Texts.Select(text => new Operand.Text(text))],
        Sort.Truth => [Operand.Truth.False, Operand.Truth.True],
        Sort.Whole when Numbers.Width <= 1 => [.. Enumerable.Range(0, (int)Numbers.Reach + 1).Select(code => new Operand.Whole(unchecked(Numbers.Base + code)))],
        _ => [],
    };
}
