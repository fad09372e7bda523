using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Tests.Pipeline;

/// <summary>What a run that nothing disturbs makes of the paged source: its export, made once for all tests of a class.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    public string[] Export { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await using PagedSource source = await PagedSource.Start();
        using var register = new SmallRegister();
        using ProgramRun run = ProgramRun.Start("run", SmallRegister.RegisterFolder, "--source", "fhrs=" + source.Address, "--data", register.Data, "--as-of", "2026-01-01", "--json");
        Assert.Equal(0, await run.Exit());
        Export = SmallRegister.Probity("export", "ratings", "--data", register.Data).Output.Split('\n');
        Assert.Equal((PagedSource.Pages * PagedSource.PageSize) + 2, Export.Length);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A run that is killed keeps what it acknowledged, and the next run goes on from there to what an undisturbed one makes.</summary>
public sealed class KilledRunTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>, IDisposable
{
    private readonly SmallRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(PagedSource.Pages)]
    public async Task Killed_while_it_reads(int page)
    {
        await using PagedSource source = await PagedSource.Start();
        using ProgramRun run = Start(source);
        source.Before = asked =>
        {
            if (asked == page)
            {
                run.Kill();
            }

            return Task.CompletedTask;
        };
        Assert.NotEqual(0, await run.Exit());
        await GoesOn(source);
    }

    [Theory]
    [InlineData("ledger.db-wal", WatcherChangeTypes.Changed)]
    [InlineData("views.db.new", WatcherChangeTypes.Created)]
    [InlineData("views.db.new", WatcherChangeTypes.Changed)]
    [InlineData("views.db", WatcherChangeTypes.Renamed)]
    [InlineData("signed", WatcherChangeTypes.Changed)]
    public async Task Killed_when_it_touches_a_file(string file, WatcherChangeTypes touch)
    {
        Directory.CreateDirectory(_register.Data);
        Directory.CreateDirectory(Path.Combine(_register.Data, "signed"));
        await using PagedSource source = await PagedSource.Start();
        var touched = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(_register.Data) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        void Told(object sender, FileSystemEventArgs what)
        {
            if (what.ChangeType == touch && what.Name!.StartsWith(file, StringComparison.Ordinal))
            {
                touched.TrySetResult();
            }
        }

        watcher.Changed += Told;
        watcher.Created += Told;
        watcher.Renamed += (sender, what) => Told(sender, what);
        using ProgramRun run = Start(source);
        Task<int> exit = run.Exit();
        await Task.WhenAny(touched.Task, exit);
        run.Kill();
        await exit;
        await GoesOn(source);
    }

    private ProgramRun Start(PagedSource source) =>
        ProgramRun.Start("run", SmallRegister.RegisterFolder, "--source", "fhrs=" + source.Address, "--data", _register.Data, "--as-of", "2026-01-01", "--json");

    /// <summary>Runs again undisturbed; holds the result against what was acknowledged and against a run that nothing disturbed.</summary>
    private async Task GoesOn(PagedSource source)
    {
        source.Before = static _ => Task.CompletedTask;
        List<string> acknowledged = Entries(_register.Data);
        using ProgramRun again = Start(source);
        Assert.True(await again.Exit() == 0, again.Output + again.Error);
        Assert.Equal(acknowledged, Entries(_register.Data).Take(acknowledged.Count));
        Assert.Equal(0, SmallRegister.Probity("verify", _register.Data).Exit);
        string[] export = SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output.Split('\n');
        Assert.Equal(undisturbed.Export.Select(WithoutSize), export.Select(WithoutSize));
    }

    private static List<string> Entries(string data)
    {
        try
        {
            using TransparencyLog log = TransparencyLog.OpenForReading(data);
            return [.. log.ReadRange(0, log.Size).Select(entry => $"{entry.Index} {Digest.Of(entry.Statement.ToBytes())}")];
        }
        catch (LedgerRefusedException refusal) when (refusal.Code == LedgerRefusals.Missing)
        {
            return []; // killed before anything was acknowledged
        }
    }

    /// <summary>A row without the ledger size: a run that was stated before the kill is one entry more.</summary>
    private static string WithoutSize(string row) => row[..Math.Max(0, row.LastIndexOf(','))];
}
