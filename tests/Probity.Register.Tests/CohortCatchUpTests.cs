using CsCheck;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;
using Probity.Tests.Support;

namespace Probity.Register.Tests;

/// <summary>Views of a methodology with cohort statistics follow the ledger: what does not move is not rated again, and nobody could tell.</summary>
public sealed class CohortCatchUpTests
{
    private static readonly DateOnly Day = new(2025, 12, 31);
    private static readonly Provenance Inspections = new("inspections", "food", "Kitchens Act (invented)", "public information on food hygiene");
    private static readonly string DefinitionText = File.ReadAllText(Path.Combine(SharedData.Root, "registers", "demo-food-hygiene", "register.yaml"));
    private static readonly RegisterDefinition Definition = RegisterDefinition.Read("register.yaml", DefinitionText, [])!;
    private static readonly Methodology Methodology = Rating.Methodology.Read("peers.yaml", Rules, [])!;

    private const string Rules = """
        probity: 1
        id: peers
        version: 1.0.0
        title: Ranks among peers
        status: draft
        applies: {from: 2000-01-01}
        rates: establishment
        contexts: [food]
        month_ends: last_day
        authority: {name: Nobody}
        bands: [{code: a, label: A}, {code: b, label: B}]
        evidence:
          finding: {expires: {after: P9Y, because: measured for nine years}, fields: {points: {type: int, min: 0, max: 100}, trade: {type: text}}}
        indicators:
          trade: {from: finding, take: latest, value: trade, missing: stays}
          points: {from: finding, take: sum, value: points, better: lower, missing: stays}
        scores:
          ordinary: {cohort: {statistic: mean, of: points, by: trade, min_size: 2}}
          rank: {percentile_rank: {of: points, by: trade, min_size: 2}, better: lower, best: 0, worst: 1}
        outcome: {score: rank, dimensions: [points], band: {hit: first, rows: [{when: {rank: "<= 0.5"}, then: a}, {then: b}]}}
        """;

    [Fact]
    public void Catching_up_gives_what_making_all_again_gives() => Gen.Select(Gen.Int[0, 14], Gen.Int[0, 2], Gen.Int[0, 100]).Array[1, 9].Array[2, 4].Sample(
        batches =>
        {
            using var folder = new TemporaryFolder();
            using TransparencyLog log = Opened(folder);
            foreach ((int, int, int)[] batch in batches)
            {
                log.Append([.. batch.Select((one, i) => Finding(one.Item1, $"trade-{one.Item2}", (one.Item3, $"{log.Size}.{i}")))]);
                RatingRun followed = CatchUp(log, folder["followed"]);
                Assert.Equal(CatchUp(log, folder[$"whole-{log.Size}"]).Results, followed.Results);
            }
        },
        iter: 12);

    [Fact]
    public void A_statement_moves_its_organisation_and_its_peers_and_nobody_of_another_trade()
    {
        using var folder = new TemporaryFolder();
        using TransparencyLog log = Opened(folder);
        log.Append([.. Enumerable.Range(0, 6).Select(i => Finding(i, i < 3 ? "baker" : "butcher", (10 * i, "first")))]);
        long before = log.Size;
        log.Append([Finding(4, "butcher", (100, "second"))]);
        long[] about = [before, .. Enumerable.Range(0, 6).Select(i => before - 6 + i)];
        (long, OrganisationEntries)[] all = [.. Enumerable.Range(0, 6).Select(i => ((long)i, new OrganisationEntries(null, [.. about.Skip(1).Where((_, k) => k == i), .. i == 4 ? about[..1] : []])))];
        CohortChange change = CohortChange.Of(Methodology, all, (new AsOf(Day, before), new AsOf(Day, log.Size)), entries => DossierReading.ReadAll(log, entries));
        Assert.Equal([3L, 4L, 5L], change.Moved.Order());
    }

    private static TransparencyLog Opened(TemporaryFolder folder)
    {
        TransparencyLog log = TransparencyLog.Open(folder["data"], new LogOptions("register.example/kitchens"));
        log.PutDocument(Publication.BytesOf(DefinitionText));
        log.PutDocument(Publication.BytesOf(Rules));
        log.Append([
            Publication.Of(Definition, Occasion.Of(Publication.RegisterType, null), DefinitionText, null),
            Publication.Of(Definition, new Occasion(Publication.MethodologyType, "peers.yaml", new DateOnly(2022, 1, 1)), Rules, Methodology.Fingerprint)]);
        return log;
    }

    private static RatingRun CatchUp(TransparencyLog log, string views)
    {
        Directory.CreateDirectory(views);
        return new RegisterProjection(log, views, static (_, _) => { }).CatchUp(new AsOf(Day, log.Size), CancellationToken.None);
    }

    private static Statement Finding(int establishment, string trade, (int Points, string Item) said) => Statement.Finding(
        Inspections, new RecordId("inspections", $"K-{establishment}"), SubjectKind.Establishment, new Occasion("finding", said.Item, new DateOnly(2024, 5, 1)),
        Fields.Of(("points", Value.Of(said.Points)), ("trade", Value.Of(trade))));
}
