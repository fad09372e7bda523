using System.Collections.Immutable;

namespace Probity.Verifier;

/// <summary>What to verify.</summary>
/// <param name="Files">What the register publishes.</param>
/// <param name="Trust">What makes a checkpoint believed.</param>
/// <param name="MemoryFolder">Where verifications are remembered; made where it is absent.</param>
/// <param name="WithRatings">Whether ratings are recomputed; without, the tree, the signatures and the entries are verified.</param>
public sealed record AuditRequest(IPublicFiles Files, Trust Trust, string MemoryFolder, bool WithRatings);

/// <summary>What a verification came to.</summary>
/// <param name="Proven">What was proven, a sentence each, in the order of proof; may be empty.</param>
/// <param name="Finding">The first thing that does not fit, or why it could not be checked; null where everything fits.</param>
/// <param name="Size">How many entries the checkpoint covers; 0 where none was believed.</param>
/// <param name="Root">The root that it promises, 64 hexadecimal digits; empty where none was believed.</param>
public sealed record AuditOutcome(ImmutableArray<string> Proven, Finding? Finding, long Size, string Root)
{
    /// <summary>Which of the three ways it ended.</summary>
    public AuditVerdict Verdict => Finding is null ? AuditVerdict.Fits : Findings.IsUnchecked(Finding.Code) ? AuditVerdict.NotChecked : AuditVerdict.Found;
}

/// <summary>How a verification ended.</summary>
public enum AuditVerdict
{
    /// <summary>Everything that was asked for fits.</summary>
    Fits,

    /// <summary>Something does not fit: what the register shows does not follow from what it signed.</summary>
    Found,

    /// <summary>The register could not be reached, or the auditor's own disk failed: nothing is said of what was not read.</summary>
    NotChecked,
}

/// <summary>
/// An audit of a register from outside: reads only what is public, and believes nothing but its key. Stops at the first thing that does not fit; what was verified
/// before is remembered either way.
/// </summary>
/// <param name="request">What to verify.</param>
/// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
public sealed class RegisterAudit(AuditRequest request, Action<string, double> progress)
{
    private readonly ImmutableArray<string>.Builder _proven = ImmutableArray.CreateBuilder<string>();
    private TrustedCheckpoint? _checkpoint;

    /// <summary>Verifies.</summary>
    /// <param name="cancelled">Stops it; the way so far is remembered.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<AuditOutcome> VerifyAsync(CancellationToken cancelled)
    {
        Finding? finding = null;
        try
        {
            await GoAsync(cancelled).ConfigureAwait(false);
        }
        catch (FindingException found)
        {
            finding = found.Finding;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // what a register serves never ends in one of these: PublishedSite and PublishedFolder name their own trouble
            finding = AuditorMemory.Unusable(request.MemoryFolder, trouble).Finding;
        }

        return new AuditOutcome(_proven.ToImmutable(), finding, _checkpoint?.Size ?? 0, _checkpoint?.Root.ToString() ?? "");
    }

    private async Task GoAsync(CancellationToken cancelled)
    {
        byte[] note = await request.Files.ReadAsync("checkpoint", TrustedCheckpoint.MaxBytes, cancelled).ConfigureAwait(false)
            ?? throw new FindingException(Findings.Missing, "there is no file 'checkpoint': this is no published register, or nothing was signed yet");
        TrustedCheckpoint checkpoint = _checkpoint = TrustedCheckpoint.Read(note, request.Trust);
        _proven.Add($"a checkpoint of {checkpoint.Size:N0} entries, signed by {checkpoint.SignedBy}");
        using var memory = AuditorMemory.Open(request.MemoryFolder, request.Trust);
        var tree = new TreeAudit(new PublishedTree(request.Files), memory, share => progress("reading and hashing entries", share));
        _proven.AddRange(await tree.VerifyAsync(checkpoint, cancelled).ConfigureAwait(false));
        if (memory.HasRedactable && await HoldOpeningsAsync(memory, checkpoint, cancelled).ConfigureAwait(false) is { } openings)
        {
            _proven.Add(openings);
        }

        if (request.WithRatings)
        {
            var ratings = new RatingAudit(request.Files, memory, share => progress("recomputing ratings", share));
            _proven.AddRange(await ratings.VerifyAsync(checkpoint.Size, cancelled).ConfigureAwait(false));
        }
    }

    /// <summary>Openings are those of this moment. A register that published meanwhile may have redacted one: then nothing follows from what does not fit.</summary>
    private async Task<string?> HoldOpeningsAsync(AuditorMemory memory, TrustedCheckpoint checkpoint, CancellationToken cancelled)
    {
        try
        {
            return await new OpeningsAudit(request.Files, memory).VerifyAsync(checkpoint.Size, cancelled).ConfigureAwait(false);
        }
        catch (FindingException found) when (found.Finding.Code == Findings.Openings)
        {
            byte[] note = await request.Files.ReadAsync("checkpoint", TrustedCheckpoint.MaxBytes, cancelled).ConfigureAwait(false) ?? [];
            throw TrustedCheckpoint.Read(note, request.Trust).Root == checkpoint.Root
                ? found
                : new FindingException(Findings.Moved, $"the register published another checkpoint while its openings were read, and may have redacted what does not fit now ({found.Finding.Message}); verify again");
        }
    }
}
