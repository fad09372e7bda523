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
    /// <exception cref="LedgerRefusedException">The policy lists logs, and this one is not among them.</exception>
    public static void PutPolicy(TransparencyLog log, (TlogPolicy Policy, string Text)? policy)
    {
        if (policy is { } one && !one.Policy.Logs.IsEmpty && one.Policy.Logs.All(listed => listed.Key.ToString() != log.Key.ToString()))
        {
            throw new LedgerRefusedException(LedgerRefusals.Policy, $"the policy lists other logs than {log.Key}; write this key into its 'log' line, or leave the line out");
        }

        log.Witnessed.PutPolicy(policy?.Text);
    }

    /// <summary>Asks, keeps and publishes. Null where the log has no policy.</summary>
    /// <exception cref="LedgerRefusedException">The log was never signed, or its policy cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was kept before is kept.</exception>
    public async Task<RoundOutcome?> Run(CancellationToken cancelled)
    {
        WitnessedFolder folder = log.Witnessed;
        if (folder.Policy() is not { } policy)
        {
            return null;
        }

        SignedCheckpoint signed = log.LastCheckpoint() ?? throw new LedgerRefusedException(LedgerRefusals.Missing, "the ledger has no signed checkpoint yet: end a run with 'probity run'");
        SignedNote plain = SignedNote.Parse(signed.Note)!;
        SignedNote note = folder.Find(signed.Size) is { } kept && kept.Text == plain.Text ? kept : plain;
        PolicyWitness[] asked = [.. policy.Witnesses.Where(one => Cosignature.Find(note, one.Key) is null)];
        ImmutableArray<WitnessReport> reports = [.. await Task.WhenAll(asked.Select(one => Ask(one, plain, signed, cancelled))).ConfigureAwait(false)];
        ImmutableArray<NoteSignature> given = [.. reports.OfType<WitnessReport.Cosigned>().Select(one => one.Given.Line)];
        note = note.With(given);
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

    private Task<WitnessReport> Ask(PolicyWitness witness, SignedNote note, SignedCheckpoint signed, CancellationToken cancelled) => client.Ask(
        witness,
        note,
        log.Witnessed.LastSizeOf(witness.Key),
        old => new AddCheckpoint(old, old == 0 || old == signed.Size ? [] : [.. log.ProveConsistency(old, signed.Size)], signed.Note),
        cancelled);
}
