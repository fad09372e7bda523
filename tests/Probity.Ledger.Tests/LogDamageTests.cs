using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>What happens to a log whose process dies, whose disk refuses, or whose bytes change behind its back.</summary>
public sealed class LogDamageTests : IDisposable
{
    private static readonly LogOptions Options = new("probity.example/test");
    private static readonly DateTimeOffset Noon = new(2026, 5, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly Provenance Provenance = new("s", "food", "law", "purpose");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_log_verifies()
    {
        Make(700);
        LogVerification verified = Verify();
        Assert.Null(verified.Difference);
        Assert.Contains("700 entries hashed", verified.Proven[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(699)]
    public void A_bit_flipped_in_an_entry_is_named(int index)
    {
        Make(700);
        Flip($"SELECT body FROM entry WHERE idx = {index}", $"UPDATE entry SET body = $0 WHERE idx = {index}", 40);
        Assert.StartsWith($"entry {index}", Verify().Difference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0, "entry 0:")]
    [InlineData(0, 1, 44, "entry 300:")]
    [InlineData(0, 2, 187, "entry 699:")]
    [InlineData(1, 0, 1, "stored hash 1 of level 1 ")]
    public void A_bit_flipped_in_a_stored_hash_is_named(int level, int n, int hash, string named)
    {
        Make(700);
        Flip($"SELECT hashes FROM tile WHERE level = {level} AND n = {n}", $"UPDATE tile SET hashes = $0 WHERE level = {level} AND n = {n}", (hash * Digest.Length) + 7);
        Assert.StartsWith(named, Verify().Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_entry_was_read_and_exported_as_if_it_had_been_signed()
    {
        Make(700);
        Flip("SELECT body FROM entry WHERE idx = 300", "UPDATE entry SET body = $0 WHERE idx = 300", 40);
        using TransparencyLog log = TransparencyLog.OpenForReading(_folder.FullName);
        Assert.All((Action[])[() => log.Read(300), () => log.ReadMany([300]), () => _ = log.ReadRange(0, 700).Count(), () => _ = log.ReadRangeBytes(256, 512).Count()], read =>
            Assert.StartsWith("entry 300 does not hash to what was stored with it", Assert.Throws<LedgerRefusedException>(read).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_tile_stored_as_text_ended_the_program_with_a_stack_trace()
    {
        Make(700);
        Sql("UPDATE tile SET hashes = 'text' WHERE level = 1");
        LedgerRefusedException refused = Assert.Throws<LedgerRefusedException>(Verify);
        Assert.Equal(LedgerRefusals.Corrupt, refused.Code);
    }

    [Fact]
    public void An_entry_taken_out_of_the_middle_is_named()
    {
        Make(700);
        Sql("DELETE FROM entry WHERE idx = 321");
        Assert.Equal("entry 321 is missing", Verify().Difference);
    }

    [Fact]
    public void A_checkpoint_signed_by_another_key_is_named()
    {
        Make(3);
        using SignerKey stranger = SignerKey.Generate(Options.Origin);
        string forged = SignedNote.Sign(new Checkpoint(Options.Origin, 3, Digest.Of("else"u8)).ToText(), stranger).ToString();
        Sql("UPDATE checkpoint SET note = $0", forged);
        Assert.StartsWith("the checkpoint of 3 entries is not signed by", Verify().Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_that_breaks_the_last_promise_is_never_signed()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([.. Enumerable.Range(0, 700).Select(Finding)]);
        log.Sign(Noon);
        log.Append([.. Enumerable.Range(700, 100).Select(Finding)]);
        Flip("SELECT hashes FROM tile WHERE level = 1 AND n = 0", "UPDATE tile SET hashes = $0 WHERE level = 1 AND n = 0", 7);
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => log.Sign(Noon.AddDays(1))));
        Assert.Single(log.Checkpoints());
    }

    [Fact]
    public void A_stored_hash_that_was_gone_when_signing_ended_in_a_stray_error_and_the_writer_went_on()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([.. Enumerable.Range(0, 700).Select(Finding)]);
        Sql("DELETE FROM tile WHERE level = 0 AND n = 2");
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => log.Sign(Noon)));
        Assert.Equal(LedgerRefusals.Stopped, Refusal(() => log.Append([Finding(701)])));
    }

    [Fact]
    public void A_stored_hash_that_was_gone_after_a_failed_append_hid_why_it_failed_and_the_writer_went_on()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([.. Enumerable.Range(0, 700).Select(Finding)]);
        Sql("DELETE FROM tile WHERE level = 0 AND n = 2");
        log.LimitPages(60);
        Assert.Equal(LedgerRefusals.NoSpace, Refusal(() => log.Append([.. Enumerable.Range(1_000, 5_000).Select(Finding)])));
        log.LimitPages(1_000_000);
        Assert.Equal(LedgerRefusals.Stopped, Refusal(() => log.Append([Finding(701)])));
    }

    [Fact]
    public void A_disk_that_could_not_be_asked_for_its_free_space_ended_in_a_stray_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an open file cannot be removed there");
        using TransparencyLog log = TransparencyLog.Open(_folder["log"], Options);
        Directory.Delete(_folder["log"], recursive: true);
        Assert.Equal(LedgerRefusals.Failed, Refusal(() => log.PutDocument("the rules"u8.ToArray())));
        Assert.Equal(LedgerRefusals.Stopped, Refusal(() => log.PutDocument("the rules"u8.ToArray())));
    }

    [Fact]
    public void A_checkpoint_kept_apart_that_cannot_be_read_ended_in_a_stray_error_when_signing()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([Finding(1)]);
        File.WriteAllText(_folder["signed/checkpoint"], "no checkpoint");
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => log.Sign(Noon)));
        Assert.Equal(LedgerRefusals.Stopped, Refusal(() => log.Append([Finding(2)])));
    }

    [Theory]
    [InlineData("DELETE FROM tile WHERE level = 1")]
    [InlineData("UPDATE tile SET hashes = substr(hashes, 1, 32) WHERE level = 1")]
    public void A_stored_hash_that_was_gone_ended_in_a_stray_error_when_a_log_was_opened_or_proven_from(string damage)
    {
        Make(700);
        Sql(damage);
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => TransparencyLog.Open(_folder.FullName, Options)));
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => TransparencyLog.OpenToPublish(_folder.FullName)));
        using TransparencyLog log = TransparencyLog.OpenForReading(_folder.FullName);
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => log.ProveInclusion(3, 700)));
    }

    [Fact]
    public void A_process_killed_while_writing_a_batch_leaves_all_batches_before_it_and_nothing_of_it()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([.. Enumerable.Range(0, 300).Select(Finding)]);
        byte[] before = Shared("ledger.db-wal");
        log.Append([.. Enumerable.Range(300, 300).Select(Finding)]);
        byte[] after = Shared("ledger.db-wal");
        byte[] store = Shared("ledger.db");
        Assert.True(after.Length > before.Length);
        int step = Math.Max(1, (after.Length - before.Length) / 12);
        for (int written = before.Length; written < after.Length; written += step)
        {
            Assert.Equal((300, null), Restart(store, after[..written]));
        }

        Assert.Equal((600, null), Restart(store, after));
    }

    [Fact]
    public void A_folder_this_user_may_not_write_is_named()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("this user may write everywhere");
            return;
        }

        UnixFileMode mode = File.GetUnixFileMode(_folder.FullName);
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string code = Refusal(() => TransparencyLog.Open(_folder.FullName, Options));
        File.SetUnixFileMode(_folder.FullName, mode);
        Assert.Equal(LedgerRefusals.NoPermission, code);
    }

    [Fact]
    public void A_lock_that_cannot_be_opened_is_no_second_writer()
    {
        Directory.CreateDirectory(_folder["ledger.lock"]);
        Assert.Equal(LedgerRefusals.NoPermission, Refusal(() => TransparencyLog.Open(_folder.FullName, Options)));
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_refused()
    {
        string file = _folder.Write("taken", "x");
        Assert.Equal(LedgerRefusals.Failed, Refusal(() => TransparencyLog.Open(file, Options)));
    }

    [Fact]
    public void The_signing_key_is_readable_to_its_user_alone()
    {
        Make(1);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["keys/log.key"]));
        }
    }

    private static Statement Finding(int record) => Statement.Finding(
        Provenance, new RecordId("s", $"{record}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));

    private static string Refusal(Action action) => Assert.Throws<LedgerRefusedException>(action).Code;

    private void Make(int entries)
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([.. Enumerable.Range(0, entries).Select(Finding)]);
        log.Sign(Noon);
    }

    private LogVerification Verify()
    {
        using TransparencyLog log = TransparencyLog.OpenForReading(_folder.FullName);
        return LogVerification.Verify(log, _ => { }, TestContext.Current.CancellationToken);
    }

    /// <summary>Starts again on what a killed process left: signs, verifies, and answers the size and the first difference.</summary>
    private static (long Size, string? Difference) Restart(byte[] store, byte[] wal)
    {
        using var left = new TemporaryFolder();
        File.WriteAllBytes(left["ledger.db"], store);
        File.WriteAllBytes(left["ledger.db-wal"], wal);
        using TransparencyLog log = TransparencyLog.Open(left.FullName, Options);
        log.Sign(Noon);
        return (log.Size, LogVerification.Verify(log, _ => { }, TestContext.Current.CancellationToken).Difference);
    }

    private byte[] Shared(string file)
    {
        using var stream = new FileStream(_folder[file], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Flip(string read, string write, int position)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["ledger.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand reading = connection.CreateCommand();
        reading.CommandText = read;
        byte[] bytes = (byte[])reading.ExecuteScalar()!;
        bytes[position] ^= 0x01;
        using SqliteCommand writing = connection.CreateCommand();
        writing.CommandText = write;
        writing.Parameters.AddWithValue("$0", bytes);
        writing.ExecuteNonQuery();
    }

    private void Sql(string sql, params ReadOnlySpan<object> values)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["ledger.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i, values[i]);
        }

        command.ExecuteNonQuery();
    }
}
