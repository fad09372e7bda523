using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>
/// Reads "goalposts: {of: life_expectancy, worst: 20.0, best: 85.0, beyond: held}": (x − worst) / (best − worst), where "beyond: held" keeps it within
/// 0 … 1 and "beyond: goes_on" does not.
/// </summary>
internal static class GoalpostReading
{
    private static readonly string[] Beyond = ["held", "goes_on"];

    /// <summary>The operation and its type; null and broken where nobody can tell what it computes.</summary>
    public static (Operation? Operation, ExpressionType Type) Read(Sheet sheet, YamlNode node, YamlNode.Scalar name, NameBook names)
    {
        if (sheet.Map(node) is not { } map)
        {
            return (null, ExpressionType.Broken);
        }

        (YamlNode? of, YamlNode? worst, YamlNode? best) = (map.Required("of"), map.Required("worst"), map.Required("best"));
        Typed[] parts = [.. ((YamlNode?[])[of, worst, best]).Select(part => sheet.Expressions.ReadNumber(part, names.Scope, "goalposts are of"))];
        string? beyond = map.RequiredText("beyond");
        if (beyond is not null && !Beyond.Contains(beyond))
        {
            sheet.Report(map.NodeOf("beyond")!, "goalposts.beyond", $"'{beyond}' does not say what holds beyond the goalposts", NearestName.Of(beyond, Beyond) is { } nearest ? $"did you mean '{nearest}'?" : "write held or goes_on");
        }

        map.Close();
        return parts.All(part => part.IsSound) && Agree(sheet, (of, worst, best), names.Scope) && Differ(sheet, best!, parts)
            ? Compose(sheet, name, ((YamlNode.Scalar)of!, (YamlNode.Scalar)worst!, (YamlNode.Scalar)best!, beyond == Beyond[0]), names.Scope)
            : (null, parts[0].Type == ExpressionType.Exact || parts[0].Type == ExpressionType.Real ? parts[0].Type : ExpressionType.Broken);
    }

    // What is wrong between two of the three is told at the goalpost, which is easier to mend.
    private static bool Agree(Sheet sheet, (YamlNode? Of, YamlNode? Worst, YamlNode? Best) nodes, Scope scope)
    {
        (string of, string worst, string best) = (TextOf(nodes.Of), TextOf(nodes.Worst), TextOf(nodes.Best));
        return Agree(sheet, (of, worst, nodes.Worst!), scope) & Agree(sheet, (best, worst, nodes.Best!), scope);
    }

    private static bool Agree(Sheet sheet, (string One, string Other, YamlNode At) two, Scope scope)
    {
        var faults = new List<Fault>();
        if (Checker.Read($"({two.One}) - ({two.Other})", scope, faults) is not { } typed)
        {
            sheet.Report(two.At, "type.mismatch", "this does not go together with the other parts of the goalposts: " + faults[0].Message, faults[0].Suggestion);
            return false;
        }

        if (typed.Type == ExpressionType.Whole)
        {
            sheet.Report(two.At, "division.whole", "dividing whole numbers drops the remainder without saying so", "write decimal(…) around the value, or the goalposts with a decimal point");
            return false;
        }

        return true;
    }

    private static bool Differ(Sheet sheet, YamlNode at, Typed[] parts)
    {
        foreach (DateOnly day in sheet.Book.Periods(parts[1].Slots().Concat(parts[2].Slots())))
        {
            if (sheet.Book.ValueOn(day, parts[1])?.AsDecimal() is { } worst && sheet.Book.ValueOn(day, parts[2])?.AsDecimal() == worst)
            {
                sheet.Report(at, "goalposts.same", $"best and worst are the same, {Numbers.Text(worst)}{sheet.Book.Since(day, parts[1].Slots().Concat(parts[2].Slots()))}: nothing lies between them", "move one of them");
                return false;
            }
        }

        return true;
    }

    private static (Operation? Operation, ExpressionType Type) Compose(Sheet sheet, YamlNode.Scalar name, (YamlNode.Scalar Of, YamlNode.Scalar Worst, YamlNode.Scalar Best, bool Held) read, Scope scope)
    {
        string share = $"(({read.Of.Text}) - ({read.Worst.Text})) / (({read.Best.Text}) - ({read.Worst.Text}))";
        string formula = read.Held ? $"max(0.0, min(1.0, {share}))" : share;
        Typed typed = sheet.Expressions.Read(name, (formula, 0), scope);
        return (new Operation.Formula(typed, formula), typed.Type);
    }

    private static string TextOf(YamlNode? node) => ((YamlNode.Scalar)node!).Text;
}
