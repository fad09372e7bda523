using System.Text;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

public sealed class TransparencyLogTests : IDisposable
{
    private static readonly LogOptions Options = new("probity.example/test");
    private static readonly DateTimeOffset Noon = new(2026, 5, 12, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_appended_is_read_back_and_proven()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        AppendResult result = log.Append([.. Enumerable.Range(0, 700).Select(i => Finding(i, 5))]);
        Assert.Equal(700, result.Appended);
        SignedCheckpoint signed = log.Sign(Noon);
        Assert.Equal(700, signed.Size);
        Assert.Equal(NoteVerdict.Valid, SignedNote.Parse(signed.Note)!.Verify(log.Key));
        Assert.Equal(Finding(321, 5), log.Read(321).Statement);
        Assert.Equal(MerkleTree.RootOf(log.ReadRangeBytes(0, 700).Select(one => MerkleTree.LeafHash(one.Body))), signed.Root);
        foreach (long index in (ReadOnlySpan<long>)[0, 255, 256, 511, 698, 699])
        {
            Assert.True(MerkleProof.VerifyInclusion(MerkleTree.LeafHash(log.ReadBytes(index)), index, 700, log.ProveInclusion(index, 700), signed.Root));
        }

        Assert.True(MerkleProof.VerifyConsistency((300, log.RootAt(300)), (700, signed.Root), log.ProveConsistency(300, 700)));
    }

    [Fact]
    public void What_was_said_before_is_not_appended_again_and_a_way_back_is_news()
    {
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            Assert.Equal([0, -1], log.Append([Finding(1, 5), Finding(1, 5)]).Indexes);
        }

