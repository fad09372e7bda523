using System.Text;
using Probity.Evidence;

namespace Probity.Ledger.Tests;

public sealed class TlogPolicyTests
{
    private const string Log = $"log {ReferenceLog.LogKey}\n";
    private const string Witness = $"witness w1 {ReferenceLog.WitnessKey}\n";

    [Fact]
    public void A_checkpoint_without_the_quorum_is_refused_and_with_it_believed()
    {
        TlogPolicy policy = Read(Log + Witness + "quorum w1\n");
        PolicyVerdict alone = policy.Judge(SignedNote.Parse(ReferenceLog.Signed)!);
        Assert.False(alone.IsSatisfied);
        Assert.Equal("w1", Assert.Single(alone.Missing).Name);
        PolicyVerdict witnessed = policy.Judge(SignedNote.Parse(ReferenceLog.Witnessed)!);
        Assert.True(witnessed.IsSatisfied, witnessed.Reason);
        Assert.Equal((15, "w1"), (witnessed.Checkpoint!.Size, Assert.Single(witnessed.Cosigned).Name));
    }

    [Fact]
    public void Without_a_quorum_the_logs_own_signature_is_enough() =>
        Assert.True(Read(Log + "quorum none\n").Judge(SignedNote.Parse(ReferenceLog.Signed)!).IsSatisfied);

    [Fact]
    public void A_log_that_is_not_listed_is_refused_unless_it_is_known_from_elsewhere()
    {
        TlogPolicy policy = Read(Witness + "quorum w1\n");
        SignedNote note = SignedNote.Parse(ReferenceLog.Witnessed)!;
        Assert.False(policy.Judge(note).IsSatisfied);
        Assert.True(policy.Judge(note, VerifierKey.Parse(ReferenceLog.LogKey)!).IsSatisfied);
        using var other = SignerKey.Generate("example.com/log/testdata");
        Assert.False(policy.Judge(note, other.Verifier).IsSatisfied);
        Assert.False(Read($"log {other.Verifier}\n{Witness}quorum w1\n").Judge(note).IsSatisfied);
    }

