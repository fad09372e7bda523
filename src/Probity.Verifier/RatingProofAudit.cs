using System.Collections.Immutable;
using System.Text;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Verifier;

/// <summary>Verifies a rating's proof without a network: that the rating is one of those that a run states, and the run an entry of the signed ledger.</summary>
public static class RatingProofAudit
{
    /// <summary>Verifies; stops at the first thing that does not fit.</summary>
    /// <param name="file">The proof file's bytes.</param>
    /// <param name="trust">What makes its checkpoint believed.</param>
    public static AuditOutcome Verify(byte[] file, Trust trust)
    {
        var proven = ImmutableArray.CreateBuilder<string>();
        TrustedCheckpoint? checkpoint = null;
        Finding? finding = null;
        try
        {
            RatingProof proof = RatingProof.Read(file, out string problem) ?? throw new FindingException(Findings.ProofForm, problem);
            checkpoint = TrustedCheckpoint.Read(Encoding.UTF8.GetBytes(proof.RunProof.Checkpoint), trust);
            proven.Add($"a checkpoint of {checkpoint.Size:N0} entries, signed by {checkpoint.SignedBy}");
            RatingRun run = RunOf(proof, checkpoint);
            proven.Add($"entry {proof.RunProof.Index:N0} of that ledger states a run: {run.Ratings:N0} ratings as of {Day.Text(run.AsOf.ValidAt)} from {run.AsOf.KnownAt:N0} entries, root {run.Results}");
            proven.Add(RatingOf(proof, run));
        }
        catch (FindingException found)
        {
            finding = found.Finding;
        }

        return new AuditOutcome(proven.ToImmutable(), finding, checkpoint?.Size ?? 0, checkpoint?.Root.ToString() ?? "");
    }

    private static RatingRun RunOf(RatingProof proof, TrustedCheckpoint checkpoint)
    {
        byte[] entry = Encoding.UTF8.GetBytes(proof.Run);
        if (!MerkleProof.VerifyInclusion(MerkleTree.LeafHash(entry), proof.RunProof.Index, checkpoint.Size, proof.RunProof.Path, checkpoint.Root))
        {
            throw new FindingException(Findings.ProofPath, $"the run's entry does not stand at place {proof.RunProof.Index} of the signed ledger: its bytes or its path were changed");
        }

        return Statement.TryRead(entry, out Statement? statement, out string problem) && RatingRun.Of(statement) is { } run
            ? run
            : throw new FindingException(Findings.RunForm, $"entry {proof.RunProof.Index} is no run of ratings{(problem.Length > 0 ? ": " + problem : "")}");
    }

    private static string RatingOf(RatingProof proof, RatingRun run)
    {
        byte[] result = Encoding.UTF8.GetBytes(proof.Result);
        if (proof.Ratings != run.Ratings || !MerkleProof.VerifyInclusion(MerkleTree.LeafHash(result), proof.Place, run.Ratings, proof.Path, run.Results))
        {
            throw new FindingException(Findings.ProofPath, $"the rating is not the one at place {proof.Place} of the run's {run.Ratings} ratings: its bytes or its path were changed");
        }

        if (result.Length == 0)
        {
            return $"the organisation at place {proof.Place:N0} of the run was not rated: no methodology was in force";
        }

        if (!CanonicalJson.TryRead(result, out Fields fields, out string problem))
        {
            throw new FindingException(Findings.ProofForm, $"the rating is no canonical result: {problem}");
        }

        Fields outcome = fields.GroupOf("outcome") ?? Fields.Empty;
        Fields methodology = fields.GroupOf("methodology") ?? Fields.Empty;
        return $"the run's rating of organisation {fields.TextOf("organisation")} is {outcome.TextOf("code")}{(outcome.TextOf("label") is { } label ? $" ({label})" : "")}, by {methodology.TextOf("id")} {methodology.TextOf("version")}";
    }
}
