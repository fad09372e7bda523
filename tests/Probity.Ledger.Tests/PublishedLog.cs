using System.Diagnostics;
using System.ComponentModel;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>A log of 700 entries with checkpoints at 300 and 700, exported; and one that says the same up to entry 250 and then something else, under the same key.</summary>
public sealed class PublishedLog : IDisposable
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly TemporaryFolder _folder = new();

    public PublishedLog()
    {
        Older = Make("log", "a", "older");
        ForkedOlder = Make("fork", "b", "forked-older");
        using TransparencyLog log = TransparencyLog.OpenForReading(_folder["log"]);
        using TransparencyLog fork = TransparencyLog.OpenForReading(_folder["fork"]);
        Key = log.Key.ToString();
        new PublishedTiles(log).Export(Folder, _ => [], _ => { }, CancellationToken.None);
        File.WriteAllText(_folder["proof"], EntryProof.Of(log, 612)!.ToString());
        File.WriteAllText(_folder["forked-proof"], EntryProof.Of(fork, 612)!.ToString());
        File.WriteAllBytes(_folder["entry"], log.ReadBytes(612));
        File.WriteAllBytes(_folder["forked-entry"], fork.ReadBytes(612));
    }

    public string Folder => _folder["public"];

    public string Key { get; }

    public string Older { get; }

    public string ForkedOlder { get; }

    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    /// <summary>A copy of the export with one bit of one file changed.</summary>
    public string Changed(string file, int place)
    {
        string copy = _folder[$"changed-{file.Replace('/', '-')}-{place}"];
        foreach (string path in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target, overwrite: true);
        }

        byte[] bytes = File.ReadAllBytes(Path.Combine(copy, file));
        bytes[place] ^= 1;
        File.WriteAllBytes(Path.Combine(copy, file), bytes);
        return copy;
    }

    /// <summary>Runs a program; its exit code and all it said. Skips the running test where it is absent.</summary>
    public static async Task<(int Exit, string Said)> Run(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await error);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"there is no {program} on this machine");
            throw;
        }
    }

    private string Make(string name, string tail, string older)
    {
        using TransparencyLog log = TransparencyLog.Open(_folder[name], new LogOptions("probity.example/foreign") { KeySeed = Seed });
        log.Append([.. Enumerable.Range(0, 300).Select(i => Entry(i, tail))]);
        File.WriteAllText(_folder[older], log.Sign(new DateTimeOffset(2026, 5, 12, 12, 0, 0, TimeSpan.Zero)).Note);
        log.Append([.. Enumerable.Range(300, 400).Select(i => Entry(i, tail))]);
        log.Sign(new DateTimeOffset(2026, 5, 13, 12, 0, 0, TimeSpan.Zero));
        return _folder[older];
    }

    private static Statement Entry(int record, string tail) => Statement.Identity(
        new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{record}"), SubjectKind.Establishment, Fields.Of(("name", Value.Of(record < 250 ? $"Invented {record}" : $"Invented {tail} {record}"))));
}
