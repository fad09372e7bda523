using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>What the ledger says was redacted: a fold over the entries that are redactions and the entries they name. Nothing that is kept beside the ledger can add to it or take from it.</summary>
internal static class StatedRedactions
{
    /// <summary>Folds.</summary>
    /// <param name="indexes">The entries that are redactions, in their order.</param>
    /// <param name="read">Reads an entry as a statement; null where there is none or it is no statement, which verification names.</param>
    public static RedactionAudit Fold(IReadOnlyList<long> indexes, Func<long, Statement?> read)
    {
        var relevant = new SortedDictionary<long, Statement>();
        foreach (long index in indexes)
        {
            if (read(index) is { } said)
            {
                relevant[index] = said;
                if (Redaction.Of(said) is { } redaction && redaction.Index < index && read(redaction.Index) is { } named)
                {
                    relevant[redaction.Index] = named;
                }
            }
        }

        var fold = new RedactionAudit();
        foreach ((long index, Statement statement) in relevant)
        {
            fold.Take(index, statement);
        }

        return fold;
    }
}
