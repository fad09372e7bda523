using Probity.Rating.Expressions;

namespace Probity.Rating.Tests;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("unknown && false", "false")]
    [InlineData("false && unknown", "false")]
    [InlineData("unknown && true", "missing")]
    [InlineData("unknown || true", "true")]
    [InlineData("unknown || false", "missing")]
    [InlineData("!unknown", "missing")]
    [InlineData("none + 1 > 3", "missing")]
    [InlineData("known(none)", "false")]
    [InlineData("missing(none) || none > 3", "true")]
    [InlineData("known(none) ? none : 7", "7")]
    public void What_is_missing_never_decides_unless_the_rest_does(string expression, string result) => Assert.Equal(result, Value(expression));

    [Theory]
    [InlineData("points * 0.1", "1.5")]
    [InlineData("share * 3 == 0.3", "true")]
    [InlineData("points / 2", "7")]
    [InlineData("decimal(points) / 2", "7.5")]
    [InlineData("share / 0", "not computable")]
    [InlineData("points / 0", "not computable")]
    [InlineData("9223372036854775807 + points", "not computable")]
    [InlineData("max(points, 2, 40)", "40")]
    [InlineData("min(share, 0.05)", "0.05")]
    public void Decimals_are_exact_and_what_cannot_be_computed_is_no_number(string expression, string result) => Assert.Equal(result, Value(expression));

    [Theory]
    [InlineData("rate + points", "write double(…) around the whole or decimal number")]
    [InlineData("points = 3", "write '==' to compare")]
    [InlineData("points == null", "ask with known(name) or missing(name)")]
    [InlineData("roud(share, 1, 'half_up')", "did you mean 'round'?")]
    [InlineData("points && true", "compare it with something")]
    public void A_mistake_is_answered_with_advice(string expression, string advice)
    {
        var faults = new List<Fault>();
        Assert.Null(Checker.Read(expression, Scope(), faults));
        Assert.Equal(advice, Assert.Single(faults).Suggestion);
    }

    [Theory]
    [InlineData("half_up", "2.5", "3")]
    [InlineData("half_up", "-2.5", "-2")]
    [InlineData("half_even", "2.5", "2")]
    [InlineData("half_even", "3.5", "4")]
    [InlineData("half_away", "-2.5", "-3")]
    [InlineData("up", "2.1", "3")]
    [InlineData("down", "-2.1", "-3")]
    [InlineData("truncate", "-2.9", "-2")]
    public void A_rounding_goes_where_it_says(string mode, string number, string result) => Assert.Equal(result, Value($"round(decimal('{number}'), 0, '{mode}')"));

    [Fact]
    public void A_half_star_is_a_step_and_half_up_is_not_half_even()
    {
        var up = new Rounding(0.5m, RoundingMode.HalfUp);
        var even = new Rounding(0.5m, RoundingMode.HalfEven);
        Assert.Equal((3.5m, 3.0m), (up.Of(3.25m), even.Of(3.25m)));
    }

    [Fact]
    public void A_double_is_rounded_as_the_decimal_it_stands_for() =>
        Assert.Equal(new Operand.Real(0.29), new Rounding(0.01m, RoundingMode.HalfUp).Of(new Operand.Real(0.285)));

    [Theory]
    [InlineData("P1Y6M", "2020-08-31", "2019-02-28")]
    [InlineData("P1M", "2020-03-31", "2020-02-29")]
    [InlineData("P2W", "2020-03-15", "2020-03-01")]
    public void A_length_of_time_ends_on_the_last_day_of_a_short_month(string length, string day, string before)
    {
        Assert.True(Period.TryParse(length, out Period period));
        Assert.Equal(DateOnly.Parse(before, System.Globalization.CultureInfo.InvariantCulture), period.Before(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("P")]
    [InlineData("1Y")]
    [InlineData("P1D1Y")]
    [InlineData("P-1Y")]
    [InlineData("P99999Y")]
    public void What_is_no_length_of_time_is_refused(string text) => Assert.False(Period.TryParse(text, out _));

    private static Scope Scope()
    {
        var scope = new Scope();
        scope.Add("points", ExpressionType.Whole);
        scope.Add("share", ExpressionType.Exact);
        scope.Add("rate", ExpressionType.Real);
        scope.Add("unknown", ExpressionType.Truth);
        scope.Add("none", ExpressionType.Whole);
        return scope;
    }

    private static string Value(string expression)
    {
        var faults = new List<Fault>();
        Typed? typed = Checker.Read(expression, Scope(), faults);
        Assert.True(typed is not null, string.Join("; ", faults));
        var missing = new Operand.Missing("nobody said");
        return Interpreter.Compute(typed, [new Operand.Whole(15), new Operand.Exact(0.1m), new Operand.Real(2.5), missing, missing]).ToString()!;
    }
}
