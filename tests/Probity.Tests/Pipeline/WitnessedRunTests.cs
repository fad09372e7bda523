using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Ledger;

namespace Probity.Tests.Pipeline;

/// <summary>Runs of a register that publishes only what two witnesses cosigned.</summary>
public sealed class WitnessedRunTests : IAsyncLifetime
{
    private WitnessedRegister? _made;

    private WitnessedRegister Witnessed => _made!;

    public async ValueTask InitializeAsync() => _made = await WitnessedRegister.Make();

    public ValueTask DisposeAsync() => _made!.DisposeAsync();

    [Fact]
    public async Task Only_what_both_witnesses_cosigned_is_published_and_proofs_carry_their_word()
    {
        JsonNode first = Witnessed.Run(0, SmallRegister.Three);
        Assert.True((bool)first["witnessed"]!["quorum_met"]!);
        using TransparencyLog log = TransparencyLog.OpenForReading(Witnessed.Data);
        TlogPolicy policy = TlogPolicy.Parse("policy", Encoding.UTF8.GetBytes(WitnessedRegister.Say(0, "ledger", "policy", "--data", Witnessed.Data)), [])!;
        PolicyVerdict verdict = policy.Judge(SignedNote.Parse(log.Published()!.Note)!);
        Assert.True(verdict.IsSatisfied, verdict.Reason);
        Assert.Equal(2, verdict.Cosigned.Length);
        Assert.EndsWith(log.Published()!.Note, WitnessedRegister.Say(0, "ledger", "prove", "1", "--data", Witnessed.Data), StringComparison.Ordinal);

        int port = await Witnessed.Stop();
        JsonNode second = Witnessed.Run(1, SmallRegister.Three.Replace("15,10,10", "20,10,10", StringComparison.Ordinal));
        Assert.False((bool)second["witnessed"]!["quorum_met"]!);
        Assert.Contains("b gave no answer", string.Join('\n', second["witnessed"]!["answers"]!.AsArray().Select(one => $"{one!["witness"]} {one["answer"]}")), StringComparison.Ordinal);
        Assert.Equal(verdict.Checkpoint!.Size, log.Published()!.Size);
        Assert.True(log.LastCheckpoint()!.Size > log.Published()!.Size);
        WitnessedRegister.Say(0, "ledger", "export", Path.Combine(Witnessed.Folder, "public"), "--data", Witnessed.Data);
        Assert.Equal(log.Published()!.Note, await File.ReadAllTextAsync(Path.Combine(Witnessed.Folder, "public", "checkpoint"), TestContext.Current.CancellationToken));

        await Witnessed.Start("b", port);
        Assert.Contains("a, b", WitnessedRegister.Say(0, "ledger", "cosign", "--data", Witnessed.Data), StringComparison.Ordinal);
        Assert.Equal(log.LastCheckpoint()!.Size, log.Published()!.Size);
        WitnessedRegister.Say(0, "verify", Witnessed.Data);
    }

