using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads how a value is shown: label, unit, best, worst, better, ref.</summary>
internal static class PresentationReading
{
    private static readonly string[] Directions = ["lower", "higher", "neither"];

    /// <summary>Of what nobody could read.</summary>
    public static Presentation None => new(Wording.None, "", Better.Neither);

    public static Presentation Read(Sheet sheet, YamlNode.Scalar name, YamlMap map)
    {
        string? direction = map.Text("better");
        int place = direction is null ? (int)Better.Neither : Array.IndexOf(Directions, direction);
        if (place < 0)
        {
            sheet.Report(map.NodeOf("better")!, "better.unknown", $"'{direction}' is no direction", NearestName.Of(direction!, Directions) is { } nearest ? $"did you mean '{nearest}'?" : "write lower, higher or neither");
        }

        var shown = new Presentation(sheet.LabelOf(name, map), map.Text("unit") ?? "", place < 0 ? Better.Neither : (Better)place)
        {
            Best = sheet.Literal(map.NodeOf("best"), ExpressionType.Exact)?.AsDecimal(),
            Worst = sheet.Literal(map.NodeOf("worst"), ExpressionType.Exact)?.AsDecimal(),
            Reference = map.Text("ref") ?? "",
        };
        bool turned = shown.Best is { } best && shown.Worst is { } worst && ((shown.Better == Better.Lower && best > worst) || (shown.Better == Better.Higher && best < worst));
        if (turned)
        {
            sheet.Report(map.NodeOf("best")!, "better.turned", $"'{name.Text}' says {direction} is better, but best and worst say the opposite", "exchange best and worst");
        }

        return shown;
    }
}
