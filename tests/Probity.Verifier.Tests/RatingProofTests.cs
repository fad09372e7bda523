using System.Text;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Verifier.Tests;

public sealed class RatingProofTests : IDisposable
{
    private readonly AuditedRegister _register = new AuditedRegister().Grow(1, 300);

    public void Dispose() => _register.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    [InlineData(300)]
    public void A_rating_is_proven_to_belong_to_the_run_without_the_register(int number)
    {
        AuditOutcome outcome = RatingProofAudit.Verify(ProofOf(number), AuditedRegister.Trust);
        Assert.Null(outcome.Finding);
        Assert.Contains(outcome.Proven, line => line.Contains($"the run's rating of organisation {IdOf(number)} is ", StringComparison.Ordinal));
        Assert.Contains(outcome.Proven, line => line.Contains("300 ratings as of 2025-12-31 from 902 entries", StringComparison.Ordinal));
    }

    [Fact]
    public void The_rating_that_is_proven_is_the_one_the_register_shows()
    {
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        RatingProof proof = reader.ProveRating(IdOf(7))!;
        Assert.Equal(Encoding.UTF8.GetString(RatingLeaf.BytesOf(reader.Find(IdOf(7), reader.Current)!.Rating!)), proof.Result);
    }

    [Theory]
    [InlineData("result", Findings.ProofPath)]
    [InlineData("run", Findings.ProofPath)]
    [InlineData("run_proof", Findings.CheckpointForged)]
    public void A_changed_letter_in_a_proof_is_found(string field, string code)
    {
        JsonNode proof = JsonNode.Parse(ProofOf(7))!;
        string text = proof[field]!.GetValue<string>();
        proof[field] = field == "run_proof" ? text.Replace("\n903\n", "\n904\n", StringComparison.Ordinal) : text.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal);
        Assert.NotEqual(text, proof[field]!.GetValue<string>());
        Assert.Equal(code, CodeOf(proof));
    }

    [Fact]
    public void Another_place_or_another_count_or_a_path_cut_off_is_found()
    {
        Assert.Equal(Findings.ProofPath, CodeOf(With("place", JsonNode.Parse(ProofOf(7))!["place"]!.GetValue<long>() + 1)));
        Assert.Equal(Findings.ProofPath, CodeOf(With("ratings", 301)));
        Assert.Equal(Findings.ProofPath, CodeOf(With("path", new JsonArray())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"probity_rating_proof\":2}")]
    [InlineData("{\"probity_rating_proof\":1,\"run_proof\":5}")]
    [InlineData("{\"probity_rating_proof\":1,\"run_proof\":\"c2sp.org/tlog-proof@v1\\nindex 5\\n\\n\",\"result\":\"\"}")]
    public void What_is_no_proof_is_told(string text) => Assert.Equal(Findings.ProofForm, RatingProofAudit.Verify(Encoding.UTF8.GetBytes(text), AuditedRegister.Trust).Finding?.Code);

    [Fact]
    public void A_proof_under_a_key_that_is_not_the_logs_is_not_believed()
    {
        using SignerKey other = SignerKey.Generate(AuditedRegister.Origin);
        Assert.Equal(Findings.CheckpointUnsigned, RatingProofAudit.Verify(ProofOf(7), new Trust.LogKey(other.Verifier)).Finding?.Code);
    }

    private static OrganisationId IdOf(int number) => OrganisationId.FirstSeenAs(new RecordId("inspections", $"K-{number:000000}"));

    private byte[] ProofOf(int number)
    {
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        return Encoding.UTF8.GetBytes(reader.ProveRating(IdOf(number))!.ToJson().ToJsonString());
    }

    private JsonNode With(string field, JsonNode value)
    {
        JsonNode proof = JsonNode.Parse(ProofOf(7))!;
        proof[field] = value;
        return proof;
    }

    private static string? CodeOf(JsonNode proof) => RatingProofAudit.Verify(Encoding.UTF8.GetBytes(proof.ToJsonString()), AuditedRegister.Trust).Finding?.Code;
}
