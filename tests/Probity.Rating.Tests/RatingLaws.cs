using CsCheck;
using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>Laws that hold for every organisation, tried on generated ones.</summary>
public sealed class RatingLaws
{
    private const string Rules = """
        probity: 1
        id: test.laws
        version: 1.0.0
        title: Laws
        status: draft
        applies: {from: 2000-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        bands: [{code: good, label: Good}, {code: fair, label: Fair}, {code: bad, label: Bad}]
        evidence:
          breach: {expires: {after: P3Y, because: old breaches say little}, fields: {points: {type: int, min: 0, max: 1000}, grave: {type: flag, optional: true}}}
        indicators:
          sum: {from: breach, take: sum, value: points, better: lower, missing: zero, because: no breach is evidence of none}
          count: {from: breach, take: count, missing: zero, because: no breach is evidence of none}
          recent: {from: breach, take: sum, window: P6M, value: points, better: lower, missing: zero, because: no breach is evidence of none}
          worst: {from: breach, take: max, value: points, better: lower, missing: stays}
        scores:
          weighed: {mean: {of: {sum: 0.7, recent: 0.2, worst: 0.1}, total: 1, missing: share_out}, round: {to: 0.5, mode: half_up}}
          total: {value: weighed + 3 - count, caps: [{id: most, when: sum > 10, at_most: 400, because: enough is enough}]}
        outcome:
          score: total
          dimensions: [sum, worst]
          band: {hit: first, rows: [{when: {total: <= 50}, then: good}, {when: {total: <= 200}, then: fair}, {then: bad}]}
        """;

    private static readonly Methodology Scheme = Files.Written(Rules);
    private static readonly AsOf Then = new(new DateOnly(2020, 6, 30), 1000);

    private static readonly Gen<Dossier> Dossiers = Gen.Select(Gen.Int[-200, 1500], Gen.Int[0, 1200]).List[0, 12].Select(breaches => DossierOf(breaches));

    [Fact]
    public void G12_the_points_of_an_explanation_sum_to_the_score() => Dossiers.Sample(dossier =>
    {
        OrganisationRating rating = RatingEngine.Rate(Scheme, dossier, Then, Cohort.None);
        foreach (ExplanationLine line in rating.Explanation.Walk().Where(line => line.Points is not null && line.Children.Any(child => child.Points is not null)))
        {
            Assert.Equal(line.Points, line.Children.Sum(child => child.Points ?? 0));
        }
    });

    [Fact]
    public void The_same_arguments_give_the_same_bytes() => Dossiers.Sample(dossier =>
        Assert.Equal(RatingEngine.Rate(Scheme, dossier, Then, Cohort.None).ToBytes(), RatingEngine.Rate(Files.Written(Rules), dossier, Then, Cohort.None).ToBytes()));

    [Fact]
    public void G31_a_finding_older_than_its_expiry_takes_no_points() => Dossiers.Sample(dossier =>
    {
        DateOnly limit = Then.ValidAt.AddYears(-3);
        var young = new Dossier(dossier.Organisation, dossier.Subject, [.. dossier.Entries.Where(entry => entry.Statement.ValidFrom > limit)]);
        Assert.Equal(RatingEngine.Rate(Scheme, young, Then, Cohort.None).Outputs, RatingEngine.Rate(Scheme, dossier, Then, Cohort.None).Outputs);
    });

    [Fact]
    public void The_nearest_change_moves_the_band_to_the_one_it_names() => Dossiers.Sample(dossier =>
    {
        OrganisationRating rating = RatingEngine.Rate(Scheme, dossier, Then, Cohort.None);
        Assert.True(rating.NearestChange is null || rating.NearestChange.Band != rating.Outcome.Code);
        Assert.All(rating.Margins, margin => Assert.NotEqual(rating.Outcome.Code, margin.Band));
    });

    private static Dossier DossierOf(List<(int DaysAgo, int Points)> breaches)
    {
        var record = new RecordId("test", "1");
        var law = new Provenance("test", "food", "Act", "test");
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [.. breaches.Select((breach, index) => new Entry(index, Statement.Finding(
            law, record, SubjectKind.Establishment, new Occasion("breach", $"{index}", Then.ValidAt.AddDays(-breach.DaysAgo)), Fields.Of(("points", Value.Of(breach.Points))))))]);
    }
}
