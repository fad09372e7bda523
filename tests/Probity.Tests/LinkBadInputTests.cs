using System.Text;
using System.Text.Json.Nodes;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests;

/// <summary>Files and names that probity link cannot use: each answer says what, where, why and what to do.</summary>
public sealed class LinkBadInputTests : IDisposable
{
    private const string Header = "id,name,address,zip\n";
    private const string Two = Header + "1,Alder Works Ltd,1 High Street,20001\n2,Birch Mills Ltd,2 Low Road,20001\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\n\n", "is empty")]
    [InlineData(",,\n1,2,3\n", "names no column")]
    [InlineData("i\0d\0,\0n\0a\0m\0e\0\n", "UTF-16 without its mark")]
    public void A_file_that_is_no_table_was_read_as_one(string content, string told) => Assert.Contains(told, Refused("input.unreadable", "--input", "a=" + _folder.Write("a.csv", content)), StringComparison.Ordinal);

    [Fact]
    public void A_folder_was_no_file_that_is_there()
    {
        Assert.Contains("is a folder; name a file in it", Refused("input.unreadable", "--input", "a=" + _folder.FullName), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refused("specification.unreadable", _folder.FullName, "--input", "a=" + Plain()), StringComparison.Ordinal);
        Assert.Contains("there is no specification", Refused("specification.unreadable", _folder["none.yaml"], "--input", "a=" + Plain()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_colon_made_records_that_nobody_can_name() =>
        Assert.Contains("a name has no colon", Refused("input.unreadable", "--input", "a:b=" + Plain()), StringComparison.Ordinal);

    [Fact]
    public void A_first_line_that_is_a_record_was_answered_without_a_way_out() =>
        Assert.Contains("put a header line above", Refused("linkage.no-columns", "--input", "a=" + _folder.Write("a.csv", "Alder Works,1 High Street\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "the name of the file to write is empty")]
    [InlineData("FOLDER", "is a folder; name a file in it")]
    [InlineData("FOLDER/none/c.csv", "there is no folder")]
    public void A_file_that_cannot_be_written_was_found_out_after_all_the_work(string output, string told)
    {
        (int exit, string answer, string messages) = SmallRegister.Probity("link", "--input", "a=" + Plain(), "--out", output.Replace("FOLDER", _folder.FullName, StringComparison.Ordinal), "--json");
        JsonNode error = JsonNode.Parse(answer)!["error"]!;
        Assert.Equal((1, "output.unwritable"), (exit, (string)error["code"]!));
        Assert.Contains(told, (string)error["message"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("reading", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_full_disk_leaves_no_half_file(bool pairs)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        string before = _folder.Write("c.csv", "what stood here\n");
        string[] files = pairs ? ["--out", before, "--pairs", "/dev/full"] : ["--out", "/dev/full", "--pairs", before];
        (int exit, string answer, _) = SmallRegister.Probity(["link", "--input", "a=" + Plain(), .. files, "--json"]);
        JsonNode error = JsonNode.Parse(answer)!["error"]!;
        Assert.Equal((1, "output.failed"), (exit, (string)error["code"]!));
        Assert.Contains("'/dev/full' cannot be written", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal("what stood here\n", File.ReadAllText(before));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.part"));
    }

    [Fact]
    public void A_device_is_written_straight()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "there is no /dev/null here");
        Assert.Equal(0, SmallRegister.Probity("link", "--input", "a=" + Plain(), "--out", "/dev/null").Exit);
    }

    [Fact]
    public void A_column_named_as_the_identifier_that_repeats_made_two_records_of_one_name()
    {
        string specification = _folder.Write("link.yaml", "inputs:\n  a:\n    zip: id\n");
        Assert.Contains("'20001' stands in rows 0 and 1", Refused("specification.id", specification, "--input", "a=" + Plain()), StringComparison.Ordinal);
        string two = _folder.Write("two.yaml", "inputs:\n  a:\n    zip: id\n    id: id\n");
        Assert.Contains("the second column named as the identifier", Refused("specification.invalid", two, "--input", "a=" + Plain()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_named_as_the_identifier_lost_to_one_that_was_guessed()
    {
        string file = _folder.Write("a.csv", "Number,name,zip,id\nN1,Alder Works,20001,1\nN2,Birch Mills,20002,2\n");
        string specification = _folder.Write("link.yaml", "inputs:\n  a:\n    Number: id\n");
        Assert.Equal(0, SmallRegister.Probity("link", specification, "--input", "a=" + file, "--out", _folder["c.csv"]).Exit);
        Assert.Equal(["a:N1", "a:N2"], File.ReadLines(_folder["c.csv"]).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData(Header, "a header line and no records")]
    [InlineData(Header + "1,Alder,1 High Street,20001\n1,Birch,2 Low Road,20002\n", "(column 'id': '1' stands in rows 0 and 1 counted from 0)")]
    [InlineData(Header + "1,Alder,1 High Street,20001\n,Birch,2 Low Road,20002\n", "(column 'id': row 1 counted from 0 has none)")]
    [InlineData(Header + "1,Al\0der,1 High Street,20001\n", "1 row holds NUL characters, the first of them row 0 counted from 0")]
    [InlineData("id,name,name,zip\n1,Alder,Alder Works,20001\n", "2 columns are called 'name'")]
    [InlineData(Header + "1,GmbH,1 High Street,20001\n", "1 record has no usable name (empty, or nothing but legal forms), such as a:1")]
    [InlineData("id,name,siren\n1,Alder,732829321\n", "such as '732829321' of a, column 'siren', row 0 counted from 0")]
    public void What_was_odd_about_a_file_was_not_said_or_not_where(string content, string told)
    {
        (int exit, _, string messages) = SmallRegister.Probity("link", "--input", "a=" + _folder.Write("a.csv", content), "--out", _folder["c.csv"]);
        Assert.Equal(0, exit);
        Assert.Contains(told, messages.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_records_of_one_name_were_linked_without_a_word()
    {
        string file = _folder.Write("a.csv", Header + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i},Unknown Trading Ltd,{i} Long Street,{10_000 + i}\n")));
        (int exit, _, string messages) = SmallRegister.Probity("link", "--input", "a=" + file, "--out", _folder["c.csv"]);
        Assert.Equal(0, exit);
        Assert.Contains("10,000 records are called 'Unknown Trading Ltd'", messages.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(10_000, File.ReadLines(_folder["c.csv"]).Skip(1).Select(line => line.Split(',')[1]).Distinct().Count());
    }

    [Fact]
    public void One_file_under_two_names_was_linked_without_a_word()
    {
        (int exit, _, string messages) = SmallRegister.Probity("link", "--input", "a=" + Plain(), "--input", "b=" + Plain(), "--out", _folder["c.csv"]);
        Assert.Equal(0, exit);
        Assert.Contains("a and b are the same file", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_end_in_a_carriage_return_alone_and_a_byte_order_mark_are_read()
    {
        string file = _folder["a.csv"];
        File.WriteAllText(file, Two.Replace('\n', '\r'), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(0, SmallRegister.Probity("link", "--input", "a=" + file, "--out", _folder["c.csv"]).Exit);
        Assert.Equal(["a:1", "a:2"], File.ReadLines(_folder["c.csv"]).Skip(1).Select(line => line.Split(',')[0]));
    }

    private string Plain() => _folder.Write("plain.csv", Two);

    private string Refused(string code, params string[] arguments)
    {
        (int exit, string answer, _) = SmallRegister.Probity(["link", .. arguments, "--out", _folder["out.csv"], "--json"]);
        JsonNode error = JsonNode.Parse(answer)!["error"]!;
        Assert.Equal((1, code), (exit, (string)error["code"]!));
        Assert.False(File.Exists(_folder["out.csv"]));
        return (string)error["message"]!;
    }
}
