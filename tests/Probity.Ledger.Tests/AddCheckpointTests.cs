using System.Text;
using CsCheck;
using Probity.Ledger.Witnessing;

namespace Probity.Ledger.Tests;

public sealed class AddCheckpointTests
{
    private const string Hash = "Zx8UbF5HHooag6PCFM5LqQe486WIjRTMjNPOdbsS75Q=";

    [Fact]
    public void A_request_is_written_as_the_specification_says()
    {
        string text = "old 3\n" + string.Join('\n', ReferenceLog.ThreeToFifteen) + "\n\n" + ReferenceLog.Signed;
        AddCheckpoint request = Read(text)!;
        Assert.Equal((3, 5, ReferenceLog.Signed), (request.OldSize, request.Proof.Length, request.Checkpoint));
        Assert.Equal(text, request.ToString());
        Assert.Equal("old 0\n\n" + ReferenceLog.Signed, new AddCheckpoint(0, [], ReferenceLog.Signed).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\nx")]
    [InlineData("old\n\nx")]
    [InlineData("old 00\n\nx")]
    [InlineData("old 01\n\nx")]
    [InlineData("old -1\n\nx")]
    [InlineData("old +1\n\nx")]
    [InlineData("old  1\n\nx")]
    [InlineData("Old 1\n\nx")]
    [InlineData("old 1\r\n\r\nx")]
    [InlineData("old 9223372036854775808\n\nx")]
    [InlineData("old 1\n" + Hash + " \n\nx")]
    [InlineData("old 1\nZx8UbF5HHooag6PCFM5LqQe486WIjRTMjNPOdbsS75R=\n\nx")]
    [InlineData("old 1\nAAAA\n\nx")]
    [InlineData("old 1\n" + Hash)]
    public void What_is_written_otherwise_is_not_read(string text) => Assert.Null(Read(text));

    [Fact]
    public void At_most_63_hashes_and_64_KiB_are_read()
    {
        string Proof(int count) => "old 1\n" + string.Concat(Enumerable.Repeat(Hash + "\n", count)) + "\nx";
        Assert.NotNull(Read(Proof(63)));
        Assert.Null(Read(Proof(64)));
        Assert.Null(Read("old 1\n\n" + new string('x', AddCheckpoint.MaxBytes)));
        Assert.Null(AddCheckpoint.Parse([.. "old 1\n\n"u8, 0xff]));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_what_is_read_is_written_back() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 40], Gen.Byte).Sample((noise, place, value) =>
        {
            byte[] changed = Encoding.UTF8.GetBytes("old 3\n" + Hash + "\n\n" + ReferenceLog.Signed);
            changed[place] = value;
            return IsSound(noise) && IsSound(changed);
        }, iter: 2_000);

    private static bool IsSound(byte[] body) => AddCheckpoint.Parse(body) is not { } request || Encoding.UTF8.GetBytes(request.ToString()).AsSpan().SequenceEqual(body);

    private static AddCheckpoint? Read(string text) => AddCheckpoint.Parse(Encoding.UTF8.GetBytes(text));
}
