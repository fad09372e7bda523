using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>From a filled worksheet to the outcome: states first, then what is missing, then the table, then overrides.</summary>
internal static class Decision
{
    public static OrganisationRating Of(Methodology methodology, Dossier dossier, AsOf asOf, Cohort cohort)
    {
        if (WhyNotApplicable(methodology, dossier.Subject, asOf.ValidAt) is { } why)
        {
            return new OrganisationRating(methodology, dossier.Organisation, asOf, null) { Outcome = new Outcome.NotRated(NotRatedCodes.NotApplicable, why) };
        }

        Plan plan = methodology.Plan;
        Worksheet sheet = Worksheet.Fill(plan, dossier, asOf, cohort);
        PublishedOutcome? published = PublishedOf(methodology, sheet);
        int state = StateOf(plan.Outcome, sheet.Frame);
        Outcome outcome = OutcomeOf(methodology, sheet.Frame, rule => sheet.SetAside.Any(aside => aside.Expired && rule.Parts.Any(part => part.From.Name == aside.Entry.Statement.Type)));
        bool banded = outcome is Outcome.Rated;
        ImmutableArray<int> deciding = state >= 0 ? plan.Lineage.States[state] : plan.Lineage.Band;
        return new OrganisationRating(methodology, dossier.Organisation, asOf, sheet)
        {
            Outcome = outcome,
            Score = banded && plan.Outcome.Score is { } score ? sheet.Frame[score.Number].AsDecimal() : null,
            ScoreUnit = plan.Outcome.Score is { } headline ? plan.Shown(headline.Name)?.Unit ?? "" : "",
            Published = published,
            Agreement = AgreementOf(outcome, published),
            RestsOn = LatestDay(sheet.EvidenceOf(deciding)),
            Dimensions = state >= 0 ? [] : DimensionsOf(methodology, sheet),
        };
    }

    /// <summary>The outcome of a filled frame.</summary>
    /// <param name="methodology">The rules.</param>
    /// <param name="frame">Every parameter, indicator and score.</param>
    /// <param name="hasExpired">Whether there was evidence for an indicator that has expired.</param>
    public static Outcome OutcomeOf(Methodology methodology, Operand[] frame, Func<IndicatorRule, bool> hasExpired) =>
        StateOf(methodology.Plan.Outcome, frame) is var state && state >= 0
            ? OfState(methodology, methodology.Plan.Outcome.States[state], frame)
            : OfValues(methodology, frame, hasExpired);

    /// <summary>Why a methodology does not rate an organisation, or not for a day; null where it does.</summary>
    public static string? WhyNotApplicable(Methodology methodology, SubjectKind subject, DateOnly validAt)
    {
        if (subject != methodology.Rates)
        {
            return $"the methodology rates subjects of kind {KindNames.Of(methodology.Rates)}, not {KindNames.Of(subject)}";
        }

        return validAt < methodology.AppliesFrom ? $"the methodology applies from {Day.Text(methodology.AppliesFrom)}" : null;
    }

