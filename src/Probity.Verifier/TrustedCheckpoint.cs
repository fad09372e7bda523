using System.Diagnostics;
using System.Text;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>A checkpoint that was held against what the verifier trusts.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">How many entries it covers.</param>
/// <param name="Root">The root over them.</param>
/// <param name="Note">The signed note, word for word.</param>
/// <param name="SignedBy">Whose signatures were verified, for a person.</param>
internal sealed record TrustedCheckpoint(string Origin, long Size, Digest Root, string Note, string SignedBy)
{
    /// <summary>The most bytes a checkpoint may have: a hundred signatures of the longest kind fit.</summary>
    public const int MaxBytes = 524_288;

    /// <summary>Entries up to which every reader counts exactly: 2^53.</summary>
    public const long MaxSize = 1L << 53;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads what a register serves as its checkpoint.</summary>
    /// <exception cref="FindingException">It is none, of another log, or not signed as trust asks.</exception>
    public static TrustedCheckpoint Read(byte[] bytes, Trust trust)
    {
        SignedNote note = SignedNote.Parse(TextOf(bytes)) ?? throw new FindingException(Findings.CheckpointForm, "the checkpoint is no signed note (C2SP signed-note)");
        if (Checkpoint.Parse(note.Text) is not { } checkpoint)
        {
            throw new FindingException(Findings.CheckpointForm, "the signed text is no checkpoint: it has to be the log's name, the number of entries and the root in base64, a line each (C2SP tlog-checkpoint)");
        }

        if (checkpoint.Size > MaxSize)
        {
            throw new FindingException(Findings.CheckpointSize, $"the checkpoint claims {checkpoint.Size} entries; more than 2^53 cannot be");
        }

        string by = trust switch
        {
            Trust.LogKey key => SignedByKey(note, checkpoint, key.Verifier),
            Trust.Policy policy => SignedByPolicy(note, checkpoint, policy.Rules),
            _ => throw new UnreachableException(),
        };
        return new TrustedCheckpoint(checkpoint.Origin, checkpoint.Size, checkpoint.Root, note.ToString(), by);
    }

    private static string SignedByKey(SignedNote note, Checkpoint checkpoint, VerifierKey key)
    {
        if (checkpoint.Origin != key.Name)
        {
            throw new FindingException(Findings.CheckpointOrigin, $"the checkpoint is of the log '{checkpoint.Origin}', the key is of '{key.Name}'");
        }

        return note.Verify(key) switch
        {
            NoteVerdict.Valid => $"the log's key {key}",
            NoteVerdict.NotSigned => throw new FindingException(Findings.CheckpointUnsigned, $"the checkpoint of '{checkpoint.Origin}' is not signed by {key}; it carries signatures of {string.Join(", ", note.Signatures.Select(one => $"{one.Name}+{one.KeyId:x8}"))}"),
            NoteVerdict.Forged => throw new FindingException(Findings.CheckpointForged, $"the checkpoint of '{checkpoint.Origin}' carries a signature that claims to be of {key} and is not: its text or its signature was changed"),
            _ => throw new UnreachableException(),
        };
    }

    private static string SignedByPolicy(SignedNote note, Checkpoint checkpoint, TlogPolicy policy)
    {
        PolicyLog log = policy.Logs.FirstOrDefault(one => one.Key.Name == checkpoint.Origin && note.Verify(one.Key) != NoteVerdict.NotSigned)
            ?? policy.Logs.FirstOrDefault(one => one.Key.Name == checkpoint.Origin)
            ?? throw new FindingException(Findings.CheckpointOrigin, $"the checkpoint is of the log '{checkpoint.Origin}', which is none of the policy's");
        string by = SignedByKey(note, checkpoint, log.Key);
        PolicyVerdict verdict = policy.Judge(note);
        return verdict.IsSatisfied
            ? $"{by}{(verdict.Cosigned.IsEmpty ? "" : $" and cosigned by {string.Join(", ", verdict.Cosigned.Select(witness => witness.Name))}")} (quorum {policy.Quorum})"
            : throw new FindingException(Findings.Quorum, $"the checkpoint of {checkpoint.Size:N0} entries is not to be believed by the policy: {verdict.Reason}");
    }

    private static string TextOf(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new FindingException(Findings.CheckpointForm, "the checkpoint is no UTF-8 text");
        }
    }
}
