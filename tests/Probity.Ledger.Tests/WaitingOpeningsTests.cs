using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>Openings are on disk before the entries that commit to them: a writer that is killed between the two leaves some of entries that never came to be.</summary>
public sealed class WaitingOpeningsTests : IDisposable
{
    private static readonly LogOptions Options = new("probity.example/test");
    private static readonly Provenance Source = new("s", "food", "law", "purpose");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_append_that_was_killed_between_the_openings_and_the_ledger_was_told_as_a_difference()
    {
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            Statement finding = Statement.Finding(Source, new RecordId("s", "1"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
            log.Append([finding.Withholding(Fields.Of(("note", Value.Of("seen"))))]);
            log.Sign(DateTimeOffset.UnixEpoch);
        }

        var waiting = new Opening("note", Convert.ToHexStringLower(new byte[Opening.SaltBytes]), "never came to be");
        Keep(waiting, waiting.Commitment().ToString());
        Assert.Null(Verify());
        TransparencyLog.Open(_folder.FullName, Options).Dispose();
        Assert.DoesNotContain("never came to be", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_folder["openings.db"])), StringComparison.Ordinal);
        Keep(waiting, new string('0', 64));
        Assert.StartsWith("openings.db keeps something of 'note' of entry 7, which the ledger does not have", Verify(), StringComparison.Ordinal);
    }

    private void Keep(Opening opening, string commitment)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["openings.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO opening SELECT slot, field, 7, $commitment, $salt, $value FROM opening WHERE idx = 0";
        command.Parameters.AddWithValue("$commitment", commitment);
        command.Parameters.AddWithValue("$salt", opening.Salt);
        command.Parameters.AddWithValue("$value", opening.Value);
        command.ExecuteNonQuery();
    }

    private string? Verify()
    {
        using TransparencyLog log = TransparencyLog.OpenForReading(_folder.FullName);
        return LogVerification.Verify(log, static _ => { }, TestContext.Current.CancellationToken).Difference;
    }
}