    [Fact]
    public void A_false_cosignature_spoils_the_checkpoint_even_where_it_is_not_needed()
    {
        SignedNote note = SignedNote.Parse(ReferenceLog.Witnessed)!;
        SignedNote spoilt = note.With([note.Signatures[1] with { Signature = [.. new byte[72]] }]);
        Assert.Contains("w1", Read(Log + Witness + "quorum none\n").Judge(spoilt).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_groups_are_counted_as_the_specification_says()
    {
        CosignerKey[] keys = [.. Enumerable.Range(0, 6).Select(i => CosignerKey.Generate($"w{i}.example"))];
        string policy = Log + string.Concat(keys.Select((key, i) => $"witness {(i < 3 ? "X" : "Y")}{i} {key.Verifier}\n"))
            + "\n# two of one organisation, any of the other\ngroup X 2 X0 X1 X2\n group\tY any Y3 Y4 Y5\ngroup both all X Y\nquorum both\n";
        TlogPolicy read = Read(policy);
        Assert.Equal("2 of (2 of (X0, X1, X2), 1 of (Y3, Y4, Y5))", read.Quorum.ToString());
        bool Enough(params int[] signers) => read.Judge(SignedNote.Parse(ReferenceLog.Signed)!.With(signers.Select(i => keys[i].Cosign(ReferenceLog.Text, 1_800_000_000)))).IsSatisfied;
        Assert.True(Enough(0, 2, 4));
        Assert.True(Enough(0, 1, 2, 3, 4, 5));
        Assert.False(Enough(0, 1, 2));
        Assert.False(Enough(0, 3, 4, 5));
        Assert.False(Enough());
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var log = new PolicyLog(VerifierKey.Parse(ReferenceLog.LogKey)!, new Uri("https://log.example/"));
        PolicyWitness[] witnesses = [new("w1", VerifierKey.Parse(ReferenceLog.WitnessKey)!, null), new("quorum", CosignerKey.Generate("q.example").Verifier, new Uri("https://q.example/"))];
        string text = TlogPolicy.Write(log, witnesses, 1);
        TlogPolicy policy = Read(text);
        Assert.Equal("1 of (w1, quorum)", policy.Quorum.ToString());
        Assert.Equal(("https://log.example/", "https://q.example/"), (policy.Logs[0].Url!.AbsoluteUri, policy.Witnesses[1].Url!.AbsoluteUri));
        Assert.IsType<Quorum.None>(Read(TlogPolicy.Write(log, [], 0)).Quorum);
    }

    [Theory]
    [InlineData("", "policy.no-quorum", 0, 0)]
    [InlineData("quorum none\nquorum none\n", "policy.two-quorums", 2, 8)]
    [InlineData("quorum w1\n", "policy.name-unknown", 1, 8)]
    [InlineData("quorum w1\n" + Witness, "policy.name-unknown", 1, 8)]
    [InlineData("log nonsense\nquorum none\n", "policy.key", 1, 5)]
    [InlineData($"log {ReferenceLog.WitnessKey}\nquorum none\n", "policy.key", 1, 5)]
    [InlineData($"witness w1 {ReferenceLog.LogKey}\nquorum none\n", "policy.key", 1, 12)]
    [InlineData(Log + Log + "quorum none\n", "policy.key-twice", 2, 5)]
    [InlineData(Witness + $"witness w2 {ReferenceLog.WitnessKey}\nquorum none\n", "policy.key-twice", 2, 12)]
    [InlineData($"witness none {ReferenceLog.WitnessKey}\nquorum none\n", "policy.name-taken", 1, 9)]
    [InlineData(Witness + "group w1 any w1\nquorum none\n", "policy.name-taken", 2, 7)]
    [InlineData(Witness + "group g 2 w1\nquorum g\n", "policy.threshold", 2, 9)]
    [InlineData(Witness + "group g 0 w1\nquorum none\n", "policy.threshold", 2, 9)]
    [InlineData(Witness + "group g -1 w1\nquorum none\n", "policy.threshold", 2, 9)]
    [InlineData(Witness + "group g any none\nquorum none\n", "policy.name-unknown", 2, 13)]
    [InlineData(Witness + "group g any w1 w1\nquorum g\n", "policy.member-twice", 2, 16)]
    [InlineData(Witness + "group g any w1\ngroup h any w1\nquorum h\n", "policy.member-twice", 3, 13)]
    [InlineData("group g any\nquorum none\n", "policy.line", 1, 1)]
    [InlineData("policy v1\nquorum none\n", "policy.line", 1, 1)]
    [InlineData("quorum none\r\n", "policy.control", 1, 12)]
    [InlineData("quorum\0none\n", "policy.control", 1, 7)]
    [InlineData($"log {ReferenceLog.LogKey} file:///etc\nquorum none\n", "policy.url", 1, 84)]
    public void What_is_wrong_is_told_with_its_place(string text, string code, int line, int column)
    {
        var problems = new List<Problem>();
        Assert.Null(TlogPolicy.Parse("policy", Encoding.UTF8.GetBytes(text), problems));
        Assert.Contains((code, line, column), problems.Select(one => (one.Code, one.Line, one.Column)));
    }

    [Fact]
    public void Names_are_bytes_and_two_that_look_alike_are_two()
    {
        using var other = CosignerKey.Generate("k.example");
        TlogPolicy policy = Read($"witness K {ReferenceLog.WitnessKey}\nwitness \u212a {other.Verifier}\nquorum \u212a\n");
        Assert.Equal("\u212a", policy.Quorum.ToString());
    }

    private static TlogPolicy Read(string text)
    {
        var problems = new List<Problem>();
        TlogPolicy? policy = TlogPolicy.Parse("policy", Encoding.UTF8.GetBytes(text), problems);
        Assert.Empty(problems);
        return policy!;
    }
}
