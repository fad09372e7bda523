using System.Diagnostics.CodeAnalysis;
using Probity.Yaml;

namespace Probity.Rating.Expressions;

/// <summary>A rounding as a methodology states it: to a number of places or to a step such as 0.5, and which way a half goes.</summary>
/// <param name="Step">The distance between two results: 1, 0.1, 0.5; above zero.</param>
/// <param name="Mode">Which way.</param>
internal sealed record Rounding(decimal Step, RoundingMode Mode)
{
    /// <summary>The words for the modes, in the order of the enumeration.</summary>
    public static readonly IReadOnlyList<string> Words = ["half_up", "half_even", "half_away", "up", "down", "truncate"];

    /// <summary>The most places, before and behind the point.</summary>
    public const int MostPlaces = 15;

    /// <summary>What to write in place of a word that is no mode.</summary>
    public static string Advice(string mode) => NearestName.Of(mode, Words) is { } nearest ? $"did you mean '{nearest}'?" : "write one of " + string.Join(", ", Words);

    /// <summary>Reads a mode and a number of places, −15 to 15.</summary>
    public static bool TryNamed(string mode, long places, [NotNullWhen(true)] out Rounding? rounding)
    {
        int place = Words.ToList().IndexOf(mode);
        decimal step = 1;
        for (long i = 0; i < Math.Abs(places) && i <= MostPlaces; i++)
        {
            step = places > 0 ? step / 10 : step * 10;
        }

        rounding = place >= 0 && places is >= -MostPlaces and <= MostPlaces ? new Rounding(step, (RoundingMode)place) : null;
        return rounding is not null;
    }

    /// <summary>The multiple of the step that the number is rounded to.</summary>
    public decimal Of(decimal number)
    {
        decimal steps = number / Step;
        return Step * Mode switch
        {
            RoundingMode.HalfUp => decimal.Floor(steps + 0.5m),
            RoundingMode.HalfEven => Math.Round(steps, MidpointRounding.ToEven),
            RoundingMode.HalfAway => Math.Round(steps, MidpointRounding.AwayFromZero),
            RoundingMode.Up => decimal.Ceiling(steps),
            RoundingMode.Down => decimal.Floor(steps),
            RoundingMode.Truncate => decimal.Truncate(steps),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>
    /// The same for any number. A double is first read as the decimal of 15 significant digits it stands for, so that 0.285 rounds as the
    /// decimal 0.285 does and not as its binary neighbour below.
    /// </summary>
    public Operand Of(Operand number)
    {
        try
        {
            return number switch
            {
                Operand.Whole whole => new Operand.Exact(Of(whole.Number)),
                Operand.Exact exact => new Operand.Exact(Of(exact.Number)),
                Operand.Real real when real.AsDecimal() is { } near => new Operand.Real((double)Of(near)),
                Operand.Real => TooLarge,
                var other => other,
            };
        }
        catch (OverflowException)
        {
            return TooLarge;
        }
    }

    private static Operand TooLarge => new Operand.Failed("the number is too large to round");

    /// <summary>"rounded to 0.5, half up".</summary>
    public string InWords() => $"rounded to {Numbers.Text(Step)}, {Words[(int)Mode].Replace('_', ' ')}";
}

/// <summary>Which way a rounding goes.</summary>
internal enum RoundingMode
{
    /// <summary>A half goes to the greater number: 2.5 to 3, −2.5 to −2.</summary>
    HalfUp,

    /// <summary>A half goes to the even neighbour.</summary>
    HalfEven,

    /// <summary>A half goes away from zero: −2.5 to −3.</summary>
    HalfAway,

    /// <summary>To the greater number.</summary>
    Up,

    /// <summary>To the lesser number.</summary>
    Down,

    /// <summary>Toward zero.</summary>
    Truncate,
}
