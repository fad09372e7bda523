using System.Diagnostics;
using Probity.Tests.Support;

namespace Probity.Verifier.Tests;

/// <summary>A copy of a register that somebody else made, as a folder: nothing but its regular files is read.</summary>
public sealed class PublishedFolderTests : IDisposable
{
    private const int MaxBytes = 1_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_regular_file_is_read_and_an_absent_one_is_none()
    {
        _folder.Write("public/tile/0/000", "hashes");
        Assert.Equal("hashes"u8.ToArray(), await Read("tile/0/000"));
        Assert.Null(await Read("tile/0/001"));
        Assert.Null(await Read("tile/1/000"));
    }

    [Fact]
    public async Task A_link_out_of_the_copy_was_followed()
    {
        _folder.Write("secret/000", "not of the register");
        _folder.Write("public/tile/0/001", "hashes");
        File.CreateSymbolicLink(_folder["public/tile/0/000"], _folder["secret/000"]);
        Directory.CreateSymbolicLink(_folder["public/document"], _folder["secret"]);
        Assert.Equal(Findings.NotRegular, await CodeOf("tile/0/000"));
        Assert.Equal(Findings.NotRegular, await CodeOf("document/000"));
    }

    [Fact]
    public async Task The_copy_itself_may_be_a_link()
    {
        _folder.Write("public/checkpoint", "note");
        Directory.CreateSymbolicLink(_folder["latest"], _folder["public"]);
        Assert.Equal("note"u8.ToArray(), await new PublishedFolder(_folder["latest"]).ReadAsync("checkpoint", MaxBytes, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pipe_in_place_of_a_file_kept_the_audit_waiting_for_ever()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are told apart on Linux");
        _folder.Write("public/tile/0/001", "hashes");
        using Process made = Process.Start("mkfifo", [_folder["public/checkpoint"]]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Findings.NotRegular, await CodeOf("checkpoint"));
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_and_a_file_in_place_of_a_folder_are_told()
    {
        _folder.Write("public/tile/0", "no folder");
        Directory.CreateDirectory(_folder["public/checkpoint"]);
        Assert.Equal(Findings.NotRegular, await CodeOf("checkpoint"));
        Assert.Equal(Findings.NotRegular, await CodeOf("tile/0/000"));
    }

    [Fact]
    public async Task A_file_longer_than_it_can_be_is_not_read()
    {
        _folder.Write("public/checkpoint", new string('x', MaxBytes + 1));
        Assert.Equal(Findings.TooLarge, await CodeOf("checkpoint"));
    }

    private Task<byte[]?> Read(string path) => new PublishedFolder(_folder["public"]).ReadAsync(path, MaxBytes, TestContext.Current.CancellationToken);

    private async Task<string> CodeOf(string path) => (await Assert.ThrowsAsync<FindingException>(() => Read(path))).Finding.Code;
}
