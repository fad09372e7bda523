using System.CommandLine;
using System.Text.Json.Nodes;
using Probity.Commands;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests;

public sealed class LinkCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Two_files_become_clusters_and_pairs()
    {
        (int code, string output) = Link("--input", "register=" + Register(), "--input", "partner=" + Partner(), "--out", _folder["clusters.csv"], "--pairs", _folder["pairs.csv"], "--json");
        Assert.Equal(0, code);
        Assert.Equal(120, (int)JsonNode.Parse(output)!["records"]!);
        string[] clusters = File.ReadAllLines(_folder["clusters.csv"]);
        Assert.Equal("record,cluster,probability", clusters[0]);
        Assert.StartsWith("register:R7,register:R7,", clusters[8], StringComparison.Ordinal);
        Assert.StartsWith("partner:7,register:R7,", clusters[68], StringComparison.Ordinal);
        Assert.Equal("one,other,probability,linked,waterfall", File.ReadLines(_folder["pairs.csv"]).First());
        Assert.Contains("telephone: the same number +", File.ReadAllText(_folder["pairs.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void G42_a_file_of_natural_persons_is_refused_and_nothing_is_written()
    {
        string people = _folder.Write("people.csv", "first_name,last_name,city\nMaria,Rossi,Milan\n");
        (int code, string output) = Link("--input", "people=" + people, "--out", _folder["clusters.csv"], "--json");
        Assert.Equal(1, code);
        Assert.Equal("linkage.persons", (string)JsonNode.Parse(output)!["error"]!["code"]!);
        Assert.False(File.Exists(_folder["clusters.csv"]));
    }

    [Theory]
    [InlineData("no-equals-sign", "input.unreadable")]
    [InlineData("a=/nowhere/at/all.csv", "input.unreadable")]
    public void An_input_that_cannot_be_read_is_named(string input, string expected)
    {
        (int code, string output) = Link("--input", input, "--out", _folder["clusters.csv"], "--json");
        Assert.Equal(1, code);
        Assert.Equal(expected, (string)JsonNode.Parse(output)!["error"]!["code"]!);
    }

    [Fact]
    public void An_input_was_overwritten_by_the_clusters_or_the_pairs()
    {
        string own = _folder.Write("self.csv", "id,name,city\n1,Alder Foods,Lyon\n");
        string before = File.ReadAllText(own);
        string roundabout = Path.Combine(Path.GetDirectoryName(own)!, "..", Path.GetFileName(Path.GetDirectoryName(own)!), "self.csv");
        foreach (string[] files in new[] { new[] { "--out", own }, ["--out", roundabout], ["--out", _folder["c.csv"], "--pairs", own], ["--out", _folder["c.csv"], "--pairs", _folder["c.csv"]] })
        {
            (int code, string output) = Link(["--input", "reg=" + own, .. files, "--json"]);
            Assert.NotEqual(0, code);
            Assert.Contains("output.overwrites", output, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllText(own));
        Assert.False(File.Exists(_folder["c.csv"]));
    }

    [Theory]
    [InlineData(';', "semicolons")]
    [InlineData('\t', "tabs")]
    public void Fields_parted_by_semicolons_or_tabs_were_taken_for_one_column(char delimiter, string said)
    {
        string path = _folder.Write("parted.csv", "id,name,city,address\n1,Alder Foods,Lyon,1 Rue\n".Replace(',', delimiter));
        (int code, string output, string messages) = SmallRegister.Probity("link", "--input", "a=" + path, "--out", _folder["c.csv"], "--json");
        Assert.Equal(0, code);
        Assert.Contains(said, messages, StringComparison.Ordinal);
        Assert.Equal(["id", "name", "city", "address"], JsonNode.Parse(output)!["columns"]!["a"]!.AsArray().Select(one => (string)one!["role"]!));
    }

    [Fact]
    public void An_input_without_a_column_of_names_or_addresses_was_linked_without_a_word()
    {
        string path = _folder.Write("bare.csv", "id,colour,telephone\n1,red,5551234\n");
        (int code, string _, string messages) = SmallRegister.Probity("link", "--input", "a=" + path, "--out", _folder["c.csv"]);
        Assert.Equal(0, code);
        Assert.Contains("no column was taken for names or addresses", messages.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_a_doubled_name_and_a_wrong_specification_are_named()
    {
        string empty = _folder.Write("empty.csv", "");
        string specification = _folder.Write("link.yaml", "threshold: 7\n");
        Assert.Equal(1, Link("--input", "a=" + empty, "--out", _folder["c.csv"]).Code);
        Assert.Contains("input.twice", Link("--input", "a=" + Partner(), "--input", "a=" + Partner(), "--out", _folder["c.csv"], "--json").Output, StringComparison.Ordinal);
        Assert.Contains("threshold.outside", Link(specification, "--input", "a=" + Partner(), "--out", _folder["c.csv"], "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_links_names_alone_is_told_why_nothing_is_joined()
    {
        string names = _folder.Write("names.csv", "name\nAlder Foods Ltd\nBirch Motors\n");
        (int code, string _, string messages) = SmallRegister.Probity("link", "--input", "a=" + names, "--input", "b=" + names, "--out", _folder["c.csv"]);
        Assert.Equal(0, code);
        Assert.Contains("only names can be compared", messages.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void A_quote_that_is_never_closed_does_not_swallow_the_rest_of_the_file(string delimiter)
    {
        string path = _folder.Write("quote.csv", "id,name\n1,Alder Foods\n2,\"Birch Motors\n3,Cedar Mills\n".Replace(",", delimiter, StringComparison.Ordinal));
        (int code, string output) = Link("--input", "a=" + path, "--out", _folder["c.csv"], "--json");
        Assert.Equal(1, code);
        Assert.Contains("never closed", (string)JsonNode.Parse(output)!["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Uneven_rows_and_latin_letters_lose_no_record()
    {
        string path = _folder["latin.csv"];
        File.WriteAllBytes(path, [.. "id,name,city\n1,Caf"u8, 0xe9, .. " Rouge SARL,Lyon\n2,Boulangerie\n3,Atelier,Paris,surplus\n"u8]);
        Assert.Equal(0, Link("--input", "a=" + path, "--out", _folder["c.csv"]).Code);
        Assert.Equal(4, File.ReadAllLines(_folder["c.csv"]).Length);
    }

    [Fact]
    public void What_counts_for_nothing_is_said_by_name()
    {
        string placeholder = _folder.Write("placeholder.csv", "id,name,siren,lei\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i / 2},{Word(i)} {i} SARL,732829320,{(i == 7 ? "529900T8BM49AURSDO56" : "")}\n")));
        var said = new StringWriter();
        Assert.Equal(0, CommandTree.Create().Parse(["link", "--input", "a=" + placeholder, "--out", _folder["c.csv"]]).Invoke(new InvocationConfiguration { Output = new StringWriter(), Error = said }));
        Assert.Contains("siren 732829320 on 5000 records: a placeholder, counts for nothing", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 of scheme lei failed their check and count for nothing", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("a: no column of identifiers that is unique and never empty; its records are numbered from 0", said.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("a:0,a:0,", File.ReadLines(_folder["c.csv"]).ElementAt(1), StringComparison.Ordinal);
    }

    /// <summary>Each line is a file that must be answered in a moment, with every record in the output and these organisations.</summary>
    [Theory]
    [InlineData("id,name\n1,\n2,\n3, \n", 3)]
    [InlineData("id,name,city\n1,The Company Ltd,Derby\n2,Company Limited,Leeds\n3,GmbH,Ulm\n4,GmbH,Köln\n5,株式会社,東京\n", 5)]
    [InlineData("id,name,address,phone\n1,ООО Газпром Нефть,1 Невский,0455551234\n2,OOO Gazprom Neft,1 Nevsky,0455551234\n3,שלום בע״מ,12 הרצל,0455559999\n4,🍕🍕,4 Pizza Road,0455550000\n5,🍔,9 Other Road,0455558888\n", 4)]
    public void A_file_of_odd_names_is_linked_and_loses_no_record(string content, int organisations)
    {
        string file = _folder.Write("odd.csv", content);
        (int code, string output) = Link("--input", "a=" + file, "--out", _folder["c.csv"], "--json");
        Assert.Equal((0, organisations), (code, (int)JsonNode.Parse(output)!["clusters"]!));
        Assert.Equal(content.Count(letter => letter == '\n'), File.ReadAllLines(_folder["c.csv"]).Length);
    }

    public void Dispose() => _folder.Dispose();

    private static string Word(int i) => string.Concat(Enumerable.Range(0, 4).Select(digit => "bcdfghjk"[(i >> (3 * digit)) & 7].ToString() + "aeio"[digit]));

    private string Register() => _folder.Write("register.csv", "company_id,CompanyName,AddressLine1,PostCode,Phone\n" + string.Concat(Rows((i, word) => $"R{i},{word} Foods Limited,{i + 1} {word} Road,{10000 + i},555{i:D2}{i * 31 % 97:D2}\n")));

    private string Partner() => _folder.Write("partner.csv", "firm,street,zip,tel\n" + string.Concat(Rows((i, word) => $"{word.ToUpperInvariant()} FOODS LTD,{i + 1} {word} Rd.,{10000 + i},+1 555{i:D2}{i * 31 % 97:D2}\n")));

    private static IEnumerable<string> Rows(Func<int, string, string> row)
    {
        string[] parts = ["bel", "cor", "dan", "fer", "gol", "hem", "jin", "kal", "lum", "mor"];
        return Enumerable.Range(0, 60).Select(i => row(i, parts[i % 10] + parts[i / 10] + "ander"));
    }

    private static (int Code, string Output) Link(params string[] arguments)
    {
        var output = new StringWriter();
        int code = CommandTree.Create().Parse(["link", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = new StringWriter() });
        return (code, output.ToString());
    }
}
