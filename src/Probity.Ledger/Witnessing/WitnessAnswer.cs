namespace Probity.Ledger.Witnessing;

/// <summary>What a witness answers to add-checkpoint; each has one HTTP status (C2SP tlog-witness).</summary>
public abstract record WitnessAnswer
{
    private WitnessAnswer()
    {
    }

    /// <summary>200: cosigned, and on disk.</summary>
    /// <param name="Line">The signature line.</param>
    public sealed record Cosigned(NoteSignature Line) : WitnessAnswer;

    /// <summary>400: the request is malformed, or its old size is beyond its checkpoint's.</summary>
    /// <param name="Reason">In words.</param>
    public sealed record Malformed(string Reason) : WitnessAnswer;

    /// <summary>403: no signature of the log's key, or one that claims to be and is not.</summary>
    public sealed record NotSigned : WitnessAnswer;

    /// <summary>404: the witness does not follow this log.</summary>
    public sealed record UnknownLog : WitnessAnswer;

    /// <summary>409: the witness last cosigned another size.</summary>
    /// <param name="Size">Which; 0 where it never cosigned.</param>
    public sealed record OtherSize(long Size) : WitnessAnswer;

    /// <summary>422: the checkpoint is not shown to add to the one cosigned last. Signed by the log as it is, it may be the evidence of a split view.</summary>
    /// <param name="Reason">In words.</param>
    public sealed record Contradiction(string Reason) : WitnessAnswer;

    /// <summary>500: the disk did not confirm; nothing was cosigned.</summary>
    /// <param name="Reason">In words.</param>
    public sealed record Failed(string Reason) : WitnessAnswer;
}
