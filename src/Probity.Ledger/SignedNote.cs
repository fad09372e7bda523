using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Probity.Ledger;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Whose.</param>
/// <param name="KeyId">Which key of that name.</param>
/// <param name="Signature">The bytes behind the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ImmutableArray<byte> Signature)
{
    /// <summary>Whether it claims to be a key's: both halves, name and key id, are the key's.</summary>
    public bool IsOf(VerifierKey key) => Name == key.Name && KeyId == key.Id;

    /// <summary>Reads a signature line without its line feed; null where it is none.</summary>
    public static NoteSignature? Parse(string line)
    {
        string[] parts = line.StartsWith(SignedNote.Dash, StringComparison.Ordinal) ? line[SignedNote.Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || !SignedNote.IsName(parts[0]))
        {
            return null;
        }

        return WireText.ReadBase64(parts[1]) is { Length: >= 5 } bytes
            ? new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), [.. bytes.AsSpan(4)])
            : null;
    }

    /// <summary>The line, with its line feed.</summary>
    public override string ToString()
    {
        byte[] bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes, 4);
        return $"{SignedNote.Dash}{Name} {Convert.ToBase64String(bytes)}\n";
    }
}

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
    internal const string Dash = "\u2014 ";
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
            if (NoteSignature.Parse(line) is not { } signature)
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
        foreach (NoteSignature signature in Signatures.Where(one => one.IsOf(key)))
        {
            if (!key.Verify(message, signature.Signature.AsSpan()))
            {
                return NoteVerdict.Forged;
            }

            verdict = NoteVerdict.Valid;
        }

        return verdict;
    }

    /// <summary>The same text with more signatures; those of a key that stands there already take the place of its earlier ones.</summary>
    public SignedNote With(IEnumerable<NoteSignature> signatures)
    {
        ImmutableArray<NoteSignature> added = [.. signatures];
        IEnumerable<NoteSignature> kept = Signatures.Where(one => !added.Any(more => more.Name == one.Name && more.KeyId == one.KeyId));
        return new SignedNote(Text, [.. kept, .. added]);
    }

    /// <summary>The same text with some of its signatures only.</summary>
    /// <exception cref="ArgumentException">None would be left.</exception>
    internal SignedNote Only(Func<NoteSignature, bool> keep) => Signatures.Where(keep).ToImmutableArray() is { IsEmpty: false } kept
        ? new SignedNote(Text, kept)
        : throw new ArgumentException("a note has at least one signature", nameof(keep));

    /// <summary>The note as it is stored and served.</summary>
    public override string ToString() => string.Concat(Signatures.Select(one => one.ToString()).Prepend(Text + "\n"));

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+');
}
