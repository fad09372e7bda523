using Probity.Rating.Expressions;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads "round: {to: 0.5, mode: half_up}" or "round: {places: 3, mode: half_even}": both parts are mandatory.</summary>
internal static class RoundingReading
{
    public static Rounding? Read(Sheet sheet, YamlNode? node)
    {
        if (node is null || sheet.Map(node) is not { } map)
        {
            return null;
        }

        string? mode = map.RequiredText("mode");
        YamlNode? to = map.NodeOf("to");
        YamlNode? places = map.NodeOf("places");
        map.Close();
        int place = mode is null ? -1 : Rounding.Words.ToList().IndexOf(mode);
        if (mode is not null && place < 0)
        {
            string? nearest = NearestName.Of(mode, Rounding.Words);
            sheet.Report(map.NodeOf("mode")!, "rounding.unknown", $"'{mode}' is no rounding", nearest is null ? "write one of " + string.Join(", ", Rounding.Words) : $"did you mean '{nearest}'?");
        }

        if ((to is null) == (places is null))
        {
            sheet.Report(node, "rounding.step", "a rounding says to which step or to how many places", "write 'to: 0.5' or 'places: 3'");
            return null;
        }

        decimal? step = to is not null ? sheet.Literal(to, ExpressionType.Exact)?.AsDecimal() : null;
        if (step is <= 0)
        {
            sheet.Report(to!, "rounding.step", "the step of a rounding is above zero", "");
            return null;
        }

        if (places is not null && sheet.Literal(places, ExpressionType.Whole) is Operand.Whole count && mode is not null)
        {
            return Rounding.TryNamed(mode, count.Number, out Rounding? rounding) ? rounding : null;
        }

        return step is { } s && place >= 0 ? new Rounding(s, (RoundingMode)place) : null;
    }
}
