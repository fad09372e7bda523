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
        using (TransparencyLog log = TransparencyLog.OpenForReading(_folder.FullName))
        {
            Assert.Equal([new FieldState.Kept(0, "note", 1)], States(log));
        }

        Open().Dispose();
        Assert.False(Holds("Ermintrude"));
    }

    [Fact]
    public void Openings_of_entries_that_never_came_to_be_are_dropped()
    {
        using (TransparencyLog log = Open())
        {
            log.Append([Finding(1, 5, "one")]);
        }

        using (var connection = new SqliteConnection($"Data Source={_folder["openings.db"]};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO opening VALUES (zeroblob(32), 'note', 1, '', '{new string('a', 64)}', 'orphan')";
            command.ExecuteNonQuery();
        }

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
        Assert.Equal(published.Find("openings/000", signed), File.ReadAllBytes(mirror["openings/000"]));
        foreach (int index in (ReadOnlySpan<int>)[0, 1])
        {
            log.Redact(new Redaction(index, Finding(10 + index, 5, "").Slot, ["note"], Redacting(0).Grounds), Register, Today);
        }

        published.Export(mirror.FullName, log.Sign(Noon).Size);
        Assert.True(File.Exists(mirror["openings/001"]));
        Assert.Equal(log.Openings(0, 256).Count > 0, File.Exists(mirror["openings/000"]));
        published.Export(mirror.FullName, 256 - 1);
        Assert.False(File.Exists(mirror["openings/001"]));
    }

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

        return [.. audit.States(index => [.. log.Openings(index, index + 1).Select(one => one.Opening)])];
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