    /// <summary>The first state that is true; −1 where none is.</summary>
    public static int StateOf(OutcomeRule rule, Operand[] frame)
    {
        for (int i = 0; i < rule.States.Length; i++)
        {
            if (Interpreter.Compute(rule.States[i].When, frame) is Operand.Truth { Holds: true })
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The band's code before overrides, or why there is none.</summary>
    public static Operand BandOf(OutcomeRule rule, Operand[] frame) => Scoring.RowOf(rule.Table, frame) is { } row
        ? Interpreter.Compute(rule.Table.Rows[row].Then, frame)
        : Scoring.WhyNoRow(rule.Table, frame);

    /// <summary>The code of the outcome that a frame gives: a state's, a band's after overrides, or the reason for none.</summary>
    public static string CodeOf(Methodology methodology, Operand[] frame)
    {
        OutcomeRule rule = methodology.Plan.Outcome;
        if (StateOf(rule, frame) is var state && state >= 0)
        {
            return rule.States[state].Then is StateResult.NotRated not ? not.Code : Interpreter.Compute(((StateResult.AsPublished)rule.States[state].Then).Code, frame).ToString()!;
        }

        return BandOf(rule, frame) switch
        {
            Operand.Missing => NotRatedCodes.InsufficientData,
            Operand.Failed => NotRatedCodes.NotComputable,
            var code => Override(methodology, code.ToString()!, frame).Code is var band && methodology.BandOf(band) is not null ? band : NotRatedCodes.NotComputable,
        };
    }

    /// <summary>The band's code after overrides, and which of them took effect.</summary>
    public static (string Code, ImmutableArray<BandOverride> Effective) Override(Methodology methodology, string code, Operand[] frame)
    {
        ImmutableArray<BandOverride>.Builder effective = ImmutableArray.CreateBuilder<BandOverride>();
        foreach (BandOverride change in methodology.Plan.Outcome.Overrides)
        {
            bool reaches = change.IsFloor ? PlaceOf(methodology, code) > PlaceOf(methodology, change.Band) : PlaceOf(methodology, code) < PlaceOf(methodology, change.Band);
            if (reaches && Interpreter.Compute(change.When, frame) is Operand.Truth { Holds: true })
            {
                code = change.Band;
                effective.Add(change);
            }
        }

        return (code, effective.ToImmutable());
    }

    /// <summary>The slots that decide the band.</summary>
    public static IEnumerable<Typed.Slot> DecidingSlots(OutcomeRule rule) =>
        Scoring.SlotsOf(rule.Table)
            .Concat(rule.Table.Rows.SelectMany(row => row.Then.Slots()))
            .Concat(rule.Overrides.SelectMany(change => change.When.Slots()))
            .Concat(rule.Score is { } score ? [score] : [])
            .DistinctBy(slot => slot.Number);

    private static int PlaceOf(Methodology methodology, string code)
    {
        for (int i = 0; i < methodology.Bands.Length; i++)
        {
            if (methodology.Bands[i].Code == code)
            {
                return i;
            }
        }

        return -1;
    }

    private static Outcome OfState(Methodology methodology, StateRule state, Operand[] frame)
    {
        if (state.Then is StateResult.NotRated notRated)
        {
            return new Outcome.NotRated(notRated.Code, state.Because.ToString());
        }

        Operand code = Interpreter.Compute(((StateResult.AsPublished)state.Then).Code, frame);
        return methodology.BandOf(code.ToString()!) is { } band && code.IsKnown
            ? new Outcome.AsPublished(band.Code, band.Label.ToString())
            : new Outcome.NotRated(NotRatedCodes.NotComputable, $"the published outcome '{code}' is no band of the scale");
    }

    private static Outcome OfValues(Methodology methodology, Operand[] frame, Func<IndicatorRule, bool> hasExpired)
    {
        foreach (IndicatorRule rule in methodology.Plan.Indicators)
        {
            if (frame[rule.Slot] is Operand.Missing missing && rule.WhenMissing is WhenMissing.NotRated required)
            {
                bool expired = hasExpired(rule);
                string why = required.Because.ToString() is { Length: > 0 } because ? because : missing.Why;
                return new Outcome.NotRated(expired ? NotRatedCodes.Expired : required.Code, expired ? $"all evidence for {rule.Shown.Label} has expired" : why);
            }
        }

        switch (BandOf(methodology.Plan.Outcome, frame))
        {
            case Operand.Missing missing:
                return new Outcome.NotRated(NotRatedCodes.InsufficientData, missing.Why);
            case Operand.Failed failed:
                return new Outcome.NotRated(NotRatedCodes.NotComputable, failed.Why);
            case var code:
                string band = Override(methodology, code.ToString()!, frame).Code;
                return methodology.BandOf(band) is { } found
                    ? new Outcome.Rated(found.Code, found.Label.ToString())
                    : new Outcome.NotRated(NotRatedCodes.NotComputable, $"'{band}' is no band of the scale");
        }
    }

    private static PublishedOutcome? PublishedOf(Methodology methodology, Worksheet sheet)
    {
        if (methodology.Plan.Outcome.Published is not { } expression || Interpreter.Compute(expression, sheet.Frame) is not Operand.Text code)
        {
            return null;
        }

        ImmutableArray<Entry> evidence = sheet.EvidenceOf(methodology.Plan.Lineage.Published);
        string label = methodology.BandOf(code.Content)?.Label.ToString() ?? NotRatedCodes.Words(code.Content);
        return new PublishedOutcome(code.Content, label, LatestDay(evidence), [.. evidence.Select(entry => entry.Index)]);
    }

    private static Agreement AgreementOf(Outcome outcome, PublishedOutcome? published) => (outcome, published) switch
    {
        (_, null) or (Outcome.AsPublished, _) => Agreement.NotComparable,
        _ when outcome.Code == published.Code => Agreement.Equal,
        (Outcome.NotRated, _) when !NotRatedCodes.All.Contains(published.Code) => Agreement.NotComparable,
        _ => Agreement.Differs,
    };

    private static DateOnly? LatestDay(ImmutableArray<Entry> evidence) => evidence.Select(entry => entry.Statement.ValidFrom).Max();

    private static ImmutableArray<DimensionValue> DimensionsOf(Methodology methodology, Worksheet sheet)
    {
        ImmutableArray<DimensionValue>.Builder values = ImmutableArray.CreateBuilder<DimensionValue>(methodology.Dimensions.Length);
        for (int i = 0; i < methodology.Dimensions.Length; i++)
        {
            int slot = methodology.Plan.Outcome.Dimensions[i].Number;
            values.Add(new DimensionValue(methodology.Dimensions[i], sheet.Frame[slot].AsDecimal(), sheet.Frame[slot].ToString()!, [.. sheet.EvidenceOf(slot).Select(entry => entry.Index)]));
        }

        return values.MoveToImmutable();
    }
}
