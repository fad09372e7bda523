using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class OrganisationIndexTests
{
    private const string Header = "id,name,address,zip,phone";

    private static readonly LinkTable Register = Tables.Of("r", Header, Tables.Filler(300, (i, word) => $"{i},{word} Foods Ltd,{i + 1} {word} Road,{10000 + i},55510{i:D4}"));

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
        OrganisationQuestion known = OrganisationQuestion.Named("Corbelbelus Foods");
        string before = Text(index.Match(known, 5));
        index.Match(OrganisationQuestion.Named("Unheardof Words Nobody Knows"), 5);
        Assert.Equal(before, Text(index.Match(known, 5)));
    }

    [Fact]
    public void The_order_of_rows_changes_no_answer()
    {
        OrganisationIndex reversed = Index(Register with { Rows = LinkRows.Of(Register.Columns.Length, Register.Rows.Reverse()) });
        Assert.All(Register.Rows.Take(40), row =>
        {
            OrganisationQuestion question = OrganisationQuestion.Named(row[1]) with { Address = row[2], Telephone = row[4] };
            Assert.Equal(Index(Register).Match(question, 5).Select(found => found.Record), reversed.Match(question, 5).Select(found => found.Record));
        });
    }

    [Fact]
    public void A_telephone_number_that_many_share_says_less_than_one_that_two_share()
    {
        LinkTable shared = Tables.Of("r", Header, Tables.Filler(300, (i, word) => $"{i},{word} Foods Ltd,{i + 1} {word} Road,{10000 + i},{(i < 50 ? "5559999" : $"55510{i:D4}")}"));
        Assert.InRange(TelephoneBits(shared, 5), -3, TelephoneBits(shared, 60) - 3);
    }

    private static double TelephoneBits(LinkTable table, int row)
    {
        OrganisationQuestion question = OrganisationQuestion.Named(table.Rows[row][1]) with { Telephone = table.Rows[row][4] };
        return Index(table).Match(question, 1)[0].Waterfall.Single(step => step.Field == "telephone").Bits;
    }

    private static string Text(IEnumerable<MatchCandidate> found) => string.Join('\n', found.Select(candidate => $"{candidate.Record} {candidate.Probability}"));

    private static OrganisationIndex Index(LinkTable table) => OrganisationIndex.Of(table, ColumnGuess.Of(table));
}
