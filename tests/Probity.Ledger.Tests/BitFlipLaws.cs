using CsCheck;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>One bit changed in anything that is stored of the log is found, and its place is named.</summary>
public sealed class BitFlipLaws : IDisposable
{
    private const int Entries = 600;
    private static readonly LogOptions Options = new("probity.example/test");
    private readonly TemporaryFolder _folder = new();

    public BitFlipLaws()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        log.Append([.. Enumerable.Range(0, Entries).Select(Finding)]);
        log.PutDocument("the rules"u8.ToArray());
        var grounds = new RedactionGrounds("law", "office", "one role", "another role");
        log.Redact(new Redaction(107, Finding(107).Slot, ["note"], grounds), new Provenance("register", "food", "law", "purpose"), new DateOnly(2026, 5, 12));
        log.Sign(new DateTimeOffset(2026, 5, 12, 12, 0, 0, TimeSpan.Zero));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ledger.db", "entry", "body", "entry {0}")]
    [InlineData("ledger.db", "entry", "slot", "entry {0}")]
    [InlineData("ledger.db", "entry", "leaf8", "entry {0}")]
    [InlineData("ledger.db", "tile", "hashes", "entry |stored hash ")]
    [InlineData("ledger.db", "checkpoint", "note", "checkpoint")]
    [InlineData("ledger.db", "checkpoint", "size", "checkpoint")]
    [InlineData("ledger.db", "document", "body", "document ")]
    [InlineData("ledger.db", "document", "hash", "document ")]
    [InlineData("ledger.db", "redaction", "idx", "the list of redactions")]
    [InlineData("openings.db", "opening", "salt", "entry ")]
    [InlineData("openings.db", "opening", "value", "entry ")]
    [InlineData("openings.db", "opening", "slot", "entry ")]
    [InlineData("openings.db", "opening", "field", "entry ")]
    [InlineData("openings.db", "opening", "idx", "entry ")]
    [InlineData("openings.db", "opening", "commitment", "entry ")]
    public void A_bit_flipped_anywhere_is_named(string file, string table, string column, string named) =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample(
            (row, bit) =>
            {
                byte[] sound = File.ReadAllBytes(_folder[file]);
                long at = Flip(file, (table, column), row, bit);
                string? difference = Verify();
                File.Delete(_folder[file + "-wal"]);
                File.Delete(_folder[file + "-shm"]);
                File.WriteAllBytes(_folder[file], sound);
                return difference is not null && named.Split('|').Any(one => difference.Contains(one.Replace("{0}", $"{at}", StringComparison.Ordinal), StringComparison.Ordinal));
            },
            iter: 12,
            threads: 1);

    [Fact]
    public void A_bit_flipped_in_the_checkpoint_kept_apart_is_named() => Gen.Int[0, int.MaxValue].Sample(
        bit =>
        {
            string path = _folder["signed/checkpoint"];
            byte[] sound = File.ReadAllBytes(path);
            byte[] flipped = [.. sound];
            flipped[bit / 8 % flipped.Length] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, flipped);
            string? difference = Verify();
            File.WriteAllBytes(path, sound);
            return difference is not null && difference.Contains("checkpoint", StringComparison.Ordinal);
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void What_was_flipped_and_flipped_back_verifies()
    {
        Flip("ledger.db", ("entry", "body"), 3, 5);
        Assert.NotNull(Verify());
        Flip("ledger.db", ("entry", "body"), 3, 5);
        Assert.Null(Verify());
    }

    private string? Verify()
    {
        try
        {
            using TransparencyLog log = TransparencyLog.OpenForReading(_folder.FullName);
            return LogVerification.Verify(log, _ => { }, TestContext.Current.CancellationToken).Difference;
        }
        catch (LedgerRefusedException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>Flips one bit of one row's column; answers the row's place in its table, from 0.</summary>
    private long Flip(string file, (string Table, string Column) where, int row, int bit)
    {
        using var connection = new SqliteConnection($"Data Source={_folder[file]};Pooling=False");
        connection.Open();
        string key = where.Table == "opening" ? "idx" : "rowid";
        long[] keys = Ask(connection, $"SELECT {key} FROM {where.Table} WHERE {where.Column} IS NOT NULL ORDER BY {key}").Select(one => (long)one).ToArray();
        int place = row % keys.Length;
        object value = Ask(connection, $"SELECT {where.Column} FROM {where.Table} WHERE {key} = {keys[place]}").Single();
        using SqliteCommand write = connection.CreateCommand();
        write.CommandText = $"UPDATE {where.Table} SET {where.Column} = $0 WHERE {key} = {keys[place]}";
        write.Parameters.AddWithValue("$0", Flipped(value, bit));
        Assert.Equal(1, write.ExecuteNonQuery());
        return place;
    }

    private static object Flipped(object value, int bit)
    {
        switch (value)
        {
            case long number:
                return number ^ (1L << (bit % 63));
            case string text:
                char[] letters = text.ToCharArray();
                letters[bit / 4 % letters.Length] ^= (char)(1 << (bit % 4));
                return new string(letters);
            default:
                byte[] bytes = (byte[])value;
                bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
                return bytes;
        }
    }

    private static List<object> Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var all = new List<object>();
        while (reader.Read())
        {
            all.Add(reader.GetValue(0));
        }

        return all;
    }

    private static Statement Finding(int record)
    {
        Statement finding = Statement.Finding(
            new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{record}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
        return record % 100 == 7 ? finding.Withholding(Fields.Of(("note", Value.Of($"note of {record}")))) : finding;
    }
}
