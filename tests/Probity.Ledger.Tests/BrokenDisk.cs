using System.Diagnostics;
using System.Text.RegularExpressions;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>A fault that strace injects into a writer's system calls on the files of its data folder.</summary>
/// <param name="Calls">Which calls, as strace names them.</param>
/// <param name="What">"error=EIO" or "signal=SIGKILL".</param>
public sealed record Fault(string Calls, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What} at {Calls}";
}

/// <summary>What the writer program is asked to do.</summary>
public static class WriterTask
{
    /// <summary>Four writers append six statements each, all new.</summary>
    public static string[] Append { get; } = ["4", "6", "300"];

    /// <summary>The text of entry 297 is redacted.</summary>
    public static string[] Redact { get; } = ["redact", "297"];
}

/// <summary>A log with 300 signed entries, and the writer program run on copies of it under strace.</summary>
public sealed partial class BrokenDisk : IDisposable
{
    public const string Renames = "rename,renameat,renameat2";
    private const int Entries = 300;
    private const string Program = "Probity.Ledger.Writer";
    private static readonly string[] Files = ["", "ledger.db", "ledger.db-wal", "openings.db", "openings.db-journal", "signed", "signed/checkpoint", "signed/checkpoint.new"];
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string[], string> _calls = [];

    public BrokenDisk()
    {
        using TransparencyLog log = TransparencyLog.Open(Sound, new LogOptions("probity.example/faults"));
        log.Append([.. Enumerable.Range(0, Entries).Select(StatementOf)]);
        log.Sign(DateTimeOffset.UnixEpoch);
    }

    private string Sound => _folder["sound"];

    /// <summary>Skips the running test where strace is not there or may not trace.</summary>
    public static void Require()
    {
        try
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Run(["strace", "-o", "/dev/null", "true"]).Exit == 0, "strace may not trace here");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("strace is not installed");
        }
    }

    /// <summary>How often the busiest thread of an undisturbed writer makes one of some calls on the folder's files: strace counts each thread for itself.</summary>
    public int Count(string calls, string[] task)
    {
        if (!_calls.TryGetValue(task, out string? trace))
        {
            _calls.Add(task, trace = Trace("fsync,fdatasync,pwrite64,write", task) + Trace(Renames, task));
        }

        HashSet<string> wanted = [.. calls.Split(',')];
        return Call().Matches(trace).Where(call => wanted.Contains(call.Groups["name"].Value)).GroupBy(call => (call.Groups["thread"].Value, call.Groups["name"].Value)).Max(calls => calls.Count());
    }

    /// <summary>Every call of an undisturbed single writer on any file, with paths, in order.</summary>
    public string TraceOfOne(int appends)
    {
        string trace = _folder["one.trace"];
        (int exit, string output) = Run(["strace", "-f", "-y", "-s", "80", "-o", trace, "-e", "trace=fsync,fdatasync,pwrite64,write", Path.Combine(AppContext.BaseDirectory, Program), Copy(), "1", $"{appends}", $"{Entries}"]);
        Assert.True(exit == 0, output);
        return File.ReadAllText(trace);
    }

    /// <summary>Runs the writer on a copy with a fault at the n-th call of each thread.</summary>
    /// <returns>The copy, the exit code, and the lines it said.</returns>
    public (string Folder, int Exit, string[] Said) Break(Fault fault, int at, string[] task)
    {
        string copy = Copy();
        (int exit, string output) = Run(Strace(copy, "/dev/null", (fault.Calls, $"inject={fault.Calls}:{fault.What}:when={at}"), task));
        return (copy, exit, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Every third has a text that can be redacted.</summary>
    private static Statement StatementOf(int record)
    {
        Statement finding = Statement.Finding(
            new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{record}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
        return record % 3 == 0 ? finding.Withholding(Fields.Of(("note", Value.Of($"note of {record}")))) : finding;
    }

    private string Trace(string calls, string[] task)
    {
        string trace = _folder["calls.trace"];
        (int exit, string output) = Run(Strace(Copy(), trace, (calls, "abbrev=all"), task));
        Assert.True(exit == 0, output);
        return File.ReadAllText(trace);
    }

    private string Copy()
    {
        string copy = _folder[$"copy-{Guid.NewGuid():N}"];
        foreach (string file in Directory.GetFiles(Sound, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Sound, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>The writer under strace. Renames need no paths: the runtime makes none of its own.</summary>
    private static string[] Strace(string data, string trace, (string Calls, string What) asked, string[] task) =>
    [
        "strace", "-f", "-o", trace, "-e", "trace=" + asked.Calls, "-e", asked.What,
        .. asked.Calls == Renames ? [] : Files.SelectMany(file => new[] { "-P", Path.Combine(data, file).TrimEnd('/') }),
        Path.Combine(AppContext.BaseDirectory, Program), data, .. task,
    ];

    private static (int Exit, string Output) Run(string[] command)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false } };
        process.Start();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + error.GetAwaiter().GetResult());
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>\w+)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Call();
}
