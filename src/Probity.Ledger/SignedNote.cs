using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Probity.Ledger;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Whose.</param>
/// <param name="KeyId">Which key of that name.</param>
/// <param name="Signature">The bytes behind the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ImmutableArray<byte> Signature);

/// <summary>What holding a note against a key came to.</summary>
public enum NoteVerdict
{
    /// <summary>The key signed it.</summary>
    Valid,

    /// <summary>It carries no signature of the key.</summary>
    NotSigned,

    /// <summary>It carries a signature that claims to be the key's and is not: the whole note is to be refused.</summary>
    Forged,
}

/// <summary>A text with signatures (C2SP signed-note v1.0.0).</summary>
public sealed class SignedNote
{
    private const string Dash = "\u2014 ";
    private const int MaxSignatures = 100;

    private SignedNote(string text, ImmutableArray<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>What is signed; ends in a line feed.</summary>
    public string Text { get; }

    /// <summary>In the order of the note; at least one.</summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>Signs a text, which ends in a line feed.</summary>
    public static SignedNote Sign(string text, SignerKey key)
    {
        byte[] signature = key.Sign(Encoding.UTF8.GetBytes(text));
        return new SignedNote(text, [new NoteSignature(key.Verifier.Name, key.Verifier.Id, [.. signature])]);
    }

    /// <summary>Reads a note; null where it is none.</summary>
    public static SignedNote? Parse(string note)
    {
        int split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n') || note.Contains('\ufffd', StringComparison.Ordinal))
        {
            return null;
        }

        string[] lines = note[(split + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MaxSignatures)
        {
            return null;
        }

        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        foreach (string line in lines)
        {
            if (ParseSignature(line) is not { } signature)
            {
                return null;
            }

            signatures.Add(signature);
        }

        return new SignedNote(note[..(split + 1)], signatures.ToImmutable());
    }

    /// <summary>Holds the note against a key. Signatures of other keys are passed over.</summary>
    public NoteVerdict Verify(VerifierKey key)
    {
        byte[] message = Encoding.UTF8.GetBytes(Text);
        NoteVerdict verdict = NoteVerdict.NotSigned;
        foreach (NoteSignature signature in Signatures.Where(one => one.Name == key.Name && one.KeyId == key.Id))
        {
            if (signature.Signature.Length != 64 || !key.Verify(message, signature.Signature.AsSpan()))
            {
                return NoteVerdict.Forged;
            }

            verdict = NoteVerdict.Valid;
        }

        return verdict;
    }

    /// <summary>The note as it is stored and served.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (NoteSignature signature in Signatures)
        {
            byte[] bytes = new byte[4 + signature.Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
            signature.Signature.CopyTo(bytes, 4);
            note.Append(Dash).Append(signature.Name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }

        return note.ToString();
    }

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+');

    private static NoteSignature? ParseSignature(string line)
    {
        string[] parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || !IsName(parts[0]))
        {
            return null;
        }

        byte[] bytes = new byte[parts[1].Length];
        return Convert.TryFromBase64String(parts[1], bytes, out int written) && written >= 5
            ? new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), [.. bytes.AsSpan(4, written - 4)])
            : null;
    }
}
