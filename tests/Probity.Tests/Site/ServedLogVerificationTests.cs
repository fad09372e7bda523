using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Tests.Support;

namespace Probity.Tests.Site;

/// <summary>What the site publishes, verified by a program that is not ours: the signature by OpenSSL.</summary>
public sealed class ServedLogVerificationTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    /// <summary>What stands before a raw Ed25519 key in its DER form (RFC 8410, section 4).</summary>
    private static readonly byte[] Prefix = Convert.FromHexString("302a300506032b6570032100");

    [Fact]
    public async Task OpenSSL_finds_the_checkpoint_signed_by_the_published_key_and_no_other_text()
    {
        string note = (await site.Get("/checkpoint")).Text;
        int split = note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1;
        byte[] signature = Convert.FromBase64String(note[split..].Trim().Split(' ')[^1])[4..];
        byte[] key = Convert.FromBase64String(site.Reader.Log.Key.ToString().Split('+', 3)[2])[1..];
        Assert.Equal((64, 32), (signature.Length, key.Length));
        Assert.True(await IsSigned(note[..split], signature, key));
        Assert.False(await IsSigned(note[..split].Replace("probity.example", "probity.exampel", StringComparison.Ordinal), signature, key));
    }

    [Fact]
    public async Task A_proof_file_leads_from_the_entry_to_the_signed_root()
    {
        string[] lines = (await site.Get("/ledger/1234.tlog-proof")).Text.Split('\n');
        Assert.Equal(("c2sp.org/tlog-proof@v1", "index 1234"), (lines[0], lines[1]));
        int blank = Array.IndexOf(lines, "");
        Digest[] path = [.. lines[2..blank].Select(line => Digest.FromBytes(Convert.FromBase64String(line)))];
        long size = long.Parse(lines[blank + 2], CultureInfo.InvariantCulture);
        Digest root = Digest.FromBytes(Convert.FromBase64String(lines[blank + 3]));
        Digest leaf = MerkleTree.LeafHash(site.Reader.Log.ReadBytes(1234));
        Assert.True(MerkleProof.VerifyInclusion(leaf, 1234, size, path, root));
        Assert.False(MerkleProof.VerifyInclusion(leaf, 1235, size, path, root));
    }

    private static async Task<bool> IsSigned(string text, byte[] signature, byte[] key)
    {
        using var folder = new TemporaryFolder();
        string message = folder.Write("message", "");
        await File.WriteAllBytesAsync(message, Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["signature"], signature, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["key"], [.. Prefix, .. key], TestContext.Current.CancellationToken);
        string[] arguments = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder["key"], "-rawin", "-in", message, "-sigfile", folder["signature"]];
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no openssl on this machine");
            return false;
        }
    }
}
