using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Probity.Tests.Pipeline;

/// <summary>Data folders that cannot be written: in use, full, not ours, damaged. Each is told by a stable code, and nothing is lost.</summary>
public sealed class RefusedFolderTests : IDisposable
{
    private readonly SmallRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Fact]
    public async Task A_second_run_beside_one_that_is_at_work_is_refused_and_the_first_ends_well()
    {
        await using PagedSource source = await PagedSource.Start();
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.Before = page =>
        {
            reading.TrySetResult();
            return page == PagedSource.Pages ? goOn.Task : Task.CompletedTask;
        };
        using ProgramRun first = ProgramRun.Start("run", SmallRegister.RegisterFolder, "--source", "fhrs=" + source.Address, "--data", _register.Data, "--json");
        await reading.Task;
        string file = _register.Write("extract.csv", SmallRegister.Three);
        using ProgramRun second = ProgramRun.Start("run", SmallRegister.RegisterFolder, "--source", "fhrs=" + file, "--data", _register.Data, "--json");
        Assert.Equal(1, await second.Exit());
        Assert.Equal("ledger.in-use", (string)JsonNode.Parse(second.Output)!["error"]!["code"]!);
        goOn.SetResult();
        Assert.Equal(0, await first.Exit());
        Assert.Equal(PagedSource.Pages * PagedSource.PageSize, (int)JsonNode.Parse(first.Output)!["organisations"]!);
    }

    /// <summary>Sizes at which the space ends while the ledger is made, while it is filled, and while the views are made.</summary>
    [Theory]
    [InlineData("64k")]
    [InlineData("1m")]
    [InlineData("4m")]
    [InlineData("6m")]
    [InlineData("8m")]
    public void A_full_disk_is_told_and_the_next_run_with_space_goes_on(string size)
    {
        string disk = Path.Combine(_register.Folder, "disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(OperatingSystem.IsLinux() && System("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk), "this user cannot mount a small disk");
        try
        {
            string extract = SmallRegister.Header + string.Concat(Enumerable.Range(1, 6_000).Select(id => SmallRegister.Line(id, $"Invented Kitchen {id}", "5", "2024-03-01T00:00:00", "5,0,5")));
            string file = _register.Write("extract.csv", extract);
            string[] run = ["run", SmallRegister.RegisterFolder, "--source", "fhrs=" + file, "--data", Path.Combine(disk, "data"), "--json"];
            (int exit, string output, _) = SmallRegister.Probity(run);
            Assert.Equal(1, exit);
            Assert.Contains((string)JsonNode.Parse(output)!["error"]!["code"]!, (string[])["ledger.no-space", "views.no-space"]);

            Assert.True(System("mount", "-o", "remount,size=200m", disk));
            (exit, output, _) = SmallRegister.Probity(run);
            Assert.Equal((0, 6_000), (exit, (int)JsonNode.Parse(output)!["organisations"]!));
            Assert.Equal(0, SmallRegister.Probity("verify", Path.Combine(disk, "data")).Exit);
        }
        finally
        {
            System("umount", disk);
        }
    }

    [Fact]
    public void A_folder_that_this_user_may_not_write_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a folder that nobody may write is known here for Linux only");
        Assert.Equal((1, "ledger.no-permission"), Run("/sys/probity"));
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_told()
    {
        string file = _register.Write("occupied", "precious");
        Assert.Equal((1, "ledger.failed"), Run(file));
        Assert.Equal("precious", File.ReadAllText(file));
    }

    [Fact]
    public void Damaged_views_are_told_and_made_again()
    {
        _register.Run(SmallRegister.Three);
        string before = SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output;
        string views = Path.Combine(_register.Data, "views.db");
        using (FileStream torn = File.OpenWrite(views))
        {
            torn.Position = 4_096;
            torn.Write(new byte[torn.Length - 4_096]);
        }

        (int exit, _, string error) = SmallRegister.Probity("export", "ratings", "--data", _register.Data);
        Assert.Equal(1, exit);
        Assert.Contains("views.damaged", error, StringComparison.Ordinal);
        Assert.Equal(0, SmallRegister.Probity("rebuild", "--data", _register.Data).Exit);
        Assert.Equal(before, SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output);
    }

    private (int Exit, string Code) Run(string data)
    {
        string file = _register.Write("extract.csv", SmallRegister.Three);
        (int exit, string output, _) = SmallRegister.Probity("run", SmallRegister.RegisterFolder, "--source", "fhrs=" + file, "--data", data, "--json");
        return (exit, (string)JsonNode.Parse(output)!["error"]!["code"]!);
    }

    private static bool System(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
