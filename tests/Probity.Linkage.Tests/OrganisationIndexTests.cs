using System.Collections.Immutable;
using CsCheck;
using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class OrganisationIndexTests
{
    private const string Header = "id,name,address,zip,phone";

    private static readonly LinkTable Register = Tables.Of("r", Header, Tables.Filler(300, (i, word) => $"{i},{word} Foods Ltd,{i + 1} {word} Road,{10000 + i},55510{i:D4}"));
    private static readonly LinkTable Partner = Tables.Of("p", Header, Tables.Filler(60, (i, word) => $"{i},{word} FOODS Limited,{i + 1} {word} Rd,{10000 + i},55510{i:D4}"));
    private static readonly TrainedLinkage Trained = TrainedLinkage.Of(Tables.Link(Register, Partner));

    [Fact]
    public void A_record_is_found_by_a_misspelt_name_and_a_place_with_the_reasons()
    {
        OrganisationIndex index = Index(Register);
        OrganisationQuestion question = OrganisationQuestion.Named("Corbelbelus Foods") with { Address = "2 Corbelbelus Road", Postcode = "10001" };
        MatchCandidate best = index.Match(question, 5)[0];
        Assert.Equal(new RecordId("r", "1"), best.Record);
        Assert.InRange(best.Probability, 0.99, 1);
        Assert.Equal(best.Probability, 1 / (1 + Math.Pow(2, -best.Waterfall.Sum(step => step.Bits))), 12);
        MatchCandidate misspelt = index.Match(question with { Name = "Corbelbellus Foods" }, 5)[0];
        Assert.Equal(best.Record, misspelt.Record);
    }

    [Fact]
    public void A_question_about_nobody_finds_nobody() => Assert.Empty(Index(Register).Match(OrganisationQuestion.Named("Zzyzx Quarries"), 5));

    [Fact]
    public void Asking_leaves_the_index_as_it_was()
    {
        OrganisationIndex index = Index(Register);
        string before = string.Join(' ', index.PairsOf(new RecordId("r", "1")));
        index.Match(OrganisationQuestion.Named("Unheardof Words Nobody Knows"), 5);
        Assert.Equal(before, string.Join(' ', index.PairsOf(new RecordId("r", "1"))));
    }

    [Fact]
    public void What_was_learnt_is_the_same_after_writing_and_reading()
    {
        TrainedLinkage read = TrainedLinkage.Read(Trained.Write())!;
        Assert.Equal(Trained.Write(), read.Write());
        OrganisationIndex index = OrganisationIndex.Of(read);
        index.Add(Register, ColumnGuess.Of(Register));
        index.Add(Partner, ColumnGuess.Of(Partner));
        Assert.Equal(Pairs(Index(Register, Partner)), Pairs(index));
        Assert.Null(TrainedLinkage.Read("{}"));
        Assert.Null(TrainedLinkage.Read("no json"));
    }

    [Fact]
    public void Records_in_any_order_and_in_any_portions_make_the_same_clusters() => Gen.Select(Gen.Shuffle(Enumerable.Range(0, 60).ToArray()), Gen.Int[1, 20]).Sample(
        (order, portion) => Assert.Equal(FromScratch, OneAfterTheOther(order, portion)), iter: 10);

    [Fact]
    public void A_record_given_again_takes_the_place_of_what_it_said_before()
    {
        OrganisationIndex index = Index(Register, Partner);
        LinkTable moved = Tables.Of("p", Header, "0,Quite Another Name Ltd,77 Elsewhere Street,99999,5559999");
        IReadOnlySet<RecordId> changed = index.Add(moved, ColumnGuess.Of(moved));
        Assert.Contains(new RecordId("r", "0"), changed);
        Assert.Empty(index.PairsOf(new RecordId("p", "0")));
        Assert.Equal(360, index.Count);
    }

    private static string FromScratch { get; } = Text(Clusters(Index(Register, Partner)));

    private static string OneAfterTheOther(int[] order, int portion)
    {
        OrganisationIndex index = Index(Register);
        Dictionary<RecordId, ImmutableArray<RecordId>> clusters = Clusters(index).SelectMany(cluster => cluster.Select(record => (record, cluster))).ToDictionary(pair => pair.record, pair => pair.cluster);
        foreach (int[] rows in order.Chunk(portion))
        {
            var day = new LinkTable("p", Partner.Columns, [.. rows.Select(row => Partner.Rows[row])]);
            foreach (ImmutableArray<RecordId> cluster in index.ClustersAround(index.Add(day, ColumnGuess.Of(day)), 0.999, []))
            {
                foreach (RecordId record in cluster)
                {
                    clusters[record] = cluster;
                }
            }
        }

        return Text(clusters.Values.DistinctBy(cluster => cluster[0]));
    }

    private static IReadOnlyList<ImmutableArray<RecordId>> Clusters(OrganisationIndex index) =>
        index.ClustersAround([.. Ids(Register), .. Ids(Partner)], 0.999, []);

    private static string Pairs(OrganisationIndex index) => string.Join('\n', Ids(Register).SelectMany(index.PairsOf).Select(pair => $"{pair.One} {pair.Other} {pair.Probability}"));

    private static string Text(IEnumerable<ImmutableArray<RecordId>> clusters) =>
        string.Join('\n', clusters.Select(cluster => string.Join(' ', cluster.Order())).Order(StringComparer.Ordinal));

    private static IEnumerable<RecordId> Ids(LinkTable table) => table.Rows.Select(row => new RecordId(table.Name, row[0]));

    private static OrganisationIndex Index(params LinkTable[] tables)
    {
        OrganisationIndex index = OrganisationIndex.Of(Trained);
        foreach (LinkTable table in tables)
        {
            index.Add(table, ColumnGuess.Of(table));
        }

        return index;
    }
}
