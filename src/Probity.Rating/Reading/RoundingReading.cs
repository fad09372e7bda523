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

        string? mode = map.Text("mode");
        YamlNode? to = map.NodeOf("to");
        YamlNode? places = map.NodeOf("places");
        bool mistyped = map.Resembles(["to", "places", "mode"]);
        if (mode is null && map.NodeOf("mode") is null && !mistyped)
        {
            sheet.Report(node, "rounding.mode", "a rounding says which way a half goes: its mode is missing", $"add 'mode: {Rounding.Words[0]}'; the modes are {string.Join(", ", Rounding.Words)}");
        }

        map.Close();
        int place = mode is null ? -1 : Rounding.Words.ToList().IndexOf(mode);
        if (mode is not null && place < 0)
        {
            sheet.Report(map.NodeOf("mode")!, "rounding.unknown", $"'{mode}' is no rounding", Rounding.Advice(mode));
        }

        if ((to is null) == (places is null) && !mistyped)
        {
            sheet.Report(node, "rounding.step", "a rounding says to which step or to how many places", "write 'to: 0.5' or 'places: 3'");
            return null;
        }

        return places is not null ? ReadPlaces(sheet, places, place) : ReadStep(sheet, to, place);
    }

    private static Rounding? ReadPlaces(Sheet sheet, YamlNode node, int mode)
    {
        long? places = (sheet.Literal(node, ExpressionType.Whole) as Operand.Whole)?.Number;
        if (places is < -Rounding.MostPlaces or > Rounding.MostPlaces)
        {
            sheet.Report(node, "rounding.places", $"{places} is no number of places: from -{Rounding.MostPlaces} to {Rounding.MostPlaces}", "");
        }

        return places is { } count && mode >= 0 && Rounding.TryNamed(Rounding.Words[mode], count, out Rounding? rounding) ? rounding : null;
    }

    private static Rounding? ReadStep(Sheet sheet, YamlNode? node, int mode)
    {
        decimal? step = sheet.Literal(node, ExpressionType.Exact)?.AsDecimal();
        if (step is <= 0)
        {
            sheet.Report(node!, "rounding.step", "the step of a rounding is above zero", "");
        }

        return step is > 0 && mode >= 0 ? new Rounding(step.Value, (RoundingMode)mode) : null;
    }
}
