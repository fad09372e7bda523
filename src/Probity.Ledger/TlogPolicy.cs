using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>A log that a policy accepts.</summary>
/// <param name="Key">Its key; the key's name is the log's origin.</param>
/// <param name="Url">Where it is read; null where the policy does not say.</param>
public sealed record PolicyLog(VerifierKey Key, Uri? Url);

/// <summary>A witness that a policy knows.</summary>
/// <param name="Name">Its name in the policy, and nowhere else.</param>
/// <param name="Key">Its key.</param>
/// <param name="Url">Where checkpoints are sent to it; null where the policy does not say.</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, Uri? Url);

/// <summary>
/// Which checkpoints to believe: signed by one of these logs, and cosigned by enough of these witnesses (C2SP tlog-policy). A reader who keeps such a
/// file trusts no single party: neither the log nor any one witness can show it another history.
/// </summary>
public sealed class TlogPolicy
{
    /// <summary>The longest policy that is read, in bytes.</summary>
    public const int MaxBytes = 262_144;

    internal TlogPolicy(ImmutableArray<PolicyLog> logs, ImmutableArray<PolicyWitness> witnesses, Quorum quorum) =>
        (Logs, Witnesses, Quorum) = (logs, witnesses, quorum);

    /// <summary>In the order of the file; may be empty where the log is known from elsewhere.</summary>
    public ImmutableArray<PolicyLog> Logs { get; }

    /// <summary>In the order of the file; may be empty.</summary>
    public ImmutableArray<PolicyWitness> Witnesses { get; }

    /// <summary>Which of the witnesses are enough.</summary>
    public Quorum Quorum { get; }

    /// <summary>Reads a policy; null after a problem. All problems are reported at once.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="problems">What is wrong with it is added here.</param>
    public static TlogPolicy? Parse(string file, ReadOnlySpan<byte> content, ICollection<Problem> problems) => new TlogPolicyReading(file, problems).Read(content);

    /// <summary>The text of the plainest policy: one log, some witnesses, and how many of them are enough.</summary>
    /// <param name="log">The log.</param>
    /// <param name="witnesses">Any number, of different names.</param>
    /// <param name="threshold">0 for none needed, at most the number of witnesses.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or more than there are witnesses.</exception>
    public static string Write(PolicyLog log, IReadOnlyList<PolicyWitness> witnesses, int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, witnesses.Count);
        var text = new StringBuilder($"log {log.Key}{After(log.Url)}\n");
        foreach (PolicyWitness witness in witnesses)
        {
            text.Append($"witness {witness.Name} {witness.Key}{After(witness.Url)}\n");
        }

        if (threshold == 0)
        {
            return text.Append("quorum none\n").ToString();
        }

        string group = Enumerable.Range(0, int.MaxValue).Select(i => i == 0 ? "quorum" : string.Create(CultureInfo.InvariantCulture, $"quorum-{i}")).First(name => witnesses.All(one => one.Name != name));
        return text.Append(CultureInfo.InvariantCulture, $"group {group} {threshold} {string.Join(' ', witnesses.Select(one => one.Name))}\nquorum {group}\n").ToString();
    }

    /// <summary>Whether a note is a checkpoint of one of the policy's logs with enough cosignatures.</summary>
    public PolicyVerdict Judge(SignedNote note)
    {
        string origin = note.Text.Split('\n')[0];
        PolicyLog[] logs = [.. Logs.Where(one => one.Key.Name == origin)];
        if (logs.Length == 0)
        {
            return PolicyVerdict.Refuse($"'{origin}' is none of the policy's logs");
        }

        PolicyLog? signer = logs.FirstOrDefault(one => note.Verify(one.Key) == NoteVerdict.Valid);
        bool isForged = logs.Any(one => note.Verify(one.Key) == NoteVerdict.Forged);
        return signer is null || isForged
            ? PolicyVerdict.Refuse($"the checkpoint of '{origin}' {(isForged ? "carries a signature of its key that is not genuine" : "is not signed by its key")}")
            : Judge(note, signer.Key);
    }

    /// <summary>The same for a log that is known from elsewhere; the policy's own logs are not looked at.</summary>
    public PolicyVerdict Judge(SignedNote note, VerifierKey log)
    {
        if (note.Verify(log) != NoteVerdict.Valid || Checkpoint.Parse(note.Text) is not { } checkpoint || checkpoint.Origin != log.Name)
        {
            return PolicyVerdict.Refuse($"this is no checkpoint signed by '{log.Name}'");
        }

        if (Witnesses.FirstOrDefault(one => note.Verify(one.Key) == NoteVerdict.Forged) is { } claimed)
        {
            return PolicyVerdict.Refuse($"the cosignature of witness '{claimed.Name}' is not genuine");
        }

        ImmutableArray<PolicyWitness> cosigned = [.. Witnesses.Where(one => Cosignature.Find(note, one.Key) is not null)];
        ImmutableArray<PolicyWitness> missing = [.. Witnesses.Where(one => !cosigned.Contains(one))];
        return new PolicyVerdict(checkpoint, cosigned, missing, Quorum.IsMet(cosigned.Contains)
            ? null
            : $"the quorum is {Quorum}; cosigned by {(cosigned.IsEmpty ? "none" : string.Join(", ", cosigned.Select(one => one.Name)))}");
    }

    private static string After(Uri? url) => url is null ? "" : $" {url.AbsoluteUri}";
}
