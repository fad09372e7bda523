using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Probity.Tests.Support;

namespace Probity.Tests.Pipeline;

public sealed class RunTests : IDisposable
{
    private readonly SmallRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Fact]
    public void All_ratings_of_twenty_London_authorities_equal_the_published()
    {
        string file = SharedData.Path("food-hygiene/establishments.csv");
        (int exit, string output, _) = SmallRegister.Probity("run", SmallRegister.RegisterFolder, "--source", "fhrs=" + file, "--data", _register.Data, "--json");
        JsonNode summary = JsonNode.Parse(output)!;
        Assert.Equal(0, exit);
        Assert.Equal((42_613, 0, 35_574, 0), ((int)summary["records"]!, (int)summary["rejected_records"]!, (int)summary["equal_to_published"]!, (int)summary["differing_from_published"]!));
        Assert.Equal((4_885, 1_964, 2), ((int)summary["outcomes"]!["AwaitingInspection"]!, (int)summary["outcomes"]!["Exempt"]!, (int)summary["outcomes"]!["AwaitingPublication"]!));
        Assert.Equal(42_613, summary["outcomes"]!.AsObject().Sum(outcome => (int)outcome.Value!));
    }

    [Fact]
    public void Running_the_same_file_again_appends_nothing()
    {
        (_, JsonNode first) = _register.Run(SmallRegister.Three);
        (int exit, JsonNode second) = _register.Run(SmallRegister.Three);
        Assert.Equal((0, 0, (long)first["ledger_size"]!), (exit, (int)second["appended"]!, (long)second["ledger_size"]!));
        Assert.Equal((string)first["ledger_root"]!, (string)second["ledger_root"]!);
    }

    [Fact]
    public void A_newer_file_appends_only_what_changed()
    {
        _register.Run(SmallRegister.Three);
        (_, JsonNode second) = _register.Run(SmallRegister.Three.Replace("Imaginary Oven", "Renamed Oven", StringComparison.Ordinal));
        Assert.Equal(1, (int)second["appended"]!);
        Assert.Contains("Renamed Oven", SmallRegister.Probity("explain", "fhrs:2", "--data", _register.Data).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_does_not_fit_is_counted_and_kept_apart_and_the_rest_goes_on()
    {
        (int exit, JsonNode summary) = _register.Run(SmallRegister.Three + SmallRegister.Line(4, "Odd", "1", "2024-05-01T00:00:00", "7,0,0") + SmallRegister.Line(1, "Twice", "5", "2024-05-01T00:00:00", "0,0,0"));
        Assert.Equal((0, 5, 2, 3), (exit, (int)summary["records"]!, (int)summary["rejected_records"]!, (int)summary["organisations"]!));
        Assert.Equal((1, 1), ((int)summary["rejections"]!["value.outside-set"]!, (int)summary["rejections"]!["id.duplicate"]!));
        Assert.Equal(2, File.ReadLines(Path.Combine(_register.Data, "rejections.jsonl")).Count());
    }

    [Fact]
    public void A_truncated_file_is_told_and_what_was_read_is_kept()
    {
        (int exit, JsonNode summary) = _register.Run(SmallRegister.Three + "4,L4,Half");
        Assert.Equal((1, true, 3), (exit, (bool)summary["incomplete"]!, (int)summary["organisations"]!));
    }

    [Fact]
    public void A_record_without_a_published_decision_is_no_rating_G16()
    {
        _register.Run(SmallRegister.Three);
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_register.Data, "views.db")};Pooling=False;Mode=ReadOnly"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM organisation WHERE published = '' AND status IN (0, 1)";
            Assert.Equal(0L, command.ExecuteScalar());
        }
    }

    [Fact]
    public void Where_the_rule_gives_another_outcome_the_row_says_so_G16()
    {
        _register.Run(SmallRegister.Header + SmallRegister.Line(1, "Contested", "5", "2024-03-01T00:00:00", "20,0,0"));
        string line = SmallRegister.Probity("export", "ratings", "--format", "jsonl", "--data", _register.Data).Output;
        JsonNode row = JsonNode.Parse(line)!;
        Assert.Equal(("1", "differs", "5"), ((string)row["outcome"]!, (string)row["status"]!, (string)row["published"]!));
    }

    [Fact]
    public void A_second_process_on_the_same_data_is_refused()
    {
        _register.Run(SmallRegister.Three);
        using Ledger.TransparencyLog held = Ledger.TransparencyLog.Open(_register.Data, new Ledger.LogOptions("probity.example/uk-food-hygiene"));
        (int exit, JsonNode answer) = _register.Run(SmallRegister.Three);
        Assert.Equal((1, "ledger.in-use"), (exit, (string)answer["error"]!["code"]!));
    }

    [Fact]
    public void A_data_folder_of_a_newer_version_is_refused()
    {
        _register.Run(SmallRegister.Three);
        Sql("ledger.db", "PRAGMA user_version=99");
        (int exit, JsonNode answer) = _register.Run(SmallRegister.Three);
        Assert.Equal((1, "ledger.newer-version"), (exit, (string)answer["error"]!["code"]!));
    }

    [Fact]
    public void Wrong_use_and_unknown_things_are_told_apart()
    {
        Assert.Equal(2, SmallRegister.Probity("run").Exit);
        Assert.Equal(2, SmallRegister.Probity("run", SmallRegister.RegisterFolder, "--source", "fhrs").Exit);
        Assert.Equal(2, SmallRegister.Probity("run", SmallRegister.RegisterFolder, "--source", "nope=x.csv", "--data", _register.Data).Exit);
        Assert.Equal(2, SmallRegister.Probity("explain", "fhrs:1", "--as-of", "yesterday").Exit);
        Assert.Equal(1, SmallRegister.Probity("run", _register.Folder, "--data", _register.Data).Exit);
        Assert.Equal(1, SmallRegister.Probity("explain", "fhrs:1", "--data", _register.Data).Exit);
    }

    [Fact]
    public void An_unknown_key_in_a_mapping_is_shown_with_its_place_and_nothing_is_written()
    {
        Assert.Equal(0, SmallRegister.Probity("init", "mine", "--from", SmallRegister.RegisterFolder, "--in", _register.Folder).Exit);
        string mapping = Path.Combine(_register.Folder, "mine", "sources", "fhrs.yaml");
        File.WriteAllText(mapping, File.ReadAllText(mapping).Replace("publisher:", "publishr:", StringComparison.Ordinal));
        (int exit, _, string error) = SmallRegister.Probity("run", Path.Combine(_register.Folder, "mine"), "--data", _register.Data);
        Assert.Equal(1, exit);
        Assert.Contains("unknown key 'publishr'; did you mean 'publisher'?", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_register.Data));
    }

    [Fact]
    public void What_a_register_publishes_of_itself_has_the_bytes_of_its_format()
    {
        _register.Run(SmallRegister.Three);
        using Ledger.TransparencyLog log = Ledger.TransparencyLog.OpenForReading(_register.Data);
        Snapshot.Match(string.Concat(log.ReadRange(0, 3).Select(entry => Encoding.UTF8.GetString(entry.Statement.ToBytes()) + "\n")), "register-publications");
    }

    [Fact]
    public void A_register_made_by_init_runs()
    {
        SmallRegister.Probity("init", "mine", "--from", SmallRegister.RegisterFolder, "--in", _register.Folder);
        string file = _register.Write("extract.csv", SmallRegister.Three);
        Assert.Equal(0, SmallRegister.Probity("run", Path.Combine(_register.Folder, "mine"), "--source", "fhrs=" + file, "--data", _register.Data).Exit);
        Assert.StartsWith("probity.example/mine+", File.ReadAllText(Path.Combine(_register.Data, "keys", "log.vkey")), StringComparison.Ordinal);
    }

    private void Sql(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_register.Data, file)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
