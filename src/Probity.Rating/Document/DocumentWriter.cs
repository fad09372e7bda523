using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Document;

/// <summary>Writes a methodology out in words and tables.</summary>
internal sealed class DocumentWriter(Methodology methodology, string language)
{
    public static MethodologyDocument Write(Methodology methodology, string language)
    {
        var writer = new DocumentWriter(methodology, language);
        ImmutableArray<DocumentSection> sections =
        [
            writer.About(), writer.Scale(), writer.HowDecided(), writer.Scores(), writer.Evidence(), writer.Parameters(), writer.Robustness(), writer.Transparency(),
        ];
        return new MethodologyDocument($"{methodology.Title.In(language)}, version {methodology.Version}", [.. sections.Where(section => !section.Blocks.IsEmpty)]);
    }

    private DocumentSection About()
    {
        ImmutableArray<DocumentBlock>.Builder blocks = ImmutableArray.CreateBuilder<DocumentBlock>();
        string status = methodology.Status switch
        {
            MethodologyStatus.Draft => "a draft",
            MethodologyStatus.Consultation => "open for consultation",
            MethodologyStatus.InForce => "in force",
            MethodologyStatus.Withdrawn => "withdrawn",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        blocks.Add(new DocumentBlock.Paragraph($"This methodology is {status}. It applies to days from {Day.Text(methodology.AppliesFrom)} and rates subjects of one kind: {KindNames.Of(methodology.Rates).Replace('-', ' ')}. It uses statements of the context {string.Join(", ", methodology.Contexts)} and no others."));
        if (methodology.Record["purpose"].In(language) is { Length: > 0 } purpose)
        {
            blocks.Add(new DocumentBlock.Paragraph(purpose));
        }

        blocks.Add(new DocumentBlock.Link(methodology.Authority.Name, methodology.Authority.Url));
        blocks.AddRange(methodology.Legal.Select(law => (DocumentBlock)new DocumentBlock.Link(law.ToString(), law.Url)));
        blocks.Add(new DocumentBlock.Paragraph($"Fingerprint of the rules: {methodology.Fingerprint}"));
        return new DocumentSection("about", "About", blocks.ToImmutable());
    }

    private DocumentSection Scale() => new("bands", "The scale, best first",
        [methodology.Bands.All(band => band.Meaning.In(language).Length == 0)
            ? Table(["Outcome", "Name"], methodology.Bands.Select(band => Row(band.Code, band.Label.In(language))))
            : Table(["Outcome", "Name", "Meaning"], methodology.Bands.Select(band => Row(band.Code, band.Label.In(language), band.Meaning.In(language))))]);

    private DocumentSection HowDecided()
    {
        OutcomeRule rule = methodology.Plan.Outcome;
        ImmutableArray<DocumentBlock>.Builder blocks = ImmutableArray.CreateBuilder<DocumentBlock>();
        if (!rule.States.IsEmpty)
        {
            blocks.Add(new DocumentBlock.Paragraph("Before any band, the first of these that is true decides:"));
            blocks.Add(Table(["Where", "the outcome is", "because"], rule.States.Select(state => Row(state.Text, state.Then is StateResult.NotRated not ? NotRatedCodes.Words(not.Code) : "the authority's own, as published", state.Because.In(language)))));
        }

        blocks.Add(new DocumentBlock.Paragraph("The first row that holds gives the outcome:"));
        blocks.Add(TableOf(rule.Table));
        if (!rule.Overrides.IsEmpty)
        {
            blocks.Add(new DocumentBlock.Paragraph("After that, these limits apply in order:"));
            blocks.Add(Table(["Where", "the outcome is", "because", "reference"], rule.Overrides.Select(change => Row(change.Text, (change.IsFloor ? "at worst " : "at best ") + change.Band, change.Because.In(language), change.Reference))));
        }

        return new DocumentSection("decision", "How the outcome is decided", blocks.ToImmutable());
    }

    private DocumentBlock.Table TableOf(RuleTable table)
    {
        bool axes = table.Rows.All(row => row.When.All(condition => condition.Bound is not null));
        string[] names = axes ? [.. Scoring(table).Select(slot => slot.Name)] : [];
        if (!axes || names.Length == 0)
        {
            return Table(["Where", "result"], table.Rows.Select(row => Row(row.When.IsEmpty ? "otherwise" : string.Join(" and ", row.When.Select(condition => condition.Text)), Result(row.Then))));
        }

        return Table(
            [.. names.Select(LabelOf), "result"],
            table.Rows.Select(row => Row([.. names.Select(name => string.Join(" and ", row.When.Where(condition => condition.Bound!.Axis.Name == name).Select(condition => condition.Text[(name.Length + 1)..]))), Result(row.Then)])));
    }

    private static IEnumerable<Typed.Slot> Scoring(RuleTable table) =>
        table.Rows.SelectMany(row => row.When).Select(condition => condition.Bound!.Axis).DistinctBy(slot => slot.Number);

    private string Result(Typed then) => then is Typed.Constant constant
        ? methodology.BandOf(constant.Value.ToString()!) is { } band ? $"{band.Code} {band.Label.In(language)}" : constant.Value.ToString()!
        : string.Join(", ", then.Slots().Select(slot => LabelOf(slot.Name)));

    private DocumentSection Scores()
    {
        ImmutableArray<DocumentBlock>.Builder blocks = ImmutableArray.CreateBuilder<DocumentBlock>();
        blocks.Add(Table(
            ["Value", "name", "taken from", "how", "unit", "where there is none", "reference"],
            methodology.Plan.Indicators.Select(rule => Row(
                rule.Shown.Label.In(language), rule.Name, string.Join(" or ", rule.Parts.Select(part => part.From.Label.In(language)).Distinct()), TakenIn(rule), rule.Shown.Unit, MissingIn(rule.WhenMissing), rule.Shown.Reference))));
        if (!methodology.Plan.Steps.IsEmpty)
        {
            blocks.Add(Table(["Score", "name", "computed as", "unit", "reference"], methodology.Plan.Steps.Select(step => Row(step.Shown.Label.In(language), step.Name, HowOf(step), step.Shown.Unit, step.Shown.Reference))));
        }

        if (methodology.Plan.Steps.Any(step => !step.Caps.IsEmpty))
        {
            blocks.Add(new DocumentBlock.Paragraph("After rounding, these limits apply in order:"));
            blocks.Add(Table(["Score", "where", "limit", "because", "reference"], methodology.Plan.Steps.SelectMany(step => step.Caps.Select(cap =>
                Row(step.Shown.Label.In(language), ExpressionText.Of(cap.When), $"{(cap.IsFloor ? "at least" : "at most")} {ExpressionText.Of(cap.At)}", cap.Because.In(language), cap.Reference)))));
        }

        foreach (Step step in methodology.Plan.Steps)
        {
            if (step.Operation is Operation.Lookup lookup)
            {
                blocks.Add(new DocumentBlock.Paragraph($"{step.Shown.Label.In(language)}: the first row that holds counts."));
                blocks.Add(TableOf(lookup.Table));
            }
        }

        return new DocumentSection("scores", "What is measured and how", blocks.ToImmutable());
    }

    private static string TakenIn(IndicatorRule rule)
    {
        string[] values = [.. rule.Parts.Select(part => ExpressionText.Of(part.Value)).Distinct()];
        string[] conditions = [.. rule.Parts.Select(part => part.Where is { } where ? ExpressionText.Of(where) : "").Distinct()];
        string what = rule.Take == Take.Count ? "count" : $"{rule.Take.ToString().ToLowerInvariant()} of {string.Join(" or ", values)}";
        string which = conditions is [{ Length: > 0 } where] ? $", where {where}" : "";
        string window = rule.Window is { } length ? $", within {LengthIn(length)}" : "";
        string decay = rule.HalfLife is { } life ? $", halved every {LengthIn(life)}" : "";
        return what + which + window + decay;
    }

    private static string LengthIn(Typed length) => length is Typed.Constant { Value: Operand.Span span } ? span.Length.Words() : ExpressionText.Of(length);

    private static string AllowedIn(EvidenceField field)
    {
        string range = (field.Least, field.Most) switch
        {
            ({ } least, { } most) => $"{Numbers.Text(least)} to {Numbers.Text(most)}",
            ({ } least, null) => $"at least {Numbers.Text(least)}",
            (null, { } most) => $"at most {Numbers.Text(most)}",
            _ => "",
        };
        return string.Join("; ", ((string[])[string.Join(", ", field.OneOf), range, field.Optional ? "may be absent" : ""]).Where(part => part.Length > 0));
    }

    private string PartIn(WeightedPart part) => part.Weight is Typed.Constant weight
        ? weight.Value.AsDecimal() == 1 ? LabelOf(part.Of.Name) : $"{weight.Value} × {LabelOf(part.Of.Name)}"
        : $"{string.Join(" ", part.Weight.Slots().Select(slot => LabelOf(slot.Name)))} × {LabelOf(part.Of.Name)}";

    private string Statistic(CohortStatistic of)
    {
        string what = of.Kind switch
        {
            StatisticKind.Percentile => $"percentile {Numbers.Text(of.At)} ({of.Definition})",
            StatisticKind.StandardDeviation => "sample standard deviation",
            StatisticKind.Centres => $"centres of {of.Clusters} clusters",
            _ => of.Kind.ToString().ToLowerInvariant(),
        };
        return $"{what} of {string.Join(", ", of.Of.Slots().Select(slot => LabelOf(slot.Name)))} over the cohort, at least {of.MinSize} values";
    }

    private string HowOf(Step step)
    {
        string how = step.Operation switch
        {
            Operation.Formula formula => formula.Text,
            Operation.Lookup => "by the table below",
            Operation.Aggregate aggregate => $"{aggregate.Kind.ToString().ToLowerInvariant()} of {string.Join(", ", aggregate.Parts.Select(part => PartIn(part)))}{(aggregate.SkipsMissing ? ", what is missing left out and its weight shared out" : "")}{(aggregate.Need > 1 ? $", at least {aggregate.Need} of them" : "")}",
            Operation.Statistic statistic => $"the same for everyone{(statistic.Of.By is null ? "" : " of a peer group")}: {Statistic(statistic.Of)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return step.Rounding is { } rounding ? $"{how}, {rounding.InWords()}" : how;
    }

    private string MissingIn(WhenMissing missing) => missing switch
    {
        WhenMissing.NotRated not => $"no rating: {NotRatedCodes.Words(not.Code)}",
        WhenMissing.Stays => "it stays missing",
        WhenMissing.Counts counts => $"{counts.As}, {counts.Because.In(language)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private DocumentSection Evidence()
    {
        IEnumerable<EvidenceType> types = methodology.Plan.Evidence.Values.OrderBy(type => type.Name, StringComparer.Ordinal);
        return new DocumentSection("evidence", "What counts as evidence, and for how long",
        [
            new DocumentBlock.Paragraph("Only these types of statement count; everything else is left out."),
            Table(["Evidence", "context", "counts for", "because"], types.Select(type => Row(type.Label.In(language), type.Context, type.Expiry.After.Words(), type.Expiry.Because.In(language)))),
            Table(["Evidence", "field", "type", "allowed values", "unit"], types.SelectMany(type => type.Fields.Select(field => Row(type.Label.In(language), field.Label.In(language), field.Type.ToString(), AllowedIn(field), field.Unit)))),
        ]);
    }

    private DocumentSection Parameters() => new("parameters", "Parameters and their law", methodology.Parameters.IsEmpty ? [] :
        [Table(["Parameter", "name", "from", "value", "unit", "decided", "reference"], methodology.Parameters.SelectMany(parameter => parameter.Values.Select(value => Row(
            parameter.Label.In(language) is { Length: > 0 } label ? label : parameter.Name.Replace('_', ' '), parameter.Name, Day.Text(value.From), value.Value, parameter.Unit, value.Decided is { } day ? Day.Text(day) : "", value.Reference))))]);

    private DocumentSection Robustness() => new("robustness", "How firmly the bands stand", methodology.Plan.Robustness is not { } rule ? [] :
    [
        new DocumentBlock.Paragraph($"Each rating is tried {Numbers.Text(rule.Draws)} times under other weights and other ways of computing, drawn from the seed {rule.Seed}; it says how often which outcome came out. Cohort statistics stay as surveyed."),
        Table(["Score", "what is drawn"], [
            .. rule.Weights.Select(varied => Row(LabelAt(varied.Slot), varied.Spread switch
            {
                WeightSpread.Uniform uniform => $"each weight, from {Numbers.Text(100 - (100 * uniform.Share))} to {Numbers.Text(100 + (100 * uniform.Share))} per cent of it",
                WeightSpread.Dirichlet dirichlet => $"all weights together, Dirichlet({string.Join(", ", dirichlet.Parts)})",
                _ => throw new System.Diagnostics.UnreachableException(),
            })),
            .. rule.Alternatives.SelectMany(varied => varied.Instead.Select(step => Row(LabelAt(varied.Slot), "instead: " + HowOf(step)))),
        ]),
    ]);

    private string LabelAt(int slot) => methodology.Plan.Steps.First(step => step.Slot == slot).Shown.Label.In(language);

    private DocumentSection Transparency() => new("transparency-record", "Algorithmic transparency record", methodology.Record.Entries.IsEmpty ? [] :
        [Table(["Item", "Statement"], methodology.Record.Entries.Select(entry => Row(Heading(entry.Key), entry.Text.In(language)))
            .Prepend(Row("Name", $"{methodology.Title.In(language)} ({methodology.Id} {methodology.Version})"))
            .Append(Row("Kind of algorithm", "Published rules and a table, computed exactly; no learning from data. Every rating names the statements and rules it follows from and can be recomputed by anyone."))
            .Append(Row("Legal basis", string.Join("; ", methodology.Legal.Select(law => law.ToString())))))]);

    private static string Heading(string key) => char.ToUpperInvariant(key[0]) + key[1..].Replace('_', ' ');

    private string LabelOf(string name) => methodology.Plan.Shown(name)?.Label.In(language) ?? name.Replace('_', ' ');

    private static DocumentBlock.Table Table(ImmutableArray<string> header, IEnumerable<ImmutableArray<string>> rows) => new(header, [.. rows]);

    private static ImmutableArray<string> Row(params ReadOnlySpan<string> cells) => [.. cells];
}