        using TransparencyLog again = TransparencyLog.Open(_folder.FullName, Options);
        Assert.Equal([-1, 1], again.Append([Finding(1, 5), Finding(1, 10)]).Indexes);
        Assert.Equal([2], again.Append([Finding(1, 5)]).Indexes);
    }

    [Fact]
    public void Signing_twice_without_news_gives_the_same_checkpoint()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([Finding(1, 5)]);
        SignedCheckpoint first = log.Sign(Noon);
        Assert.Equal(first, log.Sign(Noon.AddDays(1)));
        Assert.Single(log.Checkpoints());
    }

    [Fact]
    public void A_statement_longer_than_an_entry_is_passed_over_and_the_rest_goes_on()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        Statement tooLong = Statement.Identity(Provenance, new RecordId("s", "9"), SubjectKind.Establishment, Fields.Of(("name", Value.Of(new string('x', 70_000)))));
        Assert.Equal([AppendResult.TooLong, 0], log.Append([tooLong, Finding(1, 5)]).Indexes);
    }

    [Fact]
    public void A_second_writer_is_refused_and_a_reader_is_not()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([Finding(1, 5)]);
        Assert.Equal(LedgerRefusals.InUse, Refusal(() => TransparencyLog.Open(_folder.FullName, Options)));
        using TransparencyLog reader = TransparencyLog.OpenForReading(_folder.FullName);
        Assert.Equal(1, reader.Size);
    }

    [Fact]
    public void A_folder_of_a_newer_version_is_refused()
    {
        TransparencyLog.Open(_folder.FullName, Options).Dispose();
        Sql("PRAGMA user_version=99");
        Assert.Equal(LedgerRefusals.NewerVersion, Refusal(() => TransparencyLog.Open(_folder.FullName, Options)));
        Assert.Equal(LedgerRefusals.NewerVersion, Refusal(() => TransparencyLog.OpenForReading(_folder.FullName)));
    }

    [Fact]
    public void Data_older_than_the_last_signed_checkpoint_are_refused()
    {
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            log.Append([Finding(1, 5), Finding(2, 5)]);
            log.Sign(Noon);
        }

        Sql("DELETE FROM entry WHERE idx = 1");
        Assert.Equal(LedgerRefusals.OlderThanSigned, Refusal(() => TransparencyLog.Open(_folder.FullName, Options)));
    }

    [Fact]
    public void A_restored_backup_was_served_exported_and_proven_from()
    {
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            log.Append([Finding(1, 5)]);
            log.Sign(Noon);
        }

        byte[] backup = File.ReadAllBytes(_folder["ledger.db"]);
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            log.Append([Finding(2, 5)]);
            log.Sign(Noon);
        }

        TransparencyLog.OpenToPublish(_folder.FullName).Dispose();
        File.WriteAllBytes(_folder["ledger.db"], backup);
        File.Delete(_folder["ledger.db-wal"]);
        Assert.Equal(LedgerRefusals.OlderThanSigned, Refusal(() => TransparencyLog.OpenToPublish(_folder.FullName).Dispose()));
        TransparencyLog.OpenForReading(_folder.FullName).Dispose();
    }

    [Fact]
    public void A_key_whose_making_was_stopped_left_a_folder_that_could_not_start()
    {
        VerifierKey made = TransparencyLog.CreateKey(_folder.FullName, Options.Origin);
        File.Delete(_folder["keys/log.vkey"]);
        Directory.Delete(_folder["signed"]);
        Assert.Equal(made.ToString(), TransparencyLog.KeyIn(_folder.FullName).ToString());
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([Finding(1, 5)]);
        Assert.Equal(NoteVerdict.Valid, SignedNote.Parse(log.Sign(Noon).Note)!.Verify(made));
        Assert.Equal(made + "\n", File.ReadAllText(_folder["keys/log.vkey"]));
    }

    [Fact]
    public void Of_two_that_made_a_key_at_the_same_time_one_wrote_over_the_others()
    {
        var made = new System.Collections.Concurrent.ConcurrentBag<VerifierKey>();
        var refused = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 24, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, _ =>
        {
            try
            {
                made.Add(TransparencyLog.CreateKey(_folder.FullName, Options.Origin));
            }
            catch (LedgerRefusedException refusal)
            {
                refused.Add(refusal.Code);
            }
        });
        Assert.Equal(TransparencyLog.KeyIn(_folder.FullName).ToString(), Assert.Single(made).ToString());
        Assert.All(refused, code => Assert.True(code is LedgerRefusals.InUse or LedgerRefusals.KeyExists, code));
        using SignerKey kept = SignerKey.Parse(File.ReadAllText(_folder["keys/log.key"]))!;
        Assert.Equal(made.Single().ToString(), kept.Verifier.ToString());
    }

    [Fact]
    public void A_secret_is_never_written_over_another()
    {
        DurableFile.WriteSecret(_folder["secret"], "first");
        Assert.ThrowsAny<IOException>(() => DurableFile.WriteSecret(_folder["secret"], "second"));
        Assert.Equal("first", File.ReadAllText(_folder["secret"]));
    }

    [Fact]
    public void The_usual_floor_of_free_space_is_a_fiftieth_of_a_small_disk_and_a_chosen_one_is_what_was_chosen()
    {
        Assert.Equal((64L << 20, 20L << 20), (SpaceFloor.Usual.On(1L << 40), SpaceFloor.Usual.On(1000L << 20)));
        Assert.Equal(64L << 20, SpaceFloor.Of(64 << 20).On(1000L << 20));
    }

    [Fact]
    public void A_changed_entry_is_never_signed_for()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([Finding(1, 5), Finding(2, 5)]);
        Sql("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), ':5}', ':0}') AS BLOB) WHERE idx = 1");
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => log.Sign(Noon)));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_as_damaged()
    {
        _folder.Write("ledger.db", new string('x', 9_000));
        Assert.Equal(LedgerRefusals.Corrupt, Refusal(() => TransparencyLog.Open(_folder.FullName, Options)));
    }

    [Fact]
    public void A_ledger_whose_slots_have_the_keys_of_schema_1_is_brought_up_to_date_and_knows_what_it_was_told()
    {
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            log.Append([Finding(1, 5), Finding(2, 5)]);
        }

        Sql("UPDATE entry SET slot = zeroblob(16)");
        Sql("PRAGMA user_version=1");
        using TransparencyLog again = TransparencyLog.Open(_folder.FullName, Options);
        Assert.Equal([AppendResult.AlreadySaid, AppendResult.AlreadySaid, 2], again.Append([Finding(1, 5), Finding(2, 5), Finding(2, 10)]).Indexes);
        Assert.Equal(3, again.Sign(Noon).Size);
    }

    [Fact]
    public void Another_origin_is_refused()
    {
        TransparencyLog.Open(_folder.FullName, Options).Dispose();
        Assert.Equal(LedgerRefusals.OtherOrigin, Refusal(() => TransparencyLog.Open(_folder.FullName, new LogOptions("probity.example/other"))));
    }

    [Fact]
    public void A_full_disk_is_named_and_what_was_acknowledged_stays()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([Finding(1, 5)]);
        log.LimitPages(40);
        Assert.Equal(LedgerRefusals.NoSpace, Refusal(() => log.Append([.. Enumerable.Range(10, 5_000).Select(i => Finding(i, 5))])));
        log.LimitPages(1_000_000);
        Assert.Equal([1], log.Append([Finding(2, 5)]).Indexes);
        Assert.Equal(2, log.Sign(Noon).Size);
    }

    [Fact]
    public void Documents_are_kept_under_their_digest()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        Digest hash = log.PutDocument(Encoding.UTF8.GetBytes("rules"));
        Assert.Equal("rules"u8.ToArray(), log.FindDocument(hash));
        Assert.Null(log.FindDocument(Digest.Of("other"u8)));
    }

    private static readonly Provenance Provenance = new("s", "food", "law", "purpose");

    private static Statement Finding(int record, int hygiene) => Statement.Finding(
        Provenance, new RecordId("s", $"{record}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(hygiene))));

    private static string Refusal(Action action) => Assert.Throws<LedgerRefusedException>(action).Code;

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["ledger.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
