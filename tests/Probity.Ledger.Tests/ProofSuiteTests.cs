using System.Text.Json;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>The proof cases of transparency-dev/merkle, most of them negative.</summary>
public sealed class ProofSuiteTests
{
    [Fact]
    public void All_inclusion_cases_are_judged_as_expected() => Assert.Equal(98, Judge("inclusion", ["leafHash", "root"], one => MerkleProof.VerifyInclusion(
        Hash(one, "leafHash"), Index(one, "leafIdx"), Index(one, "treeSize"), Proof(one), Hash(one, "root"))));

    [Fact]
    public void All_consistency_cases_are_judged_as_expected() => Assert.Equal(98, Judge("consistency", [], one => MerkleProof.VerifyConsistency(
        (Index(one, "size1"), Hash(one, "root1")), (Index(one, "size2"), Hash(one, "root2")), Proof(one))));

    private static int Judge(string kind, string[] hashes, Func<JsonElement, bool> verify)
    {
        string folder = SharedData.Path($"ledger/rfc6962-proofs/testdata/{kind}");
        string[] files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement one = document.RootElement;
            bool readable = hashes.All(name => IsHash(one.GetProperty(name))) && ProofLines(one).All(IsHash);
            Assert.True((readable && verify(one)) != one.GetProperty("wantErr").GetBoolean(), file);
        }

        return files.Length;
    }

    /// <summary>Sizes beyond a signed 64-bit number are as impossible as negative ones.</summary>
    private static long Index(JsonElement one, string name) => one.GetProperty(name).TryGetInt64(out long index) ? index : -1;

    /// <summary>What is no digest is refused before any proof is looked at: no digest can hold it.</summary>
    private static bool IsHash(JsonElement text) => text.GetBytesFromBase64().Length == Digest.Length;

    /// <summary>The cases on sizes carry roots that are no digests ("don't care"); each stands for itself by its own digest.</summary>
    private static Digest Hash(JsonElement one, string name) =>
        one.GetProperty(name).GetBytesFromBase64() is { Length: Digest.Length } hash ? Digest.FromBytes(hash) : Digest.Of(one.GetProperty(name).GetBytesFromBase64());

    private static Digest[] Proof(JsonElement one) => [.. ProofLines(one).Select(line => Digest.FromBytes(line.GetBytesFromBase64()))];

    private static JsonElement[] ProofLines(JsonElement one) => one.GetProperty("proof") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}
