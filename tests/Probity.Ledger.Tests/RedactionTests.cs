using System.Text;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>Redactable texts stand in the ledger as commitments, and are erased for good.</summary>
public sealed class RedactionTests : IDisposable
{
    private const string Secret = "the owner's sister Ermintrude Quill was there";
    private static readonly LogOptions Options = new("probity.example/test");
    private static readonly DateTimeOffset Noon = new(2026, 5, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 5, 12);
    private static readonly Provenance Source = new("s", "food", "law", "purpose");
    private static readonly Provenance Register = new("register", "food", "law", "purpose");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_redactable_text_stands_in_no_entry_and_its_opening_gives_the_commitment()
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, Secret)]);
        Assert.DoesNotContain("Ermintrude", Encoding.UTF8.GetString(log.ReadBytes(0)), StringComparison.Ordinal);
        (long index, Opening opening) = log.Openings(0, 1).Single();
        Assert.Equal((0, "note", Secret), (index, opening.Field, opening.Value));
        Assert.Equal(opening.Commitment().ToString(), log.Read(0).Statement.Commitments.TextOf("note"));
        Assert.Equal([new FieldState.Opened(0, "note", Secret)], States(log));
    }

    [Fact]
    public void Salts_are_fresh_and_equal_texts_of_two_records_cannot_be_told()
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, "clean"), Finding(2, 5, "clean")]);
        Assert.NotEqual(log.Read(0).Statement.Commitments, log.Read(1).Statement.Commitments);
    }

    [Fact]
    public void The_same_record_offered_again_is_no_news_and_a_new_text_is()
    {
        using (TransparencyLog log = Open())
        {
            Assert.Equal([0, AppendResult.AlreadySaid], log.Append([Finding(1, 5, Secret), Finding(1, 5, Secret)]).Indexes);
        }

        using TransparencyLog again = Open();
        Assert.Equal([AppendResult.AlreadySaid, 1, AppendResult.AlreadySaid, 2], again.Append([Finding(1, 5, Secret), Finding(1, 5, "other"), Finding(1, 5, "other"), Finding(1, 5, Secret)]).Indexes);
        Assert.All(States(again), state => Assert.IsType<FieldState.Opened>(state));
    }

    [Fact]
    public void After_a_redaction_no_byte_of_the_folder_holds_the_value_and_everything_verifies()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([.. Enumerable.Range(10, 400).Select(record => Finding(record, 5, $"note of {record} {new string('n', 200)}"))]);
            log.Append([Finding(1, 5, Secret), Finding(1, 10, Secret)]);
            log.Sign(Noon);
            Assert.True(Holds("Ermintrude"));
            Assert.Equal(402, log.Redact(Redacting(400), Register, Today));
            Assert.False(Holds("Ermintrude"));
            log.Sign(Noon);
        }

        Assert.False(Holds("Ermintrude"));
        Assert.True(Holds("note of 399"));
        using TransparencyLog reader = TransparencyLog.OpenForReading(_folder.FullName);
        Assert.Null(LogVerification.Verify(reader, _ => { }, TestContext.Current.CancellationToken).Difference);
        FieldState[] states = States(reader);
        Assert.Equal([new FieldState.Redacted(400, "note", 402), new FieldState.Redacted(401, "note", 402)], states.Where(state => state is not FieldState.Opened));
    }

    [Fact]
    public void A_source_that_offers_the_record_again_does_not_bring_the_value_back()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([Finding(1, 5, Secret)]);
            log.Redact(Redacting(0), Register, Today);
        }

        using TransparencyLog again = Open();
        Assert.Equal([AppendResult.AlreadySaid, AppendResult.AlreadySaid], again.Append([Finding(1, 5, Secret), Finding(1, 5, Secret + "!")]).Indexes);
        Assert.Equal([2], again.Append([Finding(1, 10, Secret)]).Indexes);
        Assert.False(Holds("Ermintrude"));
        Assert.Equal([new FieldState.Redacted(0, "note", 1), new FieldState.Redacted(2, "note", 1)], States(again));
    }

    [Fact]
    public void A_lost_store_of_openings_does_not_bring_a_redacted_value_back()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([Finding(1, 5, Secret)]);
            log.Redact(Redacting(0), Register, Today);
        }

        File.Delete(_folder["openings.db"]);
        using TransparencyLog again = Open();
        Assert.Equal([AppendResult.AlreadySaid], again.Append([Finding(1, 5, Secret)]).Indexes);
        Assert.False(Holds("Ermintrude"));
    }

    [Fact]
    public void A_restored_backup_of_the_openings_is_erased_again_when_a_writer_opens()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([Finding(1, 5, Secret)]);
        }

        byte[] backup = File.ReadAllBytes(_folder["openings.db"]);
        using (TransparencyLog log = Open())
        {
            log.Redact(Redacting(0), Register, Today);
        }

        File.WriteAllBytes(_folder["openings.db"], backup);
        Open().Dispose();
        Assert.False(Holds("Ermintrude"));
    }

    [Fact]
    public void An_old_backup_of_the_openings_showed_erased_text_again_to_whoever_read_without_a_writer()
    {
        byte[] backup = RedactedWithBackup();
        File.WriteAllBytes(_folder["openings.db"], backup);
        Assert.True(Holds("Ermintrude"), "the backup must hold the text");
        using TransparencyLog reader = TransparencyLog.OpenToPublish(_folder.FullName);
        Assert.Empty(reader.Openings(0, 256));
        Assert.Null(new PublishedOpenings(reader).Find("openings/000", 2));
        Assert.Equal([new FieldState.Redacted(0, "note", 1)], reader.FieldsOf(reader.Read(0)));
        Assert.Equal([1], reader.Redactions());
        using var mirror = new TemporaryFolder();
        new PublishedTiles(reader).Export(mirror.FullName, static _ => [], static _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal([], Directory.GetFiles(mirror.FullName, "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("Ermintrude", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_opening_present_after_its_redaction_was_not_named_by_verification()
    {
        byte[] backup = RedactedWithBackup();
        File.WriteAllBytes(_folder["openings.db"], backup);
        Assert.Equal("entry 0: 'note' still has an opening although entry 1 redacted it", Verify());
    }

    [Fact]
    public void A_redaction_left_out_of_the_stored_list_was_not_named_by_verification()
    {
        RedactedWithBackup();
        Assert.Null(Verify());
        Sql("ledger.db", "DELETE FROM redaction");
        Assert.Equal("the list of redactions that is kept beside the entries names none; the entries that are redactions are entry 1", Verify());
        Sql("ledger.db", "INSERT INTO redaction VALUES (0), (1)");
        Assert.Equal("the list of redactions that is kept beside the entries names entry 0, 1; the entries that are redactions are entry 1", Verify());
    }

    [Fact]
    public void A_folder_of_schema_2_has_its_list_of_redactions_made_from_its_entries()
    {
        RedactedWithBackup();
        Sql("ledger.db", "DROP TABLE redaction");
        Sql("ledger.db", "PRAGMA user_version=2");
        using (TransparencyLog reader = TransparencyLog.OpenForReading(_folder.FullName))
        {
            Assert.Equal([1], reader.Redactions());
        }

        Open().Dispose();
        Assert.Null(Verify());
    }

    [Theory]
    [InlineData("records officer", "Records-Officer")]
    [InlineData("records officer", "1")]
    public void G18_a_redaction_that_one_role_approves_to_itself_is_refused_by_the_log_itself(string by, string approvedBy)
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, Secret)]);
        Redaction alone = Redacting(0) with { Grounds = Redacting(0).Grounds with { By = by, ApprovedBy = approvedBy } };
        Assert.Equal(LedgerRefusals.FourEyes, Refusal(() => log.Redact(alone, Register, Today)));
        Assert.Equal(1, log.Size);
        Assert.Equal([new FieldState.Opened(0, "note", Secret)], log.FieldsOf(log.Read(0)));
    }

    [Fact]
    public void A_redaction_that_lacks_its_law_or_names_another_slot_was_appended()
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, Secret)]);
        Redaction lawless = Redacting(0) with { Grounds = Redacting(0).Grounds with { Basis = "" } };
        Assert.Equal(LedgerRefusals.NotRedactable, Refusal(() => log.Redact(lawless, Register, Today)));
        Assert.Equal(LedgerRefusals.NotRedactable, Refusal(() => log.Redact(Redacting(0) with { Slot = Finding(2, 5, "").Slot }, Register, Today)));
        Assert.Equal(1, log.Size);
    }

    [Fact]
    public void A_redaction_that_could_not_be_signed_had_erased_already()
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, Secret)]);
        log.Sign(Noon);
        Directory.CreateDirectory(_folder["signed/checkpoint.new/in-the-way"]);
        Assert.Throws<LedgerRefusedException>(() => log.Redact(Redacting(0), Register, Today));
        Assert.Equal((1, true), (log.Size, Holds("Ermintrude")));
    }

    [Fact]
    public void A_folder_without_signed_could_erase_and_not_sign()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([Finding(1, 5, Secret)]);
            log.Sign(Noon);
        }

        Directory.Delete(_folder["signed"], recursive: true);
        using TransparencyLog again = Open();
        again.Redact(Redacting(0), Register, Today);
        Assert.Equal(2, again.Sign(Noon).Size);
        Assert.True(File.Exists(_folder["signed/checkpoint"]));
    }

    [Fact]
    public void Openings_of_entries_that_never_came_to_be_are_dropped()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([Finding(1, 5, "one")]);
        }

        Sql("openings.db", $"INSERT INTO opening VALUES (zeroblob(32), 'note', 1, '', '{new string('a', 64)}', 'orphan')");
        using TransparencyLog again = Open();
        Assert.Single(again.Openings(0, 100));
        Assert.Equal([1], again.Append([Finding(2, 5, "two")]).Indexes);
        Assert.Equal(["one", "two"], again.Openings(0, 100).Select(one => one.Opening.Value));
    }

    [Fact]
    public void A_full_disk_takes_back_the_openings_with_the_entries()
    {
        using TransparencyLog log = Open();
        log.LimitPages(40);
        Assert.Throws<LedgerRefusedException>(() => log.Append([.. Enumerable.Range(10, 5_000).Select(record => Finding(record, 5, $"{record}"))]));
        Assert.Empty(log.Openings(0, 10_000));
        log.LimitPages(1_000_000);
        Assert.Equal([0], log.Append([Finding(1, 5, Secret)]).Indexes);
        Assert.Equal([new FieldState.Opened(0, "note", Secret)], States(log));
    }

    [Fact]
    public void What_is_no_redactable_field_or_was_redacted_before_is_refused()
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, Secret)]);
        Assert.Equal(LedgerRefusals.NotRedactable, Refusal(() => log.Redact(Redacting(0) with { Fields = ["hygiene"] }, Register, Today)));
        log.Redact(Redacting(0), Register, Today);
        Assert.Equal(LedgerRefusals.NotRedactable, Refusal(() => log.Redact(Redacting(0), Register, Today)));
        Assert.Equal(2, log.Size);
    }

    [Fact]
    public void Openings_are_published_for_what_is_signed_and_an_export_after_a_redaction_removes_them()
    {
        using TransparencyLog log = Open();
        log.Append([.. Enumerable.Range(10, 300).Select(record => Finding(record, 5, record < 12 || record > 270 ? $"note {record}" : null))]);
        long signed = log.Sign(Noon).Size;
        var published = new PublishedOpenings(log);
        Assert.True(OpeningLines.TryRead(published.Find("openings/001", signed), out IReadOnlyList<(long Index, Opening Opening)> read, out _));
        Assert.Equal(Enumerable.Range(261, 39).Select(i => (long)i), read.Select(one => one.Index));
        Assert.Null(published.Find("openings/002", signed));
        Assert.Null(published.Find("openings/1", signed));
        Assert.Null(published.Find("openings/000.p/3", signed));
        Assert.Single(OpeningLinesOf(published.Find("openings/000", 1)));

        using var mirror = new TemporaryFolder();
        published.Export(mirror.FullName, signed);
        Assert.Equal(["000", "001"], FilesUnder(mirror));
        Assert.Equal(published.Find("openings/000", signed), File.ReadAllBytes(mirror["openings/000"]));
        foreach (int index in (ReadOnlySpan<int>)[0, 1])
        {
            log.Redact(new Redaction(index, Finding(10 + index, 5, "").Slot, ["note"], Redacting(0).Grounds), Register, Today);
        }

        published.Export(mirror.FullName, log.Sign(Noon).Size);
        Assert.Equal(["001"], FilesUnder(mirror));
        published.Export(mirror.FullName, 256 - 1);
        Assert.Equal([], FilesUnder(mirror));
    }

    [Fact]
    public void An_export_deleted_what_others_had_put_beside_the_openings()
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, Secret)]);
        using var mirror = new TemporaryFolder();
        mirror.Write("openings/notes.txt", "not ours");
        mirror.Write("openings/x001/readme", "not ours");
        mirror.Write("openings/003", "an earlier export's");
        mirror.Write("openings/004.part", "a stopped export's");
        Assert.Null(new PublishedTiles(log).Export(mirror.FullName, static _ => [], static _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal(["003", "004.part", "notes.txt", "x001/readme"], FilesUnder(mirror));
        log.Sign(Noon);
        new PublishedTiles(log).Export(mirror.FullName, static _ => [], static _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(["000", "notes.txt", "x001/readme"], FilesUnder(mirror));
    }

    [Fact]
    public void A_checkpoint_was_published_before_the_openings_that_it_covers()
    {
        using TransparencyLog log = Open();
        log.Append([Finding(1, 5, Secret)]);
        log.Sign(Noon);
        using var mirror = new TemporaryFolder();
        mirror.Write("openings", "a file where the folder should be");
        Assert.ThrowsAny<IOException>(() => new PublishedTiles(log).Export(mirror.FullName, static _ => [], static _ => { }, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(mirror["checkpoint"]), "a checkpoint stands there although its openings could not be written");
    }

    private static string[] FilesUnder(TemporaryFolder mirror) =>
        [.. Directory.GetFiles(mirror["openings"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(mirror["openings"], file)).Order(StringComparer.Ordinal)];

    private static string[] OpeningLinesOf(byte[]? lines) => Encoding.UTF8.GetString(lines!).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Refusal(Action action) => Assert.Throws<LedgerRefusedException>(action).Code;

    private static Redaction Redacting(long index) =>
        new(index, Finding(1, 5, "").Slot, ["note"], new RedactionGrounds("GDPR Art. 17(1)(d)", "Town of Example", "records officer", "data protection officer"));

    private static Statement Finding(int record, int hygiene, string? note)
    {
        Statement finding = Statement.Finding(Source, new RecordId("s", $"{record}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(hygiene))));
        return note is null ? finding : finding.Withholding(Fields.Of(("note", Value.Of(note))));
    }

    private static FieldState[] States(TransparencyLog log)
    {
        var audit = new RedactionAudit();
        foreach (Entry entry in log.ReadRange(0, log.Size))
        {
            audit.Take(entry.Index, entry.Statement);
        }

        return [.. audit.Baseless, .. audit.States((0, log.Size), log.Openings(0, log.Size))];
    }

    /// <summary>A log whose one text was redacted and the redaction signed; answers the openings as they were before.</summary>
    private byte[] RedactedWithBackup()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([Finding(1, 5, Secret)]);
        }

        byte[] backup = File.ReadAllBytes(_folder["openings.db"]);
        using (TransparencyLog log = Open())
        {
            log.Redact(Redacting(0), Register, Today);
            log.Sign(Noon);
        }

        return backup;
    }

    private string? Verify()
    {
        using TransparencyLog log = TransparencyLog.OpenForReading(_folder.FullName);
        return LogVerification.Verify(log, static _ => { }, TestContext.Current.CancellationToken).Difference;
    }

    private void Sql(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder[file]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private TransparencyLog Open() => TransparencyLog.Open(_folder.FullName, Options);

    /// <summary>Whether any byte of any file of the folder holds a text, in UTF-8 or UTF-16; the lock holds nothing and cannot be opened beside its writer.</summary>
    private bool Holds(string text) => Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
    });
}
