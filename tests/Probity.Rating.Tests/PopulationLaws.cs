using CsCheck;
using Probity.Evidence;
using Probity.Rating.Columns;
using Probity.Rating.Tests.Generated;

namespace Probity.Rating.Tests;

/// <summary>The two back ends have one meaning: on methodologies and data that nobody wrote, every outcome, score and output is the same.</summary>
public sealed class PopulationLaws
{
    private const int Cases = 300;
    private static readonly AsOf Then = GeneratedDossiers.Then;

    [Fact]
    public void Columns_give_what_the_interpreter_gives() => Sample(Cases, drawn =>
    {
        Cohort cohort = Engine.Survey.Of(drawn.Methodology, drawn.Dossiers, Then);
        PopulationRating rating = drawn.Population.Rate(1);
        Assert.Equal(drawn.Dossiers.Count, rating.Count);
        foreach (Dossier dossier in drawn.Dossiers)
        {
            OrganisationRating expected = RatingEngine.Rate(drawn.Methodology, dossier, Then, cohort);
            int row = rating.RowOf(dossier.Organisation);
            Assert.True(expected.Outputs.SequenceEqual(rating.OutputsOf(row)), $"{string.Join('\n', expected.Outputs.Zip(rating.OutputsOf(row)).Where(pair => pair.First != pair.Second))}\n{drawn.Text}");
            Assert.True(expected.Outcome == rating.OutcomeOf(row), $"{expected.Outcome} {rating.OutcomeOf(row)}\n{drawn.Text}");
            Assert.Equal(expected.Outcome.Code, rating.Codes[rating.CodeOf(row)]);
            Assert.Equal(expected.Score, rating.ScoreOf(row));
        }
    });

    [Fact]
    public void The_cohort_of_the_columns_is_the_survey_of_the_interpreter() => Sample(Cases / 3, drawn =>
    {
        (Cohort surveyed, Cohort cohort) = (Engine.Survey.Of(drawn.Methodology, drawn.Dossiers, Then), drawn.Population.Rate(1).ToCohort());
        Assert.Equal(surveyed.Size, cohort.Size);
        Assert.All(drawn.Dossiers.Take(5), dossier => Assert.Equal(
            RatingEngine.Rate(drawn.Methodology, dossier, Then, surveyed).ToFields(), RatingEngine.Rate(drawn.Methodology, dossier, Then, cohort).ToFields()));
    });

    [Fact]
    public void Threads_and_blocks_make_no_difference() => Sample(Cases / 3, drawn =>
    {
        PopulationRating rating = drawn.Population.Rate(new Division(1, 0));
        foreach (Division work in (Division[])[new(1, 1), new(2, 3), new(4, 7)])
        {
            Same(rating, drawn.Population.Rate(work));
        }
    });

    [Fact]
    public void Another_day_asked_of_the_same_columns_is_that_day() => Sample(Cases / 3, drawn =>
    {
        var day = Then.ValidAt.AddDays(-400);
        Same(Population.Of(drawn.Methodology, drawn.Dossiers, Then with { ValidAt = day }).Rate(1), drawn.Population.At(day).Rate(1));
    });

    [Fact]
    public void What_if_gives_what_rating_by_the_changed_rules_gives() => Sample(Cases / 2, drawn =>
    {
        MethodologyChange change = drawn.Choices.Below(4) switch
        {
            0 => new MethodologyChange.ParameterValue("reach", "P3M"),
            1 => new MethodologyChange.ParameterValue("half", "P1Y"),
            2 => new MethodologyChange.ParameterValue("factor", "0.5"),
            _ => new MethodologyChange.ParameterValue("limit", "-3"),
        };
        Methodology changed = drawn.Methodology.With([change], [])!;
        PopulationRating before = drawn.Population.Rate(1);
        PopulationRating after = before.WhatIf(changed, 2);
        Same(Population.Of(changed, drawn.Dossiers, Then).Rate(1), after);
        Assert.Equal(before.Counts, after.MovesFrom(before).Select(row => row.Sum()));
        Assert.Equal(after.Counts, Enumerable.Range(0, after.Codes.Length).Select(to => after.MovesFrom(before).Sum(row => row[to])));
    });

