using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>
/// An exported log, verified by programs that are not ours. The Go team's libraries see everything: signature, tiles, entries, earlier checkpoints.
/// @sigstore/verify sees one checkpoint and one entry. OpenSSL sees the signature of a checkpoint and nothing else.
/// </summary>
public sealed class ExportedLogVerificationTests(PublishedLog log) : IClassFixture<PublishedLog>
{
    private const string GoLibraries = "/usr/share/gocode/src/golang.org/x/mod/sumdb";
    private static readonly Dictionary<string, string> Plain = [];

    [Fact]
    public async Task The_Go_teams_libraries_verify_the_log_and_find_each_change()
    {
        string verify = await BuildGo();
        await Go(verify, log.Folder, log.Older, "VERIFIED: 700 entries, 1 older checkpoints");
        await Go(verify, log.Changed("tile/entries/000", 100), log.Older, "is not the one that was signed");
        await Go(verify, log.Changed("tile/entries/002.p/188", 5_000), log.Older, "is not the one that was signed");
        await Go(verify, log.Changed("tile/0/001", 40), log.Older, "REFUSED");
        await Go(verify, log.Changed("tile/0/002.p/188", 40), log.Older, "REFUSED");
        await Go(verify, log.Changed("tile/1/000.p/2", 40), log.Older, "REFUSED");
        await Go(verify, log.Changed("checkpoint", 24), log.Older, "REFUSED");
        await Go(verify, log.Folder, log.ForkedOlder, "REFUSED");
    }

    [Fact]
    public async Task Sigstores_verifier_finds_a_changed_entry_a_changed_path_a_changed_checkpoint_and_a_fork()
    {
        string modules = Path.Combine(SharedData.Root, "tests", "foreign", "sigstore", "node_modules");
        Assert.SkipUnless(Directory.Exists(modules), "@sigstore/verify is not installed: npm ci --prefix tests/foreign/sigstore");
        await Node("VERIFIED", log["proof"], log["entry"], log.Key);
        await Node("VERIFIED", log["forked-proof"], log["forked-entry"], log.Key);
        await Node("does not match", log["proof"], log["forked-entry"], log.Key);
        await Node("does not match", log["forked-proof"], log["forked-entry"], log.Key, Path.Combine(log.Folder, "checkpoint"));
        await Node("invalid checkpoint signature", log["proof"], log["entry"], log.Key, Path.Combine(log.Changed("checkpoint", 24), "checkpoint"));
        string[] proof = await File.ReadAllLinesAsync(log["proof"], TestContext.Current.CancellationToken);
        (proof[2], proof[3]) = (proof[3], proof[2]);
        await File.WriteAllTextAsync(log["swapped-proof"], string.Join('\n', proof) + "\n", TestContext.Current.CancellationToken);
        await Node("does not match", log["swapped-proof"], log["entry"], log.Key);
    }

    private async Task<string> BuildGo()
    {
        Assert.SkipUnless(Directory.Exists(GoLibraries), "golang-golang-x-mod-dev is not installed on this machine");
        string source = Path.Combine(SharedData.Root, "tests", "foreign", "go", "verify.go");
        var environment = new Dictionary<string, string> { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode", ["GOCACHE"] = log["go-cache"], ["GOFLAGS"] = "" };
        (int exit, string said) = await PublishedLog.Run("go", ["build", "-o", log["verify"], source], environment);
        Assert.True(exit == 0, said);
        return log["verify"];
    }

    private async Task Go(string verify, string folder, string older, string expected)
    {
        (int exit, string said) = await PublishedLog.Run(verify, [folder, log.Key, older], Plain);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Equal(expected.StartsWith("VERIFIED", StringComparison.Ordinal) ? 0 : 1, exit);
    }

    private static async Task Node(string expected, params string[] arguments)
    {
        string script = Path.Combine(SharedData.Root, "tests", "foreign", "sigstore", "verify.js");
        (int exit, string said) = await PublishedLog.Run("node", [script, .. arguments], Plain);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Equal(expected == "VERIFIED" ? 0 : 1, exit);
    }
}
