using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

public sealed class SignedNoteTests
{
    private const string Example = "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private static readonly VerifierKey ExampleKey = VerifierKey.Parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")!;

    [Fact]
    public void The_example_of_the_specification_verifies()
    {
        SignedNote note = SignedNote.Parse(Example)!;
        Assert.Equal(NoteVerdict.Valid, note.Verify(ExampleKey));
        Assert.Equal(Example, note.ToString());
    }

    [Fact]
    public void A_changed_text_is_forged() =>
        Assert.Equal(NoteVerdict.Forged, SignedNote.Parse(Example.Replace("example message", "Example message", StringComparison.Ordinal))!.Verify(ExampleKey));

    [Fact]
    public void Another_key_has_not_signed() =>
        Assert.Equal(NoteVerdict.NotSigned, SignedNote.Parse(Example)!.Verify(SignerKey.Generate("example.com/foo").Verifier));

    [Fact]
    public void A_seed_signs_the_same_bytes_as_the_reference()
    {
        SignerKey key = SignerKey.Parse("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")!;
        Assert.Equal("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", key.Verifier.ToString());
        string note = SignedNote.Sign("If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n", key).ToString();
        Assert.EndsWith("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n", note, StringComparison.Ordinal);
        Assert.Equal("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", key.Export());
    }

    [Theory]
    [InlineData("no signature\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 name\n")]
    [InlineData("text\n\n- example.com/foo AAAA\n")]
    [InlineData("te\u0001xt\n\n\u2014 example.com/foo Uw2QOkn8srV1\n")]
    [InlineData("")]
    public void What_is_no_note_is_none(string text) => Assert.Null(SignedNote.Parse(text));

    [Fact]
    public void The_reference_logs_checkpoints_verify_and_read()
    {
        VerifierKey key = VerifierKey.Parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")!;
        string folder = SharedData.Path("ledger/reference-log");
        for (int size = 0; size <= 15; size++)
        {
            SignedNote note = SignedNote.Parse(File.ReadAllText(Path.Combine(folder, $"checkpoint.{size}")))!;
            Assert.Equal(NoteVerdict.Valid, note.Verify(key));
            Assert.Equal(size, Checkpoint.Parse(note.Text)!.Size);
        }
    }
}
