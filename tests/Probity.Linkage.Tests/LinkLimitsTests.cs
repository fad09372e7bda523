using Probity.Evidence;

namespace Probity.Linkage.Tests;

/// <summary>What agreement can mean between two organisations, and how far it is believed: branches, namesakes, head offices, files of many records an organisation.</summary>
public sealed class LinkLimitsTests
{
    private const string Header = "id,name,address,zip,phone";

    private const string Town = "id,name,address,zip,town,phone";

    private static readonly string[] Others = [.. Tables.Filler(200, (i, word) => $"f{i},{word} Foods,{i} {word} road,{10000 + i},55510{i:D4}")];

    [Theory]
    [InlineData("Rabenhorst Harbour House Lakeside Nursery", "14 Lake Road,20007")]
    [InlineData("Rabenhorst Harbour House", "14 Lake Road,20007")]
    [InlineData("Rabenhorst Harbour House Lakeside Nursery", "14 Lake Road,20001")]
    public void Two_branches_under_the_telephone_of_their_head_office_were_one_organisation(string other, string elsewhere)
    {
        LinkedPair pair = PairOf("Rabenhorst Harbour House Northfield Kindergarten Wing Oststadt,12 Pier Street,20001,5559876", $"{other},{elsewhere},5559876");
        Assert.Equal((false, "limit"), (pair.Linked, pair.Waterfall[^1].Field));
        Assert.Equal(1d / 3, pair.Probability, 12);
    }

    [Fact]
    public void Two_firms_of_one_group_at_two_addresses_were_one_organisation_for_the_domain_of_the_group()
    {
        string[] others = [.. Tables.Filler(200, (i, word) => $"f{i},{word} Foods,{i} {word} road,{10000 + i},55510{i:D4},{word}.example")];
        LinkTable table = Tables.Of(
            "a", Header + ",website", [.. others, "x,Rabenhorst Trading Inc.,12 Pier Street,20001,5559876,rabenhorst.example", "y,Rabenhorst Consulting Inc.,14 Lake Road,20007,5551234,rabenhorst.example"]);
        LinkedPair pair = Tables.Link(table).Explain(new RecordId("a", "x"), new RecordId("a", "y"))!;
        Assert.Equal((false, "limit"), (pair.Linked, pair.Waterfall[^1].Field));
    }

