using System.Text;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier.Tests;

/// <summary>What may be served as a checkpoint, and what is believed of it.</summary>
public sealed class CheckpointTrustTests
{
    private static readonly Checkpoint Honest = new(AuditedRegister.Origin, 5, Digest.Of("root"u8));

    [Fact]
    public void A_checkpoint_signed_by_the_key_is_believed()
    {
        TrustedCheckpoint read = Read(Signed(Honest.ToText()));
        Assert.Equal((5, Honest.Root), (read.Size, read.Root));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<html>\n\n— a b\n")]
    [InlineData("register.example/kitchens\n5\nAAAA\n")]
    public void What_is_no_note_is_told(string text) => Assert.Equal(Findings.CheckpointForm, CodeOf(text));

    [Theory]
    [InlineData("register.example/kitchens\n5\nAAAA\n")]
    [InlineData("register.example/kitchens\n05\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("register.example/kitchens\n-5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("register.example/kitchens\n99999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("register.example/kitchens\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n")]
    [InlineData("register.example/kitchens\n")]
    public void A_signed_text_that_is_no_checkpoint_is_told(string text) => Assert.Equal(Findings.CheckpointForm, CodeOf(Signed(text)));

    [Theory]
    [InlineData(9_007_199_254_740_993)]
    [InlineData(long.MaxValue)]
    public void No_log_has_more_than_2_to_the_53_entries(long size) => Assert.Equal(Findings.CheckpointSize, CodeOf(Signed((Honest with { Size = size }).ToText())));

    [Fact]
    public void A_checkpoint_of_another_log_is_told() => Assert.Equal(Findings.CheckpointOrigin, CodeOf(Signed((Honest with { Origin = "elsewhere.example" }).ToText())));

    [Fact]
    public void A_checkpoint_that_only_others_signed_is_told()
    {
        using SignerKey other = SignerKey.Generate("elsewhere.example");
        using SignerKey sameName = SignerKey.Generate(AuditedRegister.Origin);
        Assert.Equal(Findings.CheckpointUnsigned, CodeOf(SignedNote.Sign(Honest.ToText(), other).ToString()));
        Assert.Equal(Findings.CheckpointUnsigned, CodeOf(SignedNote.Sign(Honest.ToText(), sameName).ToString()));
    }

    [Fact]
    public void A_signature_that_claims_to_be_the_keys_and_is_not_is_told() =>
        Assert.Equal(Findings.CheckpointForged, CodeOf(Signed(Honest.ToText()).Replace("\n5\n", "\n6\n", StringComparison.Ordinal)));

    [Fact]
    public void Bytes_that_are_no_text_are_told() =>
        Assert.Equal(Findings.CheckpointForm, Assert.Throws<FindingException>(() => TrustedCheckpoint.Read([0xff, 0xfe, .. Encoding.UTF8.GetBytes(Signed(Honest.ToText()))], AuditedRegister.Trust)).Finding.Code);

    [Theory]
    [InlineData(0, "", null)]
    [InlineData(1, "a", null)]
    [InlineData(1, "", Findings.Quorum)]
    [InlineData(2, "a", Findings.Quorum)]
    [InlineData(2, "ab", null)]
    [InlineData(1, "c", Findings.Quorum)]
    public void A_checkpoint_is_believed_where_enough_witnesses_of_the_policy_cosigned_it(int needed, string cosigners, string? code)
    {
        using CosignerKey a = CosignerKey.Generate("a.example");
        using CosignerKey b = CosignerKey.Generate("b.example");
        using CosignerKey stranger = CosignerKey.Generate("c.example");
        string text = TlogPolicy.Write(new PolicyLog(AuditedRegister.Key.Verifier, null), [new PolicyWitness("a", a.Verifier, null), new PolicyWitness("b", b.Verifier, null)], needed);
        var trust = new Trust.Policy(TlogPolicy.Parse("policy", Encoding.UTF8.GetBytes(text), [])!);
        string note = Signed(Honest.ToText()) + string.Concat(cosigners.Select(name => (name switch { 'a' => a, 'b' => b, _ => stranger }).Cosign(Honest.ToText(), 1_795_445_037).ToString()));
        Assert.Equal(code, CodeOf(note, trust));
        Assert.Equal(Findings.CheckpointForged, CodeOf(note.Replace("\n5\n", "\n6\n", StringComparison.Ordinal), trust));
    }

    private static string? CodeOf(string note, Trust trust)
    {
        try
        {
            TrustedCheckpoint.Read(Encoding.UTF8.GetBytes(note), trust);
            return null;
        }
        catch (FindingException found)
        {
            return found.Finding.Code;
        }
    }

    private static string Signed(string text) => SignedNote.Sign(text, AuditedRegister.Key).ToString();

    private static TrustedCheckpoint Read(string note) => TrustedCheckpoint.Read(Encoding.UTF8.GetBytes(note), AuditedRegister.Trust);

    private static string CodeOf(string note) => Assert.Throws<FindingException>(() => Read(note)).Finding.Code;
}
