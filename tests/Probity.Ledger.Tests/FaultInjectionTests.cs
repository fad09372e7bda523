using System.Globalization;

namespace Probity.Ledger.Tests;

/// <summary>
/// A real writer process whose disk fails, or which is killed, at each of its calls: nothing that was acknowledged is lost, nothing torn is signed. Here a few calls of each kind, always the
/// same; with PROBITY_FAULTS=all every one of them.
/// </summary>
public sealed class FaultInjectionTests(BrokenDisk disk) : IClassFixture<BrokenDisk>
{
    private const string Confirm = "fsync,fdatasync";
    private const string Write = "pwrite64,write";
    private static readonly LogOptions Options = new("probity.example/faults");

    [Theory]
    [InlineData(Confirm, "error=EIO")]
    [InlineData(Confirm, "error=ENOSPC")]
    [InlineData(Confirm, "signal=SIGKILL")]
    [InlineData(Write, "error=EIO")]
    [InlineData(Write, "error=ENOSPC")]
    [InlineData(Write, "signal=SIGKILL")]
    [InlineData(BrokenDisk.Renames, "error=EIO")]
    [InlineData(BrokenDisk.Renames, "signal=SIGKILL")]
    public void Nothing_acknowledged_is_lost_and_nothing_torn_is_signed(string calls, string what)
    {
        BrokenDisk.Require();
        var fault = new Fault(calls, what);
        int struck = 0;
        foreach (int at in Sample(disk.Count(calls, WriterTask.Append)))
        {
            (string folder, int exit, string[] said) = disk.Break(fault, at, WriterTask.Append);
            string place = $"{fault} number {at} (exit {exit}): {string.Join(" / ", said.TakeLast(4))}";
            struck += exit == 0 ? 0 : 1;
            Assert.True(exit is 0 or 1 or 137, place);
            Assert.True(exit != 1 || said.Any(line => line.StartsWith("refused ", StringComparison.Ordinal)), place);
            Assert.True(StopsForGood(said), place);
            Restart(folder, said, place);
        }

        Assert.True(struck > 0, $"{fault} struck nothing");
    }

    [Theory]
    [InlineData(Confirm, "error=EIO")]
    [InlineData(Confirm, "signal=SIGKILL")]
    [InlineData(Write, "error=ENOSPC")]
    [InlineData(Write, "signal=SIGKILL")]
    public void A_redaction_is_whole_or_completed_when_the_log_is_next_opened(string calls, string what)
    {
        BrokenDisk.Require();
        var fault = new Fault(calls, what);
        int struck = 0;
        foreach (int at in Sample(disk.Count(calls, WriterTask.Redact)))
        {
            (string folder, int exit, string[] said) = disk.Break(fault, at, WriterTask.Redact);
            string place = $"{fault} number {at} (exit {exit}): {string.Join(" / ", said.TakeLast(4))}";
            struck += exit == 0 ? 0 : 1;
            Assert.True(exit is 0 or 1 or 137, place);
            using TransparencyLog log = TransparencyLog.OpenForReading(folder);
            Assert.True(log.Openings(0, log.Size).Count <= log.Size, "a reader that comes before the next writer finds the openings");
            Restart(folder, said, place);
            bool isStated = log.Redactions().Count > 0;
            bool isHeld = Directory.GetFiles(folder).Any(file => System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(file)).Contains("note of 297", StringComparison.Ordinal));
            Assert.True(isStated != isHeld, $"{place}: stated {isStated}, still held {isHeld}");
            Assert.True(isStated || !said.Contains("redacted"), place);
        }

        Assert.True(struck > 0, $"{fault} struck nothing");
    }

    [Fact]
    public void An_append_is_answered_only_after_the_disk_confirmed_all_that_was_written_for_it()
    {
        BrokenDisk.Require();
        bool isConfirmed = true;
        int answered = 0;
        foreach (string line in disk.TraceOfOne(8).Split('\n'))
        {
            bool isWal = line.Contains("ledger.db-wal>", StringComparison.Ordinal);
            isConfirmed = isWal && line.Contains(" pwrite64(", StringComparison.Ordinal) ? false : isConfirmed || (isWal && line.Contains("sync(", StringComparison.Ordinal));
            if (line.Contains("\"kept ", StringComparison.Ordinal))
            {
                answered++;
                Assert.True(isConfirmed, $"answer {answered} came before the disk confirmed it: {line}");
            }
        }

        Assert.Equal(8, answered);
    }

    /// <summary>After the disk failed no second attempt may succeed: every one is told that the writer stopped.</summary>
    private static bool StopsForGood(string[] said) =>
        !said.Contains("refused " + LedgerRefusals.Failed) || said.Where(line => line.StartsWith("then ", StringComparison.Ordinal)).All(line => line == "then " + LedgerRefusals.Stopped);

    /// <summary>Starts again on what is left: all that was said to be kept is there, and everything verifies.</summary>
    private static void Restart(string folder, string[] said, string place)
    {
        using TransparencyLog log = TransparencyLog.Open(folder, Options);
        foreach (string[] kept in said.Where(line => line.StartsWith("kept ", StringComparison.Ordinal)).Select(line => line.Split(' ')))
        {
            long index = long.Parse(kept[2], CultureInfo.InvariantCulture);
            Assert.True(index < log.Size && log.Read(index).Statement.About.Record == kept[1], $"{place}: acknowledged as entry {index}, lost");
        }

        foreach (string signed in said.Where(line => line.StartsWith("signed ", StringComparison.Ordinal)))
        {
            Assert.Contains(log.Checkpoints(), one => one.Size == long.Parse(signed[7..], CultureInfo.InvariantCulture));
        }

        log.Sign(DateTimeOffset.UnixEpoch);
        Assert.True(LogVerification.Verify(log, _ => { }, TestContext.Current.CancellationToken).Difference is null, place);
    }

    private static int[] Sample(int count) => Environment.GetEnvironmentVariable("PROBITY_FAULTS") == "all"
        ? [.. Enumerable.Range(1, count)]
        : [.. ((int[])[1, count / 2, count]).Where(at => at > 0).Distinct()];
}
