using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the expressions of a file: their types, their units, and what of them is known before there are data.</summary>
/// <param name="sheet">Where problems go.</param>
/// <param name="places">Where the characters of a scalar stand.</param>
internal sealed class ExpressionReading(Sheet sheet, ScalarPlaces places)
{
    private readonly Dictionary<YamlNode, string> _canonical = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The names computed from, so that what nobody uses can be named.</summary>
    public IReadOnlySet<string> UsedNames => _used;

    /// <summary>What stands in place of a node's text in the canonical form.</summary>
    public IReadOnlyDictionary<YamlNode, string> Canonical => _canonical;

    /// <summary>Counts a name as used that no expression mentions.</summary>
    public void Use(string name) => _used.Add(name);

    /// <summary>The expression of a node; broken after a problem, or where there is no node.</summary>
    public Typed Read(YamlNode? node, Scope scope)
    {
        switch (node)
        {
            case null:
                return Typed.Broken.Unread;
            case YamlNode.Scalar scalar:
                Typed typed = Read(scalar, (scalar.Text, 0), scope);
                _canonical[scalar] = Parser.Read(scalar.Text, [])?.ToString() ?? scalar.Text;
                return typed;
            default:
                sheet.Report(node, "type.expression", "an expression is expected here", "write it on one line, in quotes");
                return Typed.Broken.Unread;
        }
    }

    /// <summary>An expression of a certain type; broken after a problem, or where there is no node.</summary>
    public Typed Read(YamlNode? node, Scope scope, ExpressionType wanted)
    {
        Typed typed = Read(node, scope);
        if (Widening.CanWiden(typed, wanted))
        {
            return Widening.Widen(typed, wanted);
        }

        sheet.Report(node!, "type.mismatch", $"this must be of type {wanted}, not {typed.Type}", wanted == ExpressionType.Truth ? "compare it with something" : "");
        return new Typed.Broken([typed], wanted);
    }

    /// <summary>An expression of a number; broken after a problem, or where there is no node.</summary>
    public Typed ReadNumber(YamlNode? node, Scope scope, string what)
    {
        Typed typed = Read(node, scope);
        if (typed.Type.IsNumber || typed.Type.IsBroken)
        {
            return typed;
        }

        sheet.Report(node!, "type.mismatch", $"{what} numbers, not of {typed.Type}", "");
        return new Typed.Broken([typed], ExpressionType.Broken);
    }

    /// <summary>The expression that a scalar stands for.</summary>
    /// <param name="at">The scalar.</param>
    /// <param name="written">The expression, and how many characters stand before the scalar's own in it.</param>
    /// <param name="scope">The names it may use.</param>
    public Typed Read(YamlNode.Scalar at, (string Text, int Before) written, Scope scope)
    {
        var faults = new List<Fault>();
        var checker = new Checker(scope, faults);
        Typed read = checker.Read(written.Text);
        CheckConstants(read, checker, faults);
        faults.AddRange(new PossibleValues(scope, checker.Places).Faults(read));
        faults.AddRange(new Impossible(scope, sheet.Book.BoundsOf).Of(read).Select(never => new Fault(
            checker.Places.TryGetValue(never.Comparison, out ImmutableArray<int> found) ? found[0] : 0, never.Why, "compare it with a value it can have, or take it out")));
        foreach (Fault fault in faults)
        {
            int offset = Math.Clamp(fault.At - written.Before, 0, Math.Max(0, at.Text.Length));
            sheet.Report(at, places.Of(at, offset), "expression", (fault.Message, fault.Suggestion));
        }

        Typed typed = Strictness.Of(read);
        if (faults.Count > 0 && typed.IsSound)
        {
            typed = new Typed.Broken([typed], typed.Type);
        }

        CheckUnits(at, typed, scope);
        _used.UnionWith(typed.Slots().Select(slot => slot.Name));
        return typed;
    }

    // What can never be computed in one period of the parameters is said, and from when.
    private void CheckConstants(Typed read, Checker checker, List<Fault> faults)
    {
        ParameterBook book = sheet.Book;
        IReadOnlyList<DateOnly> periods = book.Periods(read.Slots());
        var told = new HashSet<(int, string)>();
        foreach (DateOnly day in periods)
        {
            var found = new List<Fault>();
            new ConstantCheck(checker.Places, book.On(day), found).Of(read);
            foreach (Fault fault in found.Where(fault => told.Add((fault.At, fault.Message))))
            {
                faults.Add(periods.Count > 1 ? fault with { Message = fault.Message + book.Since(day, read.Slots()) } : fault);
            }
        }
    }

    private void CheckUnits(YamlNode at, Typed typed, Scope scope)
    {
        var faults = new List<string>();
        new Units(scope, faults).Of(typed);
        foreach (string fault in faults.Distinct(StringComparer.Ordinal))
        {
            sheet.ReportUnits(at, fault);
        }
    }
}
