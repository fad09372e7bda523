using Microsoft.Data.Sqlite;

namespace Probity.Tests.Pipeline;

public sealed class VerifyTests : IDisposable
{
    private readonly SmallRegister _register = new();

    public VerifyTests() => _register.Run(SmallRegister.Three);

    public void Dispose() => _register.Dispose();

    [Fact]
    public void What_a_run_made_verifies()
    {
        (int exit, string output, _) = SmallRegister.Probity("verify", _register.Data);
        Assert.Equal(0, exit);
        Assert.Contains("Everything that is published follows from the ledger.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger.db", "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'Imaginary', 'Imaginery') AS BLOB) WHERE idx = 6", "entry 6")]
    [InlineData("ledger.db", "UPDATE tile SET hashes = zeroblob(length(hashes))", "entry 0")]
    [InlineData("ledger.db", "UPDATE checkpoint SET note = replace(note, 'probity.example/uk-food-hygiene', 'probity.example/uk-food-hygeine')", "is not signed by")]
    [InlineData("ledger.db", "DELETE FROM entry WHERE idx = 4", "entry 4 is missing")]
    [InlineData("views.db", "UPDATE organisation SET outcome = '5', label = 'Very good' WHERE record = '2'", "fhrs:2: published is")]
    [InlineData("views.db", "DELETE FROM organisation WHERE record = '3'", "fhrs:3 is not published")]
    public void What_was_changed_is_named(string file, string sql, string place)
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_register.Data, file)};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        (int exit, string output, string error) = SmallRegister.Probity("verify", _register.Data);
        Assert.Equal((1, ""), (exit, string.Concat(error.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal)))));
        Assert.Contains(place, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rebuilding_gives_the_same_export()
    {
        string before = SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output;
        File.Delete(Path.Combine(_register.Data, "views.db"));
        Assert.Equal(0, SmallRegister.Probity("rebuild", "--data", _register.Data).Exit);
        Assert.Equal(before, SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output);
        Assert.Contains("Imaginary Oven", before, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_and_one_stroke_give_the_same_register()
    {
        _register.Run(SmallRegister.Three.Replace("15,10,10", "10,10,10", StringComparison.Ordinal).Replace("Oven,Takeaway/sandwich shop", "Stove,Retailers - other", StringComparison.Ordinal), "2026-02-01");
        string stepped = SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output;
        Assert.Equal(0, SmallRegister.Probity("verify", _register.Data).Exit);
        SmallRegister.Probity("rebuild", "--data", _register.Data);
        Assert.Equal(stepped, SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output);
    }

    [Fact]
    public void Another_time_gives_what_was_known_and_true_then()
    {
        string first = SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output;
        _register.Run(SmallRegister.Three.Replace("2,k,2024-04-01T00:00:00,15,10,10", "3,k,2025-04-01T00:00:00,10,10,10", StringComparison.Ordinal));
        string size = first.Split('\n')[1].Split(',')[^1];
        Assert.Equal(first, SmallRegister.Probity("export", "ratings", "--data", _register.Data, "--known-at", size).Output);
        Assert.Contains("\"outcome\": \"2\"", ExplainJson("--as-of", "2025-01-01"), StringComparison.Ordinal);
        Assert.Contains("InsufficientData", SmallRegister.Probity("export", "ratings", "--data", _register.Data, "--as-of", "2024-03-15").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_a_spreadsheet_would_compute_is_escaped()
    {
        _register.Run(SmallRegister.Header + SmallRegister.Line(9, "=HYPERLINK(1)", "5", "2024-03-01T00:00:00", "0,0,0"));
        Assert.Contains(",\"'=HYPERLINK(1)\",", SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output, StringComparison.Ordinal);
    }

    private string ExplainJson(params string[] more) =>
        SmallRegister.Probity(["export", "ratings", "--format", "jsonl", "--data", _register.Data, .. more]).Output.Replace("\":\"", "\": \"", StringComparison.Ordinal);
}