    [Fact]
    public async Task A_redaction_was_left_unpublished_without_a_word_where_witnesses_are_asked()
    {
        string source = Path.Combine(Witnessed.Register, "sources", "fhrs.yaml");
        await File.WriteAllTextAsync(source, (await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken)).Replace("      structural:", "      remark: {from: Remark, redactable: true}\n      structural:", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        string[] lines = SmallRegister.Three.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Witnessed.Run(0, $"{lines[0]},Remark\n{lines[1]},one\n{lines[2]},two\n{lines[3]},\n");
        using TransparencyLog log = TransparencyLog.OpenForReading(Witnessed.Data);
        long[] sealedOnes = [.. log.ReadRange(0, log.Size).Where(entry => entry.Statement.Commitments.Count > 0).Select(entry => entry.Index)];
        string[] Redacting(long index) => ["ledger", "redact", $"{index}", "--field", "remark", "--basis", "law", "--by", "records officer", "--approved-by", "data protection officer", "--data", Witnessed.Data, "--json"];

        JsonNode published = JsonNode.Parse(WitnessedRegister.Say(0, Redacting(sealedOnes[0])))!;
        Assert.True((bool)published["witnessed"]!["quorum_met"]!);
        Assert.Equal((long)published["ledger_size"]!, log.Published()!.Size);

        await Witnessed.Stop();
        JsonNode waiting = JsonNode.Parse(WitnessedRegister.Say(1, Redacting(sealedOnes[1])))!;
        Assert.False((bool)waiting["witnessed"]!["quorum_met"]!);
        Assert.Equal((long)published["ledger_size"]!, log.Published()!.Size);
        Assert.Equal([2, 0], [log.Redactions().Count, log.Openings(0, log.Size).Count]);
    }

    [Fact]
    public void A_second_history_under_the_same_key_is_refused_by_every_witness()
    {
        Witnessed.Run(0, SmallRegister.Three);
        string copy = Path.Combine(Witnessed.Folder, "copy");
        foreach (string file in Directory.GetFiles(Witnessed.Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Witnessed.Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Witnessed.Run(0, SmallRegister.Three.Replace("Oven", "Stove", StringComparison.Ordinal));
        string other = Witnessed.Write("other.csv", SmallRegister.Three.Replace("Oven", "Grill", StringComparison.Ordinal).Replace("Spoon", "Ladle", StringComparison.Ordinal));
        (int exit, string output, _) = SmallRegister.Probity("run", Witnessed.Register, "--source", "fhrs=" + other, "--data", copy, "--as-of", "2026-01-01", "--json");
        Assert.Equal(1, exit);
        JsonArray answers = JsonNode.Parse(output)!["witnessed"]!["answers"]!.AsArray();
        Assert.All(answers, one => Assert.Contains("422", (string)one!["answer"]!, StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(Witnessed.FolderOf("a"), "*.refused"));
    }

    [Fact]
    public async Task A_witness_answers_over_HTTP_as_the_specification_says()
    {
        Witnessed.Run(0, SmallRegister.Three);
        using var client = new HttpClient { BaseAddress = new Uri(Witnessed.Running[0].Site.Urls.First()) };
        using TransparencyLog log = TransparencyLog.OpenForReading(Witnessed.Data);
        string note = log.LastCheckpoint()!.Note;
        async Task<(int Status, string? Type, string Text)> Post(string body)
        {
            using HttpResponseMessage answer = await client.PostAsync(new Uri("/add-checkpoint", UriKind.Relative), new StringContent(body), TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal((409, "text/x.tlog.size", $"{log.Size}\n"), await Post("old 0\n\n" + note));
        Assert.Equal(400, (await Post("old x\n\n" + note)).Status);
        Assert.Equal(413, (await Post("old 0\n\n" + new string('x', 70_000))).Status);
        Assert.Equal(404, (await Post("old 0\n\n" + note.Replace(log.Key.Name, "nobody.example", StringComparison.Ordinal))).Status);
        Assert.Equal(403, (await Post("old 0\n\n" + note.Replace($"\n{log.Size}\n", $"\n{log.Size + 1}\n", StringComparison.Ordinal))).Status);
        Assert.Equal(200, (await Post($"old {log.Size}\n\n{note}")).Status);
        string kept = await client.GetStringAsync(new Uri($"/{Evidence.Digest.Of(Encoding.UTF8.GetBytes(log.Key.Name))}/checkpoint", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(NoteVerdict.Valid, SignedNote.Parse(kept)!.Verify(Witnessed.Running[0].Witness.Key));
        using HttpResponseMessage unknown = await client.GetAsync(new Uri($"/{new string('0', 64)}/checkpoint", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public void A_key_is_shown_as_it_was_made_and_is_never_written_over()
    {
        Assert.Equal(Witnessed.Key, WitnessedRegister.Say(0, "ledger", "key", "show", "--data", Witnessed.Data).Trim());
        (int exit, _, string error) = SmallRegister.Probity("ledger", "key", "new", Witnessed.Register, "--data", Witnessed.Data);
        Assert.Equal(1, exit);
        Assert.Contains("ledger.key-exists", error, StringComparison.Ordinal);
        Witnessed.Run(0, SmallRegister.Three);
        Assert.Equal(Witnessed.Key, WitnessedRegister.Say(0, "ledger", "key", "show", "--data", Witnessed.Data).Trim());
    }

    [Fact]
    public void A_policy_of_another_log_is_refused_before_anything_is_signed()
    {
        string policy = File.ReadAllText(Path.Combine(Witnessed.Register, "tlog-policy"));
        using var other = SignerKey.Generate("other.example");
        Witnessed.Write("register/tlog-policy", $"log {other.Verifier}\n" + policy[(policy.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        string extract = Witnessed.Write("extract.csv", SmallRegister.Three);
        (int exit, _, string error) = SmallRegister.Probity("run", Witnessed.Register, "--source", "fhrs=" + extract, "--data", Witnessed.Data, "--as-of", "2026-01-01");
        Assert.Equal(1, exit);
        Assert.Contains("ledger.policy", error, StringComparison.Ordinal);
        using TransparencyLog log = TransparencyLog.OpenForReading(Witnessed.Data);
        Assert.Null(log.LastCheckpoint());
    }
}
