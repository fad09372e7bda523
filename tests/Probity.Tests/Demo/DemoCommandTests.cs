using System.CommandLine;
using System.Text.Json.Nodes;
using Probity.Commands;
using Probity.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_that_it_did_not_make_is_refused_and_left_as_it_is()
    {
        string mine = _folder.Write("data/mine.txt", "precious");
        using var output = new StringWriter();
        int code = CommandTree.Create().Parse(["demo", "--no-serve", "--json", "--data", _folder["data"]])
            .Invoke(new InvocationConfiguration { Output = output, Error = TextWriter.Null });
        Assert.Equal(ExitCode.Finding, code);
        Assert.Equal("demo.folder-in-use", (string)JsonNode.Parse(output.ToString())!["error"]!["code"]!);
        Assert.Equal("precious", File.ReadAllText(mine));
        Assert.Single(Directory.GetFileSystemEntries(_folder["data"]));
    }

    [Fact]
    public void A_folder_that_it_made_is_made_anew()
    {
        Assert.True(DemoRun.MakeRoom(_folder["data"]));
        string left = _folder.Write("data/views.db", "from before");
        Assert.True(DemoRun.MakeRoom(_folder["data"]));
        Assert.False(File.Exists(left));
    }

    public void Dispose() => _folder.Dispose();
}
