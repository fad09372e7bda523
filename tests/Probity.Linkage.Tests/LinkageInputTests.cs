using Probity.Evidence;

namespace Probity.Linkage.Tests;

/// <summary>Bad and odd inputs: a clear answer, nothing lost.</summary>
public sealed class LinkageInputTests
{
    private const string Header = "id,name,address,zip,phone";

    [Fact]
    public void Empty_inputs_and_empty_names_are_no_trouble()
    {
        Assert.Equal(0, Tables.Link(Tables.Of("a", Header)).Records);
        LinkageResult result = Tables.Link(Tables.Of("a", Header, "1,,,,", "2,,,,", "3, ,,,"));
        Assert.Equal(3, result.Clusters);
        Assert.All(result.ClusteredRecords(), record => Assert.Equal(1, record.Probability));
    }

    [Theory]
    [InlineData("Acme")]
    [InlineData("שלום בע״מ")]
    [InlineData("شركة الاتحاد ذ.م.م")]
    [InlineData("ОАО Gazprom Ελλάδα 株式会社")]
    public void An_odd_name_is_the_same_as_itself_and_never_fails(string name)
    {
        string[] rows = [.. Tables.Filler(200, (i, word) => $"f{i},{word} Ltd,{i} {word} road,{10000 + i},55510{i:D4}")];
        LinkageResult result = Tables.Link(Tables.Of("a", Header, [.. rows, $"x,{name},12 Harbour Street,20001,5559876", $"y,{name},12 Harbour Street,20001,5559876"]));
        Assert.Equal(201, result.Clusters);
    }

    [Theory]
    [InlineData("The Company Ltd")]
    [InlineData("GmbH")]
    [InlineData("株式会社")]
    public void A_name_of_nothing_but_a_legal_form_was_evidence_for_one_organisation(string name)
    {
        string[] rows = [.. Tables.Filler(200, (i, word) => $"f{i},{word} Ltd,{i} {word} road,{10000 + i},55510{i:D4}")];
        LinkedPair pair = Tables.Link(Tables.Of("a", Header, [.. rows, $"x,{name},12 Harbour Street,20001,5559876", $"y,{name},12 Harbour Street,20001,5559876"]))
            .Explain(new RecordId("a", "x"), new RecordId("a", "y"))!;
        Assert.DoesNotContain(pair.Waterfall, step => step.Field == "name");
        Assert.Equal((false, "limit"), (pair.Linked, pair.Waterfall[^1].Field));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("🍕🍕", true)]
    [InlineData("***", true)]
    [InlineData("The Company Ltd", true)]
    [InlineData("GmbH", true)]
    [InlineData("GmbH & Co. KG", true)]
    [InlineData("Limited", true)]
    [InlineData("Limited Liability Company", true)]
    [InlineData("S.A.R.L.", true)]
    [InlineData("ООО", true)]
    [InlineData("株式会社", true)]
    [InlineData("Acme", false)]
    [InlineData("The Limited Brands Company", false)]
    [InlineData("3 GmbH", false)]
    [InlineData("Trusty Ltd", false)]
    public void Nobody_was_told_that_a_name_says_nothing_of_whose_it_is(string name, bool bare)
    {
        LinkageResult result = Tables.Link(Tables.Of("a", Header, "1,Alder Foods Ltd,1 High Street,20001,5551234", $"2,{name},9 Far Lane,20002,5551235"));
        Assert.Equal(bare ? ["a:2"] : [], result.Unnamed.Select(one => one.ToString()));
    }

