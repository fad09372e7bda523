using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

public sealed class EntryProofTests
{
    [Fact]
    public void A_proof_is_written_as_the_reference_logs_are()
    {
        string file = File.ReadAllText(SharedData.Path("ledger/proof-of-six.tlog-proof"));
        string[] head = file[..file.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n');
        Digest[] path = [.. head.Skip(2).Select(line => Digest.FromBytes(Convert.FromBase64String(line)))];
        var proof = new EntryProof(5, path, file[(file.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        Assert.Equal(4, path.Length);
        Assert.Equal(file, proof.ToString());
    }
}