    [Theory]
    [InlineData("Rabenhorst Dental Clinic", "Mulhouser Eye Clinic")]
    [InlineData("Rabenhorst Pharmacy", "Mulhouser Pharmacy")]
    [InlineData("St Mary Medical Center", "St Luke Medical Center")]
    public void Two_practices_in_one_house_were_one_organisation_for_a_common_word(string one, string other)
    {
        LinkedPair pair = PairOf($"{one},12 Pier Street,20001,5559876", $"{other},12 Pier Street,20001,5559876");
        Assert.Equal((false, "limit"), (pair.Linked, pair.Waterfall[^1].Field));
        Assert.Equal(1d / 3, pair.Probability, 12);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    public void Pharmacies_of_different_names_in_the_houses_of_one_street_were_joined_in_a_small_file(int records)
    {
        string[] saints = ["Mary", "John", "Luke", "Mark", "Paul", "Peter"];
        LinkTable table = Tables.Of("x", "id,name,address,postcode,town", Enumerable.Range(0, records).Select(i => $"{i},St {saints[((i % 2) + (i / 2 % 5)) % 6]} Pharmacy,{1 + (i / 2)} Oak Street,LS1 1AB,Leeds"));
        Assert.Equal(records, Tables.Link(table).Clusters);
    }

    [Theory]
    [InlineData("Rabenhorst Holding GmbH", "Rabenhorst Logistik GmbH", "12 Pier Street,20001,", "12 Pier Street,20001,")]
    [InlineData("Kancelaria Rabenhorst", "Kancelaria Mulhouser", "12 Pier Street,20001,5559876", "12 Pier Street,20001,5551234")]
    public void Two_firms_of_one_house_whose_names_each_say_something_else_were_one_organisation(string one, string other, string here, string there)
    {
        LinkedPair pair = PairOf($"{one},{here}", $"{other},{there}");
        Assert.Equal((false, "limit"), (pair.Linked, pair.Waterfall[^1].Field));
        Assert.True(pair.Probability <= 0.5 + 1e-12);
    }

    [Fact]
    public void One_name_on_the_same_line_of_two_towns_was_one_organisation()
    {
        LinkTable table = Tables.Of("a", Town, [.. Others.Select(line => line.Replace(",5551", ",Altdorf,5551", StringComparison.Ordinal)), "x,Gasthof Post,Hauptstrasse 1,82467,Garmisch,", "y,Gasthof Post,Hauptstrasse 1,83727,Schliersee,"]);
        LinkedPair pair = Tables.Link(table).Explain(new RecordId("a", "x"), new RecordId("a", "y"))!;
        Assert.Equal((false, "elsewhere"), (pair.Linked, pair.Waterfall.Single(step => step.Field == "address").Outcome));
    }

    [Fact]
    public void A_very_rare_name_with_no_more_than_the_town_was_sure()
    {
        LinkTable table = Tables.Of("a", Town, [.. Others.Select(line => line.Replace(",5551", ",Altdorf,5551", StringComparison.Ordinal)), "x,Rabenhorst Mulhouser Zwickelbach Quendel,,,Neustadt,", "y,Rabenhorst Mulhouser Zwickelbach Quendel,,,Neustadt,"]);
        LinkedPair pair = Tables.Link(table).Explain(new RecordId("a", "x"), new RecordId("a", "y"))!;
        Assert.Equal((false, 0.95), (pair.Linked, Math.Round(pair.Probability, 12, MidpointRounding.ToEven)));
    }

    [Fact]
    public void A_street_that_is_nothing_but_its_kind_was_another_street() =>
        Assert.Equal("the same premises", PairOf("Rabenhorst Optics,Allee 1,20001,5559876", "Rabenhorst Optics,Allee 1,20001,5559876").Waterfall.Single(step => step.Field == "address").Outcome);

    [Fact]
    public void A_firm_that_moved_and_kept_its_name_and_telephone_is_linked() =>
        Assert.True(PairOf("Rabenhorst Harbour Optics,12 Pier Street,20001,5559876", "Rabenhorst Harbour Optics Ltd,14 Lake Road,20007,5559876").Linked);

    [Theory]
    [InlineData("20007")]
    [InlineData("20001")]
    public void Two_firms_of_one_name_at_two_addresses_with_two_telephones_were_told_as_nearly_sure(string zip)
    {
        string[] namesakes = [.. Enumerable.Range(0, 3).Select(i => $"n{i},Rabenhorst Bakery,{20 + i} Mill Lane,{20100 + i},555300{i}")];
        LinkedPair pair = PairOf("Rabenhorst Bakery,12 Pier Street,20001,5559876", $"Rabenhorst Bakery,14 Lake Road,{zip},5551234", namesakes);
        Assert.InRange(pair.Probability, 0, 0.5 + 1e-12);
        Assert.False(pair.Linked);
    }

    [Fact]
    public void A_telephone_on_many_records_of_one_house_was_taken_for_one_that_many_share()
    {
        string[] sources = [.. Enumerable.Range(0, 10).Select(i => $"s{i},Rabenhorst Optik,12 Pier Street,20001,5559876")];
        LinkedPair pair = PairOf("Rabenhorst Optik,12 Pier Street,20001,5559876", "Rabenhorst Optik,12 Pier Street,20001,5559876", sources);
        Assert.Equal("the same number", pair.Waterfall.Single(step => step.Field == "telephone").Outcome);
    }

    [Fact]
    public void A_telephone_at_three_houses_counts_as_one_that_many_share()
    {
        LinkedPair pair = PairOf("Rabenhorst Optik,12 Pier Street,20001,5559876", "Rabenhorst Optik,14 Lake Road,20007,5559876", "n,Dunmore Dairy,3 Mill Lane,20100,5559876");
        Assert.Equal("the same number, shared by many", pair.Waterfall.Single(step => step.Field == "telephone").Outcome);
    }

    [Fact]
    public void Another_address_of_the_same_postcode_was_taken_for_a_postcode_alone()
    {
        LinkedPair pair = PairOf("Rabenhorst Optik,12 Pier Street,20001,5559876", "Rabenhorst Bakery,14 Lake Road,20001,5551234");
        Assert.Equal("another address of the same postcode", pair.Waterfall.Single(step => step.Field == "address").Outcome);
    }

    /// <summary>Twelve sources of the same sixty firms hold 66 matches a firm; a share of each sure pair was counted as chance, and what says least was passed over.</summary>
    [Fact]
    public void Files_of_many_records_an_organisation_lost_pairs_to_the_bound_on_matches()
    {
        string[] spellings = ["{0} Harbour Foods", "{0} Foods", "{0} Harbour Food"];
        LinkTable[] sources = [.. Enumerable.Range(0, 12).Select(source => Tables.Of(
            $"s{source}", Header, Tables.Filler(60, (i, word) => $"{i},{string.Format(null, spellings[source % 3], word)},{i + 1} {word} road,{10000 + i},{(source % 4 == 0 ? "" : $"555{source % 2}0{i:D3}")}")))];
        Assert.Equal(60, Tables.Link(sources).Clusters);
    }

    private static LinkedPair PairOf(string one, string other, params string[] more) =>
        Tables.Link(Tables.Of("a", Header, [.. Others, $"x,{one}", $"y,{other}", .. more])).Explain(new RecordId("a", "x"), new RecordId("a", "y"))!;
}
