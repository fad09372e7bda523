using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>What an explanation says of the values of peers.</summary>
public sealed class PeerExplanationTests
{
    private static readonly AsOf Then = new(new DateOnly(2024, 6, 30), 100);

    [Theory]
    [InlineData(5, "[0, 1, 2, 3, 4]")]
    [InlineData(40, "40 values, 0 to 39")]
    public void A_rank_among_many_does_not_write_out_the_values_of_all_peers(int peers, string shown)
    {
        (Methodology methodology, Dossier[] dossiers) = (Files.Written(Rules), [.. Enumerable.Range(0, peers).Select(DossierOf)]);
        Cohort cohort = RatingEngine.Survey(methodology, dossiers, Then);
        OrganisationRating rating = RatingEngine.Rate(methodology, dossiers[peers / 2], Then, cohort);
        ExplanationLine line = Assert.Single(rating.Explanation.Walk(), line => line.Rule == "score.rank_values");
        Assert.StartsWith($"rank values: {shown}", line.Text, StringComparison.Ordinal);
        Assert.Contains($"{peers} values", line.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void Ranks_count_how_many_are_lower_whether_the_list_is_short_or_long(int peers)
    {
        (Methodology methodology, Dossier[] dossiers) = (Files.Written(Rules), [.. Enumerable.Range(0, peers).Select(DossierOf)]);
        Cohort cohort = RatingEngine.Survey(methodology, dossiers, Then);
        for (int i = 0; i < peers; i++)
        {
            Assert.Equal((decimal)((double)i / (peers - 1)), RatingEngine.Rate(methodology, dossiers[i], Then, cohort).Score);
        }
    }

    private const string Rules = """
        probity: 1
        id: test.peers
        version: 1.0.0
        title: Peers
        status: draft
        applies: {from: 2000-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Somebody}
        bands: [{code: best, label: Best}, {code: worst, label: Worst}]
        evidence:
          figure: {expires: {after: P3Y, because: old}, fields: {a: {type: int}}}
        indicators:
          a: {from: figure, take: latest, value: a, missing: stays}
        scores:
          rank: {percentile_rank: {of: a, min_size: 2}}
        outcome: {score: rank, dimensions: [rank], band: {hit: first, rows: [{when: {rank: "<= 0.5"}, then: best}, {then: worst}]}}
        """;

    private static Dossier DossierOf(int number)
    {
        var record = new RecordId("test", $"{number}");
        var finding = Statement.Finding(new Provenance("test", "food", "Act", "test"), record, SubjectKind.Establishment, Occasion.Of("figure", Then.ValidAt), Fields.Of(("a", Value.Of(number))));
        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [new Entry(number, finding)]);
    }
}
