using System.Text;
using Probity.Evidence;
using Probity.Ledger.Witnessing;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>The bytes that formats/witness.md promises.</summary>
public sealed class WitnessGolden
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Keys_cosignature_request_and_policy_are_the_published_bytes()
    {
        using var log = SignerKey.FromSeed("probity.example/format", Seed);
        using var witness = CosignerKey.FromSeed("witness.example/format", Seed);
        SignedNote signed = SignedNote.Sign(new Checkpoint(log.Verifier.Name, 1, MerkleTree.LeafHash("one"u8)).ToText(), log);
        NoteSignature line = witness.Cosign(signed.Text, 1_795_445_037);
        var policy = new PolicyLog(log.Verifier, new Uri("https://probity.example/"));
        var page = new StringBuilder()
            .Append($"log's key: {log.Verifier}\nwitness' key: {witness.Verifier}\nwitness' secret: {witness.Export()}\n")
            .Append($"what the witness signs, in hexadecimal: {Convert.ToHexStringLower(Cosignature.MessageOf(Encoding.UTF8.GetBytes(signed.Text), 1_795_445_037))}\n")
            .Append($"\ncosigned checkpoint:\n{signed.With([line])}")
            .Append($"\nrequest:\n{new AddCheckpoint(0, [], signed.ToString())}")
            .Append($"\npolicy:\n{TlogPolicy.Write(policy, [new PolicyWitness("archive", witness.Verifier, new Uri("https://witness.example/"))], 1)}")
            .Append($"\nwhere a monitor asks: {Digest.Of(Encoding.UTF8.GetBytes(log.Verifier.Name))}/checkpoint\n");
        Snapshot.Match(page.ToString(), "witness");
    }
}
