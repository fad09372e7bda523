using System.Collections.Immutable;

namespace Probity.Ledger.Witnessing;

/// <summary>What asking the witnesses of a policy came to.</summary>
/// <param name="Latest">The last signed checkpoint, which they were asked to cosign.</param>
/// <param name="Reports">What each witness that had not cosigned it before answered, in the order of the policy.</param>
/// <param name="Verdict">What the policy says of it with all its cosignatures.</param>
/// <param name="Published">The newest checkpoint that satisfies the policy; null before the first.</param>
public sealed record RoundOutcome(SignedCheckpoint Latest, ImmutableArray<WitnessReport> Reports, PolicyVerdict Verdict, SignedCheckpoint? Published);

/// <summary>
/// Has the last signed checkpoint cosigned by the witnesses of the policy in force, keeps the cosignatures, and publishes it once they are enough. Done
/// again, it asks those that have not cosigned yet.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="client">What asks.</param>
public sealed class CosigningRound(TransparencyLog log, WitnessClient client)
{
    /// <summary>Puts a policy in force for a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="policy">The policy and its text; null to publish without witnesses.</param>
    /// <param name="cancelled">Stops waiting for another process that is writing down what witnesses answered.</param>
    /// <exception cref="LedgerRefusedException">The policy lists logs, and this one is not among them; or what is kept of the witnesses cannot be read.</exception>
    public static void PutPolicy(TransparencyLog log, (TlogPolicy Policy, string Text)? policy, CancellationToken cancelled)
    {
        if (policy is { } one && !one.Policy.Logs.IsEmpty && one.Policy.Logs.All(listed => listed.Key.ToString() != log.Key.ToString()))
        {
            throw new LedgerRefusedException(LedgerRefusals.Policy, $"the policy lists other logs than {log.Key}; write this key into its 'log' line, or leave the line out");
        }

        WitnessedFolder folder = log.Witnessed;
        if (policy?.Text == folder.PolicyText)
        {
            return;
        }

        using FileStream held = folder.Hold(cancelled);
        if (policy is { } next)
        {
            folder.PutPolicy(next, log.Key, log.Published()?.Size ?? 0);
        }
        else
        {
            folder.RemovePolicy();
        }
    }

    /// <summary>Asks, keeps and publishes. Null where the log has no policy.</summary>
    /// <exception cref="LedgerRefusedException">The log was never signed, or its policy or what it keeps of its witnesses cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was kept before is kept.</exception>
    public async Task<RoundOutcome?> Run(CancellationToken cancelled)
    {
        if (log.Policy() is not { } policy)
        {
            return null;
        }

        SignedCheckpoint signed = log.LastCheckpoint() ?? throw new LedgerRefusedException(LedgerRefusals.Missing, "the ledger has no signed checkpoint yet: end a run with 'probity run'");
        SignedNote kept = Kept(signed);
        PolicyWitness[] asked = [.. policy.Witnesses.Where(one => Cosignature.Find(kept, one.Key) is null)];
        ImmutableArray<WitnessReport> reports = [.. await Task.WhenAll(asked.Select(one => Ask(one, SignedNote.Parse(signed.Note)!, signed, cancelled))).ConfigureAwait(false)];
        return Keep(signed, reports, cancelled);
    }

    /// <summary>Keeps what witnesses gave beside what another round may have been given meanwhile, and judges it by the policy that is in force now.</summary>
    private RoundOutcome? Keep(SignedCheckpoint signed, ImmutableArray<WitnessReport> reports, CancellationToken cancelled)
    {
        WitnessedFolder folder = log.Witnessed;
        using FileStream held = folder.Hold(cancelled);
        if (folder.Policy() is not { } policy)
        {
            return null;
        }

        ImmutableArray<NoteSignature> given = [.. reports.OfType<WitnessReport.Cosigned>().Select(one => one.Given.Line)];
        SignedNote note = Kept(signed).With(given);
        if (!given.IsEmpty)
        {
            folder.Put(signed.Size, note);
        }

        PolicyVerdict verdict = policy.Judge(note, log.Key);
        if (verdict.IsSatisfied)
        {
            folder.Publish(signed.Size, note);
        }

        return new RoundOutcome(signed, reports, verdict, log.Published());
    }

    /// <summary>A signed checkpoint with the cosignatures it got so far.</summary>
    private SignedNote Kept(SignedCheckpoint signed)
    {
        SignedNote plain = SignedNote.Parse(signed.Note)!;
        return log.Witnessed.Find(signed.Size) is { } kept && kept.Text == plain.Text ? kept : plain;
    }

    private Task<WitnessReport> Ask(PolicyWitness witness, SignedNote note, SignedCheckpoint signed, CancellationToken cancelled) => client.Ask(
        witness,
        note,
        log.Witnessed.LastSizeOf(witness.Key),
        old => new AddCheckpoint(old, old == 0 || old == signed.Size ? [] : [.. log.ProveConsistency(old, signed.Size)], signed.Note),
        cancelled);
}
