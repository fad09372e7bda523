namespace Probity.Linkage.Tests;

/// <summary>Files of a few records: what a first-time user tries. Nothing is joined for want of others to compare with, and no pair is passed over.</summary>
public sealed class SmallInputTests
{
    private static readonly string[] Saints = ["Mary", "John", "Luke", "Mark", "Paul", "Ann"];

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(150)]
    [InlineData(201)]
    [InlineData(400)]
    public void Pharmacies_of_few_names_in_few_streets_became_one_organisation(int count)
    {
        LinkTable table = Tables.Of("x", "id,name,address,town,telephone", Enumerable.Range(0, count).Select(i =>
            $"{i},St {Saints[i % 6]} Pharmacy,{1 + (i * 7 % 300)} {Saints[i / 6 % 6]} Street,Leeds,0113 2{(i * 7919 % 1000000):D6}"));
        Assert.Equal(count, Tables.Link(table).Clusters);
    }

    [Fact]
    public void Firms_of_one_name_in_one_street_became_one_organisation()
    {
        LinkTable table = Tables.Of("x", "id,name,address", Enumerable.Range(0, 100).Select(i => $"{i},{Saints[i % 6]} and Partners Solicitors,{1 + (3 * i)} High Street"));
        Assert.Equal(100, Tables.Link(table).Clusters);
    }

    private const string Header = "id,name,address,postcode,phone";

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void One_bare_name_three_times_is_not_joined_in_a_file_of_a_few_records(int records)
    {
        string[] others = ["Borealis Foods", "Cedar Motors", "Dunmore Logistics"];
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name", Enumerable.Range(0, records).Select(i => $"{i},{(i < 3 ? "Acme" : others[i - 3])}")));
        Assert.Equal(records, result.Clusters);
        Assert.Equal(3, result.Pairs().Count());
    }

    [Fact]
    public void Two_files_of_five_records_are_linked_where_name_and_premises_agree()
    {
        LinkTable register = Tables.Of(
            "register", Header, "1,Alder Foods Ltd,12 High Street,EC1A 1BB,", "2,Birch & Sons Motors,4 Mill Lane,LS1 4AP,0113 496 0002", "3,Cedar Logistics PLC,77 Dock Road,L3 4BX,",
            "4,Dunmore Dairy,1 Farm Way,BT1 5GS,", "5,Elm Care Home,9 Park Row,BS1 5LJ,");
        LinkTable partner = Tables.Of(
            "partner", Header, "1,ALDER FOODS LIMITED,12 High St,EC1A 1BB,", "2,Birch and Sons,4 Mill Ln,LS1 4AP,0113 496 0002", "3,Cedar Logistic Public Limited Company,77 Dock Rd.,L3 4BX,",
            "4,Fernhill Bakery,3 Oak Street,M1 2AB,", "5,Greenway School,8 Dale Road,YO1 7HH,");
        LinkageResult result = Tables.Link(register, partner);
        Assert.Equal(["1", "2", "3"], result.Pairs().Where(pair => pair.Linked && pair.One.Record == pair.Other.Record).Select(pair => pair.One.Record));
        Assert.Equal(7, result.Clusters);
    }

    [Fact]
    public void A_pair_that_no_key_finds_is_compared_in_a_small_file()
    {
        LinkageResult result = Tables.Link(
            Tables.Of("a", "id,name,city", "1,Marinello Boatyrd,Oban", "2,Dunmore Dairy,Perth"),
            Tables.Of("b", "id,name,city", "1,Marinelo Boatyard,Oban", "2,Greenway School,Ayr"));
        Assert.Equal(6, result.PairsCompared);
        LinkedPair pair = Assert.Single(result.Pairs());
        Assert.Equal("a:1 b:1", $"{pair.One} {pair.Other}");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(70)]
    [InlineData(300)]
    public void Two_lists_of_the_same_names_and_nothing_else_are_shown_for_review_and_not_joined(int names)
    {
        LinkResult result = Lists(names);
        Assert.Equal(2 * names, result.Clusters);
        Assert.Equal(names, result.Doubtful);
    }

    private static LinkResult Lists(int names)
    {
        string[] words = [.. Tables.Filler(2 * names, (_, word) => word)];
        LinkageResult result = Tables.Link(
            Tables.Of("a", "id,name", Enumerable.Range(0, names).Select(i => $"{i},{words[i]} {words[^(i + 1)]} Ltd")),
            Tables.Of("b", "id,name", Enumerable.Range(0, names).Select(i => $"{i},{words[i].ToUpperInvariant()} {words[^(i + 1)]} LIMITED")));
        return new LinkResult(result.Clusters, result.Pairs().Count(pair => pair.One.Record == pair.Other.Record && pair.Probability is >= 0.5 and < 0.999));
    }

    private sealed record LinkResult(int Clusters, int Doubtful);
}
