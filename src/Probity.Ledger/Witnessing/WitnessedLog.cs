using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Ledger.Witnessing;

/// <summary>What a witness knows of one log. Owns the log's checkpoint file; comparing, writing and remembering are one step under its lock.</summary>
internal sealed class WitnessedLog
{
    private readonly Lock _step = new();
    private readonly VerifierKey _witness;
    private readonly ImmutableArray<VerifierKey> _keys;
    private readonly WitnessFolder _folder;
    private volatile string? _latest;
    private (long Size, Digest Root, long Time) _cosigned;
    private string? _failure;

    /// <exception cref="LedgerRefusedException">What the folder holds is not what the witness cosigned.</exception>
    public WitnessedLog(VerifierKey witness, ImmutableArray<VerifierKey> keys, WitnessFolder folder)
    {
        (_witness, _keys, _folder) = (witness, keys, folder);
        _cosigned = (0, MerkleTree.EmptyRoot, 0);
        if (folder.Find(Origin) is { } text)
        {
            SignedNote? note = SignedNote.Parse(text);
            _cosigned = note is not null && Cosignature.Find(note, witness) is { } own && Checkpoint.Parse(note.Text) is { } checkpoint && checkpoint.Origin == Origin
                ? (checkpoint.Size, checkpoint.Root, own.Time)
                : throw new LedgerRefusedException(
                    LedgerRefusals.Corrupt,
                    $"'{folder.PathOf(Origin)}' is not what {witness.Name} cosigned last for '{Origin}'. Restore it; where that cannot be done, retire this witness' key: it no longer knows what it testified");
            _latest = text;
        }
    }

    public string Origin => _keys[0].Name;

    public string? Latest => _latest;

    /// <param name="request">What was asked.</param>
    /// <param name="offered">Its note and what that says.</param>
    /// <param name="cosign">Cosigns the note at a time that is not before the given one.</param>
    public WitnessAnswer Add(AddCheckpoint request, (SignedNote Note, Checkpoint Checkpoint) offered, Func<long, NoteSignature> cosign)
    {
        NoteVerdict[] verdicts = [.. _keys.Select(offered.Note.Verify)];
        if (!verdicts.Contains(NoteVerdict.Valid) || verdicts.Contains(NoteVerdict.Forged))
        {
            return new WitnessAnswer.NotSigned();
        }

        if (request.OldSize > offered.Checkpoint.Size)
        {
            return new WitnessAnswer.Malformed($"the old size {request.OldSize} is beyond the checkpoint's {offered.Checkpoint.Size}");
        }

        lock (_step)
        {
            return _failure is { } failure ? new WitnessAnswer.Failed(failure)
                : request.OldSize != _cosigned.Size ? new WitnessAnswer.OtherSize(_cosigned.Size)
                : Objection(request, offered.Checkpoint) is ({ } reason, var evidence) ? Refuse(offered, reason, evidence)
                : Keep(offered, cosign(_cosigned.Time));
        }
    }

    /// <summary>Why the new checkpoint is not taken for one that adds to the last, and what it is evidence of; null where it is.</summary>
    private (string Reason, Evidence Of)? Objection(AddCheckpoint request, Checkpoint next)
    {
        bool hasOtherRoot = (next.Size == 0 && next.Root != MerkleTree.EmptyRoot) || (next.Size == _cosigned.Size && next.Root != _cosigned.Root);
        if (hasOtherRoot)
        {
            return (next.Size == 0 ? "a tree of no entries has the root of nothing" : $"another root was cosigned for {next.Size} entries", Evidence.Contradiction);
        }

        if (request.OldSize == 0 || request.OldSize == next.Size)
        {
            return request.Proof.IsEmpty ? null : ("from nothing, or to the same size, there is no proof", Evidence.None);
        }

        return MerkleProof.VerifyConsistency((_cosigned.Size, _cosigned.Root), (next.Size, next.Root), request.Proof)
            ? null
            : ("the proof does not lead from the tree cosigned last to this one", Evidence.Refused);
    }

    /// <summary>Writes what is cosigned, and only then remembers and hands it out. After a disk error nothing more is cosigned: what the disk holds is not known.</summary>
    private WitnessAnswer Keep((SignedNote Note, Checkpoint Checkpoint) offered, NoteSignature line)
    {
        string kept = Trusted(offered.Note).With([line]).ToString();
        try
        {
            _folder.Put(Origin, kept);
            _folder.WithdrawRefused(offered.Checkpoint);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            _failure = "the disk refused; nothing is cosigned for this log until the witness is started again";
            return new WitnessAnswer.Failed(_failure);
        }

        _cosigned = (offered.Checkpoint.Size, offered.Checkpoint.Root, Cosignature.Find(offered.Note.With([line]), _witness)!.Time);
        _latest = kept;
        return new WitnessAnswer.Cosigned(line);
    }

    /// <summary>Keeps, as the specification allows, what the log signed and what was not shown to add to its earlier word.</summary>
    private WitnessAnswer.Contradiction Refuse((SignedNote Note, Checkpoint Checkpoint) offered, string reason, Evidence evidence)
    {
        try
        {
            switch (evidence)
            {
                case Evidence.Contradiction:
                    _folder.PutContradiction(Origin, Trusted(offered.Note).ToString());
                    break;
                case Evidence.Refused:
                    _folder.PutRefused(Origin, Trusted(offered.Note).ToString());
                    break;
                default:
                    break;
            }

            return new WitnessAnswer.Contradiction(reason);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new WitnessAnswer.Contradiction($"{reason}; the refused checkpoint could not be kept");
        }
    }

    /// <summary>The note with the log's own signatures alone: what strangers added is not kept.</summary>
    private SignedNote Trusted(SignedNote note) => note.Only(signature => _keys.Any(signature.IsOf));

    /// <summary>What a refused checkpoint shows.</summary>
    private enum Evidence
    {
        /// <summary>Nothing of the log: the request was wrong.</summary>
        None,

        /// <summary>That no proof was sent that holds; whoever sent it may be a stranger who has none.</summary>
        Refused,

        /// <summary>That the log signed two histories: it needs nothing else beside what was cosigned.</summary>
        Contradiction,
    }
}