    [Fact]
    public void Rating_again_what_changed_gives_what_rating_all_again_gives() => Sample(Cases, drawn =>
    {
        PopulationRating rating = drawn.Population.Rate(1);
        var dossiers = drawn.Dossiers.ToDictionary(dossier => dossier.Organisation);
        for (int step = 0; step < 3; step++)
        {
            AsOf now = Then with { KnownAt = 2000 + (100 * step) };
            Dossier[] changed = [.. drawn.Dossiers.Where(_ => drawn.Choices.OneIn(6)).Select(dossier => GeneratedDossiers.WithOneMore(drawn.Choices, dossiers[dossier.Organisation], now.KnownAt - 1)),
                .. GeneratedDossiers.New(drawn.Choices, step)];
            foreach (Dossier dossier in changed)
            {
                dossiers[dossier.Organisation] = dossier;
            }

            // What became known between two ledger sizes changes an organisation too.
            Dossier[] due = step == 0 ? [.. dossiers.Values.Where(dossier => dossier.Entries.Any(entry => entry.Index >= Then.KnownAt))] : changed;
            PopulationRating next = rating.With(due, now.KnownAt, 2);
            PopulationRating whole = Population.Of(drawn.Methodology, dossiers.Values, now).Rate(1);
            Same(whole, next);
            Assert.Subset(next.MovedSince(rating).Select(next.OrganisationOf).ToHashSet(), Moved(rating, whole).ToHashSet());
            rating = next;
        }
    });

    [Fact]
    public void Columns_written_and_read_back_are_the_same() => Sample(Cases / 3, drawn =>
    {
        using var stream = new MemoryStream();
        drawn.Population.WriteTo(stream);
        byte[] bytes = stream.ToArray();
        Population read = Population.Read(drawn.Methodology, bytes, Then.ValidAt)!;
        Assert.Equal(Then, read.AsOf);
        Same(drawn.Population.Rate(1), read.Rate(2));
        bytes[drawn.Choices.Below(bytes.Length)] ^= 1;
        Assert.Null(Population.Read(drawn.Methodology, bytes, Then.ValidAt));
    });

    [Fact]
    public void Most_generated_methodologies_are_valid() =>
        Assert.InRange(Enumerable.Range(0, 60).Count(seed => Draw((ulong)seed) is not null), 30, 60);

    private static void Sample(int cases, Action<Drawn> law) => Gen.ULong.Sample(
        seed =>
        {
            if (Draw(seed) is { } drawn)
            {
                law(drawn);
            }
        },
        iter: cases);

    private static Drawn? Draw(ulong seed)
    {
        var choices = new Choices(seed);
        string text = GeneratedMethodology.Of(choices);
        return Methodology.Read("generated.yaml", text, []) is { } methodology ? new Drawn(choices, methodology, GeneratedDossiers.Of(choices), text) : null;
    }

    private static void Same(PopulationRating expected, PopulationRating found)
    {
        Assert.Equal(expected.Counts, found.Counts);
        for (int row = 0; row < expected.Count; row++)
        {
            Assert.Equal(expected.OrganisationOf(row), found.OrganisationOf(row));
            Assert.Equal(expected.OutputsOf(row), found.OutputsOf(row));
            Assert.Equal(expected.OutcomeOf(row), found.OutcomeOf(row));
        }
    }

    private static IEnumerable<OrganisationId> Moved(PopulationRating before, PopulationRating after) =>
        Enumerable.Range(0, after.Count).Select(after.OrganisationOf).Where(organisation =>
        {
            (int then, int now) = (before.RowOf(organisation), after.RowOf(organisation));
            return then < 0 || before.OutcomeOf(then) != after.OutcomeOf(now) || !before.OutputsOf(then).SequenceEqual(after.OutputsOf(now));
        });

    private sealed record Drawn(Choices Choices, Methodology Methodology, List<Dossier> Dossiers, string Text)
    {
        public Population Population { get; } = Population.Of(Methodology, Dossiers, Then);
    }
}
