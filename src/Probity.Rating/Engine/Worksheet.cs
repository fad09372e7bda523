using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>The whole computation of one organisation: every parameter, indicator and score by slot, and the evidence behind each.</summary>
internal sealed class Worksheet
{
    private readonly Plan _plan;
    private readonly ImmutableArray<Entry>[] _evidence;

    private Worksheet(Plan plan)
    {
        _plan = plan;
        Frame = new Operand[plan.Scope.Size];
        _evidence = new ImmutableArray<Entry>[plan.Scope.Size];
    }

    /// <summary>Values by slot of the plan's scope. Owned by this worksheet; nobody writes after it is filled.</summary>
    public Operand[] Frame { get; }

    /// <summary>What was set aside, each with its reason.</summary>
    public IReadOnlyList<SetAside> SetAside { get; private set; } = [];

    /// <summary>The results of all roundings and caps, by slot, where a score has any: what it was before.</summary>
    public Dictionary<int, ScoreSteps> Adjusted { get; } = [];

    /// <summary>The cohort its scores were computed with; null before the first score.</summary>
    public Cohort? Cohort { get; private set; }

    /// <summary>Fills a worksheet.</summary>
    public static Worksheet Fill(Plan plan, Dossier dossier, AsOf asOf, Cohort cohort)
    {
        Worksheet sheet = Begin(plan, dossier, asOf);
        foreach (Step step in plan.Steps)
        {
            sheet.Score(step, cohort);
        }

        return sheet;
    }

    /// <summary>A worksheet with its parameters and indicators, the scores still open.</summary>
    public static Worksheet Begin(Plan plan, Dossier dossier, AsOf asOf)
    {
        var sheet = new Worksheet(plan);
        foreach (ParameterRule parameter in plan.Parameters)
        {
            sheet.Frame[parameter.Slot] = parameter.At(asOf.ValidAt);
        }

        Admission admission = Admission.Of(plan, dossier, asOf, sheet.Frame);
        sheet.SetAside = admission.SetAside;
        foreach (IndicatorRule rule in plan.Indicators)
        {
            (sheet.Frame[rule.Slot], sheet._evidence[rule.Slot]) = Folding.Of(rule, admission, asOf.ValidAt, sheet.Frame);
        }

        return sheet;
    }

    /// <summary>Computes one score; every score above it must be there.</summary>
    public void Score(Step step, Cohort cohort)
    {
        Cohort = cohort;
        Frame[step.Slot] = step.Operation is Operation.Statistic statistic
            ? Survey.GroupOf(statistic.Of, Frame) is { } group ? cohort.ValueOf(step.Slot, group) : new Operand.Missing("it belongs to no group")
            : Scoring.Of(step, this);
    }

    /// <summary>A copy with a frame of its own.</summary>
    public Worksheet Copy()
    {
        var other = new Worksheet(_plan) { Cohort = Cohort };
        Frame.CopyTo(other.Frame, 0);
        _evidence.CopyTo(other._evidence, 0);
        return other;
    }

    /// <summary>
    /// A copy in which one value is another, and some scores are computed anew; in the statistics of the cohort the organisation's own value is the other too.
    /// </summary>
    /// <param name="own">Whose sheet it is.</param>
    /// <param name="change">The value's slot, and the other value.</param>
    /// <param name="steps">The scores, each after everything it uses.</param>
    public Worksheet With(OrganisationId own, (int Slot, Operand Value) change, ImmutableArray<Step> steps)
    {
        Worksheet other = Copy();
        other.Frame[change.Slot] = change.Value;
        foreach (Step step in steps)
        {
            if (step.Operation is Operation.Statistic)
            {
                other.Frame[step.Slot] = Cohort!.Peers.With(step, other.Frame, own, Cohort);
            }
            else
            {
                other.Score(step, Cohort!);
            }
        }

        return other;
    }

    /// <summary>The statements a slot rests on, in ledger order, each once.</summary>
    public ImmutableArray<Entry> EvidenceOf(int slot) => EvidenceOf(_plan.Lineage.Behind(slot));

    /// <summary>The statements several indicators rest on, in ledger order, each once.</summary>
    public ImmutableArray<Entry> EvidenceOf(ImmutableArray<int> indicators) => indicators.Length switch
    {
        0 => [],
        1 => _evidence[indicators[0]],
        _ => [.. indicators.SelectMany(slot => _evidence[slot]).DistinctBy(entry => entry.Index).OrderBy(entry => entry.Index)],
    };

    /// <summary>The statements an expression rests on, in ledger order, each once.</summary>
    public ImmutableArray<Entry> EvidenceOf(Typed expression) =>
        EvidenceOf([.. expression.Slots().SelectMany(slot => _plan.Lineage.Behind(slot.Number)).Distinct().Order()]);

    /// <summary>Every indicator and score as text, in the order of the file.</summary>
    public ImmutableArray<(string Name, string Value)> Outputs() => [.. _plan.Outputs.Select(output => (output.Name, Frame[output.Slot].ToString()!))];
}

/// <summary>A statement that does not count, and why.</summary>
/// <param name="Entry">The statement.</param>
/// <param name="Expired">True where it would count were it younger.</param>
/// <param name="Why">The reason for a person.</param>
internal readonly record struct SetAside(Entry Entry, bool Expired, string Why);

/// <summary>What a score was before rounding, and which caps took effect.</summary>
internal sealed record ScoreSteps(Operand Raw, Operand Rounded, ImmutableArray<(Cap Cap, Operand Before, Operand After)> Caps);
