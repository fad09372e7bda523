using Probity.Evidence;
using Probity.Register;
using Probity.Tests.Pipeline;

namespace Probity.Tests;

/// <summary>A register of fourteen establishments, made once for all tests of the class.</summary>
public sealed class SearchedRegister : IDisposable
{
    private readonly SmallRegister _register = new();

    public SearchedRegister()
    {
        _register.Run(SmallRegister.Header
            + Line(1, "Golden Kettle", "5", "Mill Lane", "ZZ1 1AB", "Northford")
            + Line(2, "Golden Kettle", "2", "Harbour Road", "ZZ2 2AB", "Northford")
            + Line(3, "The Golden Oven", "5", "Harbour Road", "ZZ2 2AC", "Southbay")
            + Line(4, "Café Zoë", "5", "Station Street", "ZZ3 3AB", "Southbay")
            + Line(5, "Domino's Bakery", "4", "Station Street", "ZZ3 3AC", "Southbay")
            + Line(6, "Kettlewell Dairy", "5", "Mill Lane", "ZZ1 1AC", "Northford")
            + Line(77, "O'Mill & Sons", "5", "Long Row", "ZZ9 9ZZ", "Southbay")
            + string.Concat(Enumerable.Range(100, 45).Select(id => Line(id, $"Corner Shop {id}", "5", "Long Row", "ZZ4 4AB", "Southbay"))));
        Reader = RegisterReader.Open(_register.Data);
    }

    public RegisterReader Reader { get; }

    public void Dispose()
    {
        Reader.Dispose();
        _register.Dispose();
    }

    private static string Line(int id, string name, string rating, string street, string postcode, string town) =>
        $"{id},L{id},{name},{(id < 100 ? "Takeaway/sandwich shop" : "Retailers - other")},{street},{postcode},{town.ToLowerInvariant()},{town},{rating},k,2024-03-01T00:00:00,{(rating == "5" ? "0,0,0" : rating == "4" ? "10,5,5" : "15,10,10")},FHRS,False\n";
}

public sealed class SearchTests(SearchedRegister register) : IClassFixture<SearchedRegister>
{
    [Theory]
    [InlineData("golden kettle", "1 2")]
    [InlineData("GOLDEN", "1 2 3")]
    [InlineData("kettle golden", "1 2")]
    [InlineData("golden harbour", "2 3")]
    [InlineData("northford mill", "1 6")]
    [InlineData("zz1 1ab", "1")]
    [InlineData("ZZ11AB", "1")]
    [InlineData("dominos", "5")]
    [InlineData("domino's", "5")]
    [InlineData("cafe zoe", "4")]
    [InlineData("café zoë", "4")]
    [InlineData("kettlew", "6")]
    [InlineData("golden ket", "1 2")]
    [InlineData("77", "77")]
    [InlineData("fhrs:77", "77")]
    [InlineData("o'mill & sons", "77")]
    [InlineData("& ' -", "*")]
    [InlineData("golden AND NOT kettle", "")]
    [InlineData("\"golden\" OR *", "")]
    [InlineData("nowhere at all", "")]
    public void Names_places_postcodes_and_identifiers_are_found(string asked, string expected)
    {
        SearchAnswer answer = Ask(asked);
        Assert.Empty(answer.Corrections);
        Assert.Equal(expected == "*" ? "52" : $"{answer.Results.Length}", $"{answer.Total}");
        if (expected != "*")
        {
            Assert.Equal(expected, string.Join(' ', answer.Results.Select(one => one.Record.Record).Order(Comparer<string>.Create((a, b) => (a.Length, a).CompareTo((b.Length, b))))));
        }
    }

    [Theory]
    [InlineData("goldne", "golden")]
    [InlineData("goldn", "golden")]
    [InlineData("goldenn", "golden")]
    [InlineData("holden", "golden")]
    public void One_wrong_letter_is_forgiven_and_told(string typed, string meant)
    {
        SearchAnswer answer = Ask(typed + " oven");
        Assert.Equal("3", Assert.Single(answer.Results).Record.Record);
        WordCorrection correction = Assert.Single(answer.Corrections);
        Assert.Equal((typed, meant), (correction.Typed, Assert.Single(correction.Searched)));
    }

    [Fact]
    public void The_whole_name_comes_first()
    {
        Assert.Equal(["Golden Kettle", "Golden Kettle", "Kettlewell Dairy"], [.. Ask("kettle").Results.Select(one => one.Particulars.Name)]);
        Assert.Equal("Corner Shop 113", Ask("Corner Shop 113").Results[0].Particulars.Name);
    }

    [Fact]
    public void Organisations_own_identifiers_are_found()
    {
        OrganisationId id = register.Reader.FindByRecord(new RecordId("fhrs", "4"))!.Value;
        Assert.Equal(id, Assert.Single(Ask(id.ToString()).Results).Id);
    }

    [Fact]
    public void Filters_narrow_words_and_lists_alike()
    {
        Assert.Equal("3", Assert.Single(Ask(new SearchQuery("golden", "southbay", "", "", 1)).Results).Record.Record);
        Assert.Equal("2", Assert.Single(Ask(new SearchQuery("golden", "", "", "2", 1)).Results).Record.Record);
        Assert.Equal(45, Ask(new SearchQuery("", "", "Retailers - other", "", 1)).Total);
        Assert.Equal(0, Ask(new SearchQuery("golden", "southbay", "Retailers - other", "", 1)).Total);
        Assert.Equal(0, Ask(new SearchQuery("golden", "\" OR 1=1 --", "", "", 1)).Total);
    }

    [Theory]
    [InlineData("corner")]
    [InlineData("")]
    public void Pages_hold_each_result_once(string words)
    {
        string type = "Retailers - other";
        SearchAnswer[] pages = [.. Enumerable.Range(1, 4).Select(page => Ask(new SearchQuery(words, "", type, "", page)))];
        Assert.Equal([20, 20, 5, 0], pages.Select(page => page.Results.Length));
        Assert.Equal([true, true, false, false], pages.Select(page => page.HasMore));
        Assert.Equal(45, pages.SelectMany(page => page.Results).Select(one => one.Id).Distinct().Count());
        Assert.All(pages, page => Assert.Equal(45, page.Total));
    }

    [Fact]
    public void A_list_without_words_is_by_name_never_worst_first_G28()
    {
        string[] names = [.. Ask("").Results.Select(one => one.Particulars.Name)];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal("Café Zoë", names[0]);
    }

    [Fact]
    public void A_question_without_end_is_answered()
    {
        Assert.Empty(Ask(string.Join(' ', Enumerable.Range(0, 2_000).Select(i => "word" + i))).Results);
        Assert.Empty(Ask(new string('x', 100_000)).Results);
    }

    private SearchAnswer Ask(string words) => Ask(new SearchQuery(words, "", "", "", 1));

    private SearchAnswer Ask(SearchQuery query) => register.Reader.Search(query, register.Reader.Current);
}
