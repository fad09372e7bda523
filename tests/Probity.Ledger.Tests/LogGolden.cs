using System.Text;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>The bytes that formats/ledger.md promises.</summary>
public sealed class LogGolden
{
    [Fact]
    public void Leaf_and_checkpoint_are_the_published_bytes()
    {
        using var folder = new TemporaryFolder();
        var options = new LogOptions("probity.example/format") { KeySeed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)] };
        using TransparencyLog log = TransparencyLog.Open(folder.FullName, options);
        log.Append([.. Enumerable.Range(1, 3).Select(Finding)]);
        SignedCheckpoint signed = log.Sign(new DateTimeOffset(2026, 5, 12, 12, 0, 0, TimeSpan.Zero));
        var page = new StringBuilder();
        foreach ((long index, byte[] body) in log.ReadRangeBytes(0, 3))
        {
            page.Append($"entry {index}: {Encoding.UTF8.GetString(body)}\nleaf {index}: {MerkleTree.LeafHash(body)}\n");
        }

        page.Append($"key: {log.Key}\ncheckpoint:\n{signed.Note}");
        Snapshot.Match(page.ToString(), "leaf-and-checkpoint");
    }

    [Theory]
    [InlineData(1, "0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=")]
    [InlineData(2, "T1X2GdkhUjV3iyufF9b0kVsWFxIU0VI4EpNml2Teci4=")]
    [InlineData(7, "IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=")]
    [InlineData(15, "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=")]
    public void Roots_of_the_reference_log_follow_from_its_entries(int size, string root)
    {
        string[] entries = ["one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten"];
        Digest made = MerkleTree.RootOf(entries.Take(size).Select(one => MerkleTree.LeafHash(Encoding.UTF8.GetBytes(one))));
        Assert.Equal(root, Convert.ToBase64String(made.ToBytes()));
    }

    private static Statement Finding(int record) => Statement.Finding(
        new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{record}"), SubjectKind.Establishment,
        Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
}
