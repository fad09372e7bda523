using System.Buffers.Binary;
using CsCheck;

namespace Probity.Ledger.Tests;

public sealed class CosignatureTests
{
    private static readonly VerifierKey Witness = VerifierKey.Parse(ReferenceLog.WitnessKey)!;
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_cosignature_by_another_program_verifies_and_tells_its_time()
    {
        SignedNote note = SignedNote.Parse(ReferenceLog.Witnessed)!;
        Assert.Equal((NoteKeyType.Cosigner, 0x7aee540eu, ReferenceLog.WitnessKey), (Witness.Type, Witness.Id, Witness.ToString()));
        Assert.Equal(NoteVerdict.Valid, note.Verify(Witness));
        Assert.Equal(ReferenceLog.WitnessTime, Cosignature.Find(note, Witness)!.Time);
        Assert.Equal(ReferenceLog.WitnessLine, Cosignature.Find(note, Witness)!.Line.ToString());
    }

    [Fact]
    public void A_changed_time_makes_the_whole_note_forged()
    {
        SignedNote note = SignedNote.Parse(ReferenceLog.Witnessed)!;
        byte[] changed = [.. note.Signatures[1].Signature];
        changed[7]++;
        SignedNote other = note.With([note.Signatures[1] with { Signature = [.. changed] }]);
        Assert.Equal(2, other.Signatures.Length);
        Assert.Equal(NoteVerdict.Forged, other.Verify(Witness));
        Assert.Null(Cosignature.Find(other, Witness));
    }

    [Fact]
    public void A_time_beyond_a_signed_64_bit_number_is_refused()
    {
        byte[] signature = [.. SignedNote.Parse(ReferenceLog.Witnessed)!.Signatures[1].Signature];
        BinaryPrimitives.WriteUInt64BigEndian(signature, 1UL << 63);
        Assert.False(Witness.Verify(System.Text.Encoding.UTF8.GetBytes(ReferenceLog.Text), signature));
    }

    [Fact]
    public void A_logs_key_and_a_witness_key_of_the_same_bytes_are_two_keys()
    {
        using var log = SignerKey.FromSeed("same.example", Seed);
        using var witness = CosignerKey.FromSeed("same.example", Seed);
        Assert.Equal(log.Verifier.PublicKey, witness.Verifier.PublicKey);
        Assert.NotEqual(log.Verifier.Id, witness.Verifier.Id);
        Assert.Equal(NoteVerdict.NotSigned, SignedNote.Sign("text\n", log).Verify(witness.Verifier));
        Assert.Null(SignerKey.Parse(witness.Export()));
        Assert.Null(CosignerKey.Parse(log.Export()));
        Assert.Equal(witness.Verifier.ToString(), CosignerKey.Parse(witness.Export())!.Verifier.ToString());
    }

    [Fact]
    public void Keys_of_other_types_and_forms_are_not_read()
    {
        Assert.Null(VerifierKey.Parse(ReferenceLog.WitnessKey.Replace("7aee540e", "7aee540f", StringComparison.Ordinal)));
        Assert.Null(VerifierKey.Parse(ReferenceLog.WitnessKey + "AAAA"));
        Assert.Null(VerifierKey.Parse("witness.example/probity-test+7aee540e"));
        Assert.Null(VerifierKey.Parse("+7aee540e+BInJgBrDOuAW5y4AX1r2Mhyn6763jcbOn6wV5Zr2OqXk"));
        foreach (byte type in (byte[])[0, 2, 3, 5, 6, 255])
        {
            Assert.Null(VerifierKey.Parse($"a.example+00000000+{Convert.ToBase64String([type, .. Seed])}"));
        }
    }

    [Fact]
    public void What_a_witness_signs_holds_for_that_text_and_no_other() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 40], Gen.String[Gen.Char.AlphaNumeric, 1, 40], Gen.Long[0, long.MaxValue]).Sample((text, other, time) =>
        {
            using var witness = CosignerKey.FromSeed("w.example", Seed);
            NoteSignature line = witness.Cosign(text + "\n", time);
            using var log = SignerKey.FromSeed("l.example", Seed);
            SignedNote note = SignedNote.Parse(SignedNote.Sign(text + "\n", log).With([line]).ToString())!;
            SignedNote moved = SignedNote.Sign(other + "\n", log).With([line]);
            return Cosignature.Find(note, witness.Verifier)?.Time == time && (text == other || moved.Verify(witness.Verifier) == NoteVerdict.Forged);
        }, iter: 200);

    [Fact]
    public void Sixteen_signatures_of_strangers_do_not_hide_the_one_that_is_known()
    {
        SignedNote note = SignedNote.Parse(ReferenceLog.Witnessed)!;
        SignedNote crowded = note.With(Enumerable.Range(0, 16).Select(i => note.Signatures[1] with { Name = $"stranger-{i}.example" }));
        SignedNote read = SignedNote.Parse(crowded.ToString())!;
        Assert.Equal(18, read.Signatures.Length);
        Assert.Equal(NoteVerdict.Valid, read.Verify(Witness));
    }

    [Fact]
    public void A_signature_that_shares_only_name_or_only_key_id_is_a_strangers()
    {
        SignedNote note = SignedNote.Parse(ReferenceLog.Signed)!;
        NoteSignature broken = SignedNote.Parse(ReferenceLog.Witnessed)!.Signatures[1] with { Signature = [.. new byte[72]] };
        Assert.Equal(NoteVerdict.NotSigned, note.With([broken with { Name = "other.example" }, broken with { KeyId = broken.KeyId + 1 }]).Verify(Witness));
        Assert.Equal(NoteVerdict.Forged, note.With([broken]).Verify(Witness));
        Assert.Equal(NoteVerdict.Forged, note.With([broken with { Signature = [.. new byte[64]] }]).Verify(Witness));
    }
}