    [Fact]
    public void A_name_of_a_thousand_words_is_cut_and_compared()
    {
        string many = string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"word{i}x"));
        LinkageResult result = Tables.Link(Tables.Of("a", Header, $"1,{many},1 High Street,20001,5551234", $"2,{many},1 High Street,20001,5551234"));
        Assert.Equal(2, result.Records);
        Assert.Equal(1, result.Clusters);
    }

    [Fact]
    public void A_thousand_names_of_a_thousand_words_do_not_take_minutes()
    {
        string[] rows = [.. Enumerable.Range(0, 1000).Select(i => $"{i},{string.Join(' ', Enumerable.Range(0, 1000).Select(j => $"word{((i * 7919L) + (j * 104_729L)) % 3001}x"))}")];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name", rows));
        Assert.Equal(1000, result.Records);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("🍕🍕", "***")]
    [InlineData("Rialto Grill", "Saffron Garden")]
    public void Premises_and_telephone_show_two_names_with_nothing_in_common_to_a_person_and_do_not_join_them(string one, string other)
    {
        string[] rows = [.. Tables.Filler(200, (i, word) => $"f{i},{word} Ltd,{i} {word} road,{10000 + i},55510{i:D4}")];
        LinkageResult result = Tables.Link(Tables.Of("a", Header, [.. rows, $"x,{one},12 Harbour Street,20001,5559876", $"y,{other},12 Harbour Street,20001,5559876"]));
        Assert.Equal(202, result.Clusters);
        LinkedPair pair = Assert.Single(result.Pairs());
        Assert.Equal(1d / 3, pair.Probability, 12);
        Assert.Equal("limit", pair.Waterfall[^1].Field);
        Assert.Equal(-1, pair.Waterfall.Sum(step => step.Bits), 9);
    }

    /// <summary>A "GmbH" and the "AG" above it share house, telephone and name; a record without a form joined all three.</summary>
    [Fact]
    public void Two_companies_of_one_group_with_different_forms_are_not_joined_also_not_by_a_third_record()
    {
        string[] rows = [.. Tables.Filler(200, (i, word) => $"f{i},{word} GmbH,{i} {word} weg,{10000 + i},55510{i:D4}")];
        const string Premises = "12 Hafenweg,20001,5559876";
        LinkageResult result = Tables.Link(Tables.Of("a", Header, [.. rows, $"x,Rabenhorst Optik GmbH,{Premises}", $"y,Rabenhorst Optik AG,{Premises}", $"z,Rabenhorst Optik,{Premises}"]));
        Dictionary<string, string> clusters = result.ClusteredRecords().ToDictionary(record => record.Record.Record, record => record.Cluster);
        Assert.NotEqual(clusters["x"], clusters["y"]);
        Assert.Contains(clusters["z"], new[] { clusters["x"], clusters["y"] });
        LinkedPair pair = result.Pairs().Single(pair => pair.One.Record == "x" && pair.Other.Record == "y");
        Assert.Equal(1d / 3, pair.Probability, 12);
        Assert.Equal("limit", pair.Waterfall[^1].Field);
    }

    [Fact]
    public void An_identifier_joins_two_names_with_nothing_in_common()
    {
        string[] rows = [.. Tables.Filler(100, (i, word) => $"f{i},{word} SARL,{i} {word} road,{10000 + i},")];
        LinkageResult result = Tables.Link(Tables.Of(
            "a", "id,name,address,zip,siren", [.. rows, "x,Boulanger Frères,5 Rue Neuve,75001,732829320", "y,Maison Dorée,5 Rue Neuve,75001,732829320"]));
        Assert.Equal(101, result.Clusters);
    }

    /// <summary>Among thousands of records a pair with one valid number and two names was neither linked nor shown.</summary>
    [Fact]
    public void A_firm_that_changed_its_name_is_shown_to_a_person_where_nothing_but_its_number_agrees()
    {
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name,siren", Tables.Filler(3_000, (i, word) => $"{i},{word} {i} SARL,").Concat(["x,Alpha Boulangerie,443061841", "y,Beta Fromagerie,443061841"])));
        LinkedPair pair = result.Pairs().Single(pair => pair.One.Record == "x");
        Assert.Equal(("y", false), (pair.Other.Record, pair.Linked));
        Assert.Equal(1d / 3, pair.Probability, 12);
    }

    [Fact]
    public void Ten_thousand_identical_names_without_anything_else_are_not_one_organisation()
    {
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name", Enumerable.Range(0, 10_000).Select(i => $"{i},Sunrise Holdings Ltd")));
        Assert.Equal(10_000, result.Clusters);
        Assert.True(result.CommonKeys > 0);
        Assert.InRange(result.PairsCompared, 1, 100_000);
    }

    [Fact]
    public void A_wrong_checksum_is_evidence_for_nothing_and_is_counted()
    {
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name,lei", "1,Alder Foods,529900T8BM49AURSDO55", "2,Birch Motors,529900T8BM49AURSDO56", "3,Cedar Logistics,529900T8BM49AURSDO56"));
        Assert.Equal(3, result.Clusters);
        Assert.Equal(2, result.FailedChecks["lei"]);
    }

    [Fact]
    public void A_placeholder_on_firms_whose_names_share_words_was_taken_for_a_number()
    {
        string[] words = [.. Tables.Filler(60, (_, word) => word)];
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name,siren", Enumerable.Range(0, 2_000).Select(i => $"{i},{words[i % 60]} {words[i / 60]} Limited,732829320")));
        Assert.Equal(["siren 732829320 on 2000 records"], result.Placeholders);
    }

    [Fact]
    public void The_number_of_a_firm_on_all_its_branches_is_no_placeholder()
    {
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name,siren", Enumerable.Range(0, 300).Select(i => $"{i},Kettlewick Bakery branch {i},732829320")));
        Assert.Empty(result.Placeholders);
    }

    [Fact]
    public void One_identifier_on_five_thousand_records_is_a_placeholder_and_is_reported()
    {
        LinkageResult result = Tables.Link(Tables.Of("a", "id,name,siren", Tables.Filler(5_000, (i, word) => $"{i},{word} {i} SARL,732829320").Concat(["x,Alpha,443061841", "y,Alpha,443061841"])));
        Assert.Equal(["siren 732829320 on 5000 records"], result.Placeholders);
        Assert.Equal(5_001, result.Clusters);
    }

    [Fact]
    public void No_cluster_holds_two_valid_numbers_of_an_exclusive_scheme()
    {
        string[] rows = [.. Tables.Filler(100, (i, word) => $"f{i},{word} SARL,{i} {word} road,{10000 + i},")];
        LinkageResult result = Tables.Link(Tables.Of(
            "a", "id,name,address,zip,siren", [.. rows, "x,Boulanger Frères,5 Rue Neuve,75001,732829320", "y,Boulanger Frères,5 Rue Neuve,75001,443061841", "z,Boulanger Frères,5 Rue Neuve,75001,"]));
        Dictionary<string, string> clusters = result.ClusteredRecords().ToDictionary(record => record.Record.Record, record => record.Cluster);
        Assert.NotEqual(clusters["x"], clusters["y"]);
        Assert.True(clusters["z"] == clusters["x"] || clusters["z"] == clusters["y"]);
    }

    [Fact]
    public void Funds_with_different_numbers_are_never_one()
    {
        string[] rows = [.. Tables.Filler(100, (i, word) => $"f{i},{word} LLC,{i} {word} road,{10000 + i},55510{i:D4}")];
        LinkageResult result = Tables.Link(Tables.Of("a", Header, [.. rows, "x,Ashdown Capital Partners VII LP,1 Dock Square,20001,5559876", "y,Ashdown Capital Partners VIII LP,1 Dock Square,20001,5559876"]));
        Assert.Equal(102, result.Clusters);
    }

    [Fact]
    public void An_input_without_usable_columns_is_refused_with_the_columns_it_has()
    {
        LinkageOutcome.Refused refused = Tables.Refused(Tables.Of("a", "colour,weight", "red,5"));
        Assert.Equal("linkage.no-columns", refused.Code);
        Assert.Contains("colour, weight", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_renumbers_overnight_raises_an_alarm_with_a_translation()
    {
        string[] names = [.. Tables.Filler(300, (_, word) => word)];
        LinkTable before = Tables.Of("a", "id,name", names.Select((name, i) => $"{i},{name} Ltd"));
        LinkTable after = Tables.Of("a", "id,name", names.Select((name, i) => $"{i + 5000},{name} Ltd"));
        Renumbering renumbering = Renumbering.Between(before, after, ColumnGuess.Of(after));
        Assert.True(renumbering.IsAlarm);
        Assert.Equal("5007", renumbering.Translation["7"]);
        Assert.False(Renumbering.Between(before, before, ColumnGuess.Of(before)).IsAlarm);
    }

    [Theory]
    [InlineData("Dr. Karen E. Williams")]
    [InlineData("Mr. J. Wilson")]
    [InlineData("Prof. Dr. Petra Zimmermann")]
    [InlineData("Mr & Mrs Wilson")]
    [InlineData("Frau Zimmermann")]
    [InlineData("M. Dupont")]
    [InlineData("J. R. Wilson")]
    [InlineData("Karen Williams, MD")]
    [InlineData("Karen Williams, Ph.D.")]
    [InlineData("Wilson, Richard")]
    public void G42_people_with_titles_and_initials_were_taken_for_organisations(string name) =>
        Assert.Equal("linkage.persons", Tables.Refused(new LinkTable("a", ["id", "company name"], [["1", name]])).Code);

    [Theory]
    [InlineData("Dr Smith Dental Practice")]
    [InlineData("Dr. Oetker GmbH")]
    [InlineData("Miss Molly Bakery")]
    [InlineData("J. Wilson Ltd")]
    [InlineData("Sir Robert School")]
    [InlineData("J. Wilson & Sons")]
    [InlineData("Alder Foods")]
    public void An_organisation_with_a_title_in_its_name_is_none_of_people(string name) =>
        Assert.Equal(1, Tables.Link(new LinkTable("a", ["id", "company name"], [["1", name]])).Records);

    [Theory]
    [InlineData("id,first_name,last_name,phone", "1,Maria,Rossi,5551234")]
    [InlineData("id,Name,DateOfBirth,Gender", "1,Maria Rossi,1980-01-01,f")]
    [InlineData("surname,address", "Rossi,1 High Street")]
    public void G42_a_file_with_columns_of_natural_persons_is_refused(string header, string row) =>
        Assert.Equal("linkage.persons", Tables.Refused(Tables.Of("people", header, row)).Code);

    [Fact]
    public void G42_a_file_whose_names_are_those_of_people_is_refused_under_any_column_name()
    {
        string[] given = ["Maria", "John", "Ahmed", "Sophie", "Hans"];
        string[] family = ["Rossi", "Smith", "Haddad", "Durand", "Weber"];
        LinkTable people = Tables.Of("suppliers", "id,company name", Enumerable.Range(0, 25).Select(i => $"{i},{given[i % 5]} {family[i / 5]}"));
        LinkageOutcome.Refused refused = Tables.Refused(people);
        Assert.Equal("linkage.persons", refused.Code);
        Assert.Contains("G42", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void G42_firms_named_after_people_are_organisations()
    {
        LinkTable firms = Tables.Of("firms", "id,name", "1,John Smith Ltd", "2,Maria Rossi Bakery", "3,Hans Weber GmbH", "4,Ahmed Haddad Trading");
        Assert.Equal(4, Tables.Link(firms).Records);
    }
}
