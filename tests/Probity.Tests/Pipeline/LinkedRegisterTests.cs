using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Register;

namespace Probity.Tests.Pipeline;

public sealed class LinkedRegisterTests : IDisposable
{
    private readonly LinkedRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Fact]
    public void Records_of_five_sources_become_organisations_and_verification_covers_it()
    {
        (int exit, JsonNode summary) = _register.RunAll();
        Assert.Equal((0, 100), (exit, (int)summary["records"]!));
        Assert.Equal((42, 58), ((int)summary["organisations"]!, (int)summary["linkage"]!["joined"]!));
        Assert.Equal(_register.Of("companies", "K1002"), _register.Of("court", "C70"));
        Assert.Equal(_register.Of("companies", "K1004"), _register.Of("recalls", "R31"));
        Assert.Equal(0, SmallRegister.Probity("verify", _register.Data).Exit);
        string before = SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output;
        Assert.Equal(0, SmallRegister.Probity("rebuild", "--data", _register.Data).Exit);
        Assert.Equal(before, SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output);
    }

    [Fact]
    public void A_run_that_brings_nothing_new_appends_nothing()
    {
        (_, JsonNode first) = _register.RunAll();
        (int exit, JsonNode second) = _register.RunAll();
        Assert.Equal((0, (long)first["ledger_size"]!, null), (exit, (long)second["ledger_size"]!, second["linkage"]?.ToJsonString()));
    }

    [Theory]
    [InlineData("companies inspections court recalls partner")]
    [InlineData("partner recalls court inspections companies")]
    [InlineData("court partner companies recalls inspections")]
    public void Sources_that_come_one_a_day_in_any_order_give_the_organisations_they_give_together(string order)
    {
        _register.RunAll();
        using var daily = new LinkedRegister();
        foreach (string source in order.Split(' '))
        {
            Assert.Equal(0, daily.Run((source, LinkedRegister.Extract(source))).Exit);
        }

        Assert.Equal(100, _register.Organisations().Sum(organisation => organisation.Split(' ').Length));
        Assert.Equal(_register.Organisations(), daily.Organisations());
        Assert.Equal(0, SmallRegister.Probity("verify", daily.Data).Exit);
    }

    [Fact]
    public void A_record_that_joins_without_changing_a_rating_was_taken_for_a_forged_view()
    {
        _register.Run(("companies", LinkedRegister.Extract("companies")), ("partner", LinkedRegister.Extract("partner")));
        string renamed = _register.Write("late.csv", string.Join('\n', File.ReadLines(LinkedRegister.Extract("partner")).Take(4)).Replace("\nS", "\nLATE", StringComparison.Ordinal) + "\n");
        (_, JsonNode late) = _register.Run(("partner", renamed));
        Assert.Equal(3, (int)late["linkage"]!["joined"]!);
        Assert.Equal(0, SmallRegister.Probity("verify", _register.Data).Exit);
    }

    [Fact]
    public void A_judgement_merges_the_old_identifier_redirects_and_taking_it_back_splits()
    {
        _register.RunAll();
        OrganisationId company = _register.Of("companies", "K1011");
        OrganisationId case_ = _register.Of("court", "C80");
        Assert.NotEqual(company, case_);
        Assert.Equal(0, _register.Judge("companies:K1011", "court:C80", "--same").Exit);
        (_, JsonNode merged) = _register.Run();
        Assert.Equal((1, 0), ((int)merged["linkage"]!["merged"]!, (int)merged["linkage"]!["split"]!));
        Assert.Equal(company, _register.Of("court", "C80"));
        Assert.Contains($"{case_},{company},", SmallRegister.Probity("export", "redirects", "--data", _register.Data).Output, StringComparison.Ordinal);
        Assert.Contains(company.ToString(), SmallRegister.Probity("explain", case_.ToString(), "--data", _register.Data).Output, StringComparison.Ordinal);

        Assert.Equal(0, _register.Judge("court:C80", "companies:K1011", "--revoke").Exit);
        (_, JsonNode split) = _register.Run();
        Assert.Equal(1, (int)split["linkage"]!["split"]!);
        OrganisationId again = _register.Of("court", "C80");
        Assert.Equal(company, _register.Of("companies", "K1011"));
        Assert.DoesNotContain(again, new[] { company, case_ });
        Assert.Contains($"{case_},{company},", SmallRegister.Probity("export", "redirects", "--data", _register.Data).Output, StringComparison.Ordinal);
        Assert.Equal(0, SmallRegister.Probity("verify", _register.Data).Exit);
    }

    [Fact]
    public void An_earlier_ledger_size_shows_the_organisations_of_then()
    {
        (_, JsonNode first) = _register.RunAll();
        OrganisationId case_ = _register.Of("court", "C80");
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Run();
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        Assert.Null(reader.Find(case_, reader.Current));
        Assert.Equal(case_, reader.Find(case_, new AsOf(reader.Current.ValidAt, (long)first["known_at"]!))!.Summary.Id);
    }

    [Fact]
    public void Judgements_that_contradict_each_other_join_nothing_and_are_shown()
    {
        _register.RunAll();
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Judge("court:C80", "companies:K1012", "--same");
        _register.Judge("companies:K1011", "companies:K1012", "--not-same");
        (_, JsonNode summary) = _register.Run();
        Assert.Equal((2, 0), ((int)summary["linkage"]!["contradictions"]!, (int)summary["linkage"]!["merged"]!)); // the judgement, and the two companies' numbers
    }

    [Fact]
    public void One_judgement_of_same_tore_two_companies_with_different_numbers_off_their_records_without_a_word()
    {
        _register.RunAll();
        (OrganisationId one, OrganisationId other) = (_register.Of("companies", "K1000"), _register.Of("companies", "K1001"));
        (int exit, string output, string error) = _register.Judge("companies:K1000", "companies:K1001", "--same");
        Assert.Equal(0, exit);
        Assert.Contains("joins nothing", (string)JsonNode.Parse(output)!["contradicted"]!, StringComparison.Ordinal);
        Assert.Contains("siren", error, StringComparison.Ordinal);
        (_, JsonNode summary) = _register.Run();
        Assert.Equal((1, 0, 0), ((int)summary["linkage"]!["contradictions"]!, (int)summary["linkage"]!["merged"]!, (int)summary["linkage"]!["split"]!));
        Assert.Equal((one, other), (_register.Of("companies", "K1000"), _register.Of("companies", "K1001")));
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        Assert.Equal("siren", (string)reader.Linkage.LastRun(reader.Current)!.Report["contradictions"]![0]!["numbers"]!["scheme"]!);
    }

    [Fact]
    public void One_judgement_of_same_between_records_without_numbers_tore_one_off_its_company_without_a_word()
    {
        _register.RunAll();
        (int _, string output, string _) = _register.Judge("inspections:I500", "inspections:I501", "--same");
        Assert.Contains("these records belong to the organisations that would be joined: this judgement joins nothing", (string)JsonNode.Parse(output)!["contradicted"]!, StringComparison.Ordinal);
        (_, JsonNode summary) = _register.Run();
        Assert.Equal((1, 0, 0), ((int)summary["linkage"]!["contradictions"]!, (int)summary["linkage"]!["merged"]!, (int)summary["linkage"]!["split"]!));
        Assert.Equal(_register.Of("companies", "K1001"), _register.Of("inspections", "I501"));
        (_, JsonNode next) = _register.Run(("companies", _register.Write("later.csv", File.ReadAllText(LinkedRegister.Extract("companies")).Replace("111 Harbour Road", "112 Harbour Road", StringComparison.Ordinal))));
        Assert.Equal(1, (int)next["linkage"]!["contradictions"]!); // also where other records changed
    }

    [Fact]
    public void A_placeholder_was_told_to_contradict_a_judgement()
    {
        string[] words = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir"];
        string placeholder = string.Concat(Enumerable.Range(0, 30).Select(i => $"P{i},{words[i % 6]}{words[i / 6]} Works,{i} Mole Street,K{i:D3} 1PW,Northpaw,,,732829320\n"));
        _register.Run(("companies", LinkedRegister.Extract("companies")), ("partner", _register.Write("partner.csv", File.ReadLines(LinkedRegister.Extract("partner")).First() + "\n" + placeholder)));
        Assert.Null(JsonNode.Parse(_register.Judge("companies:K1000", "partner:P3", "--same").Output)!["contradicted"]);
        Assert.Equal(0, (int)_register.Run().Answer["linkage"]!["contradictions"]!);
    }

    [Fact]
    public void A_number_that_came_after_the_judgement_that_it_contradicts_was_shown_nowhere()
    {
        string companies = File.ReadAllText(LinkedRegister.Extract("companies"));
        string without = _register.Write("companies.csv", companies.Replace("007110976", "", StringComparison.Ordinal));
        _register.Run(("companies", without), ("inspections", LinkedRegister.Extract("inspections")));
        Assert.Null(JsonNode.Parse(_register.Judge("inspections:I500", "inspections:I501", "--same").Output)!["contradicted"]);
        Assert.Equal(0, (int)_register.Run().Answer["linkage"]!["contradictions"]!);
        (_, JsonNode summary) = _register.Run(("companies", LinkedRegister.Extract("companies")));
        Assert.Equal(1, (int)summary["linkage"]!["contradictions"]!);
        Assert.Equal((_register.Of("companies", "K1000"), _register.Of("companies", "K1001")), (_register.Of("inspections", "I500"), _register.Of("inspections", "I501")));
    }

    [Fact]
    public void An_organisation_that_a_person_made_of_two_records_had_a_weakest_link_of_next_to_nothing()
    {
        _register.Run(("court", LinkedRegister.Extract("court")));
        _register.Judge("court:C70", "court:C80", "--same");
        _register.Run();
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        JsonObject report = reader.Linkage.LastRun(reader.Current)!.Report;
        JsonNode joined = Assert.Single(report["biggest"]!.AsArray())!;
        Assert.Equal((2, null, 1), ((int)joined["records"]!, joined["weakest_link"], (int)joined["judged"]!));
        Assert.Empty(report["weakest"]!.AsArray());
    }

    [Theory]
    [InlineData("companies:K1011", "court:C99", "judgement.record-unknown")]
    [InlineData("companies:K1011", "companies:K1011", "judgement.one-record")]
    public void A_judgement_about_nothing_is_refused(string one, string other, string code)
    {
        _register.RunAll();
        (int exit, string output, _) = _register.Judge(one, other, "--same");
        Assert.Equal((1, code), (exit, (string)JsonNode.Parse(output)!["error"]!["code"]!));
    }

    [Theory]
    [InlineData("DELETE FROM member WHERE rno = (SELECT no FROM record WHERE record = 'C70')")]
    [InlineData("UPDATE member SET no = 1 WHERE rno = (SELECT no FROM record WHERE record = 'C70')")]
    [InlineData("INSERT INTO redirect VALUES ('o0000000000000000', 'o1111111111111111', 3)")]
    public void A_forged_view_of_which_records_are_one_is_found(string sql)
    {
        _register.RunAll();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_register.Data, "views.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        (int exit, string output, _) = SmallRegister.Probity("verify", _register.Data);
        Assert.Equal(1, exit);
        Assert.Matches("DIFFERENCE: (by the ledger, |the views say that )", output);
    }

    [Fact]
    public void A_source_that_renumbered_overnight_is_an_alarm_and_changes_nothing()
    {
        (_, JsonNode first) = _register.RunAll();
        string renumbered = _register.Write("companies.csv", File.ReadAllText(LinkedRegister.Extract("companies")).Replace("\nK10", "\nX77", StringComparison.Ordinal));
        (int exit, JsonNode answer) = _register.Run(("companies", renumbered));
        Assert.Equal((1, "source.renumbered"), (exit, (string)answer["error"]!["code"]!));
        Assert.Contains("K1000,X7700", File.ReadAllText(Path.Combine(_register.Data, "renumbered-companies.csv")), StringComparison.Ordinal);
        Assert.Equal((long)first["ledger_size"]!, (long)_register.Run().Answer["ledger_size"]!);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("cut")]
    [InlineData("zeros")]
    [InlineData("garbage")]
    public void Lost_or_torn_pairs_cost_time_and_change_nothing(string what)
    {
        _register.RunAll();
        string kept = Path.Combine(_register.Data, "linkage.pairs");
        byte[] content = File.ReadAllBytes(kept);
        File.Delete(kept);
        if (what != "lost")
        {
            File.WriteAllBytes(kept, what == "cut" ? content[..^12] : what == "zeros" ? [.. content[..^44], .. new byte[44]] : [1, 2, (byte)'\n', 3]);
        }

        _register.Judge("companies:K1011", "court:C80", "--same");
        (_, JsonNode summary) = _register.Run();
        Assert.Equal((true, 1, 0), ((bool)summary["linkage"]!["everything_compared"]!, (int)summary["linkage"]!["merged"]!, (int)summary["linkage"]!["split"]!));
    }

    [Fact]
    public void G01_G42_a_file_of_natural_persons_is_refused_before_any_of_it_is_appended()
    {
        string people = _register.Write("people.csv", "Number,Name,Trade,Street,Postcode,Town,Siren\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"P{i},{(i % 2 == 0 ? "Mary" : "John")} Penhaligon,,,,,\n")));
        (int exit, JsonNode answer) = _register.Run(("companies", people));
        Assert.Equal((1, "linkage.persons"), (exit, (string)answer["error"]!["code"]!));
        using Ledger.TransparencyLog log = Ledger.TransparencyLog.OpenForReading(_register.Data);
        Assert.Equal(0, log.Size);
    }

    [Fact]
    public void G04_who_judged_is_nowhere_a_subject_or_a_key()
    {
        _register.RunAll();
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Run();
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        Assert.Empty(reader.Search(new SearchQuery("Clerk", "", "", "", 1), reader.Current).Results);
        Assert.DoesNotContain(reader.Log.ReadRange(0, reader.Log.Size), entry => entry.Statement.Kind == StatementKind.Judgement && entry.Statement.Subject is not null);
        Assert.DoesNotContain("Clerk", SmallRegister.Probity("export", "ratings", "--format", "jsonl", "--data", _register.Data).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void G34_joining_a_record_makes_no_finding_last_longer()
    {
        _register.RunAll();
        string OutcomeOn(string day) => JsonNode.Parse(SmallRegister.Probity("export", "ratings", "--format", "jsonl", "--as-of", day, "--data", _register.Data).Output
            .Split('\n').Single(line => line.Contains("Amberlight", StringComparison.Ordinal)))!["outcome"]!.ToString();
        Assert.NotEqual("Expired", OutcomeOn("2026-09-01"));
        Assert.Equal("Expired", OutcomeOn("2057-01-01"));
    }
}
