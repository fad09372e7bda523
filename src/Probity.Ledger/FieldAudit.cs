using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>Holds a log's redactable fields against the openings that are kept of them.</summary>
internal static class FieldAudit
{
    /// <summary>The first violation, and what was proven in words; both null where nothing is redactable.</summary>
    public static (string? Violation, string? Proven) Of(TransparencyLog log, RedactionAudit audit)
    {
        (long Bundle, ILookup<long, Opening> Openings)? read = null;
        IReadOnlyList<Opening> OpeningsOf(long index)
        {
            long bundle = index / TilePath.FullWidth;
            if (read?.Bundle != bundle)
            {
                read = (bundle, log.Openings(bundle * TilePath.FullWidth, (bundle + 1) * TilePath.FullWidth).ToLookup(one => one.Index, one => one.Opening));
            }

            return [.. read.Value.Openings[index]];
        }

        long open = 0;
        long redacted = 0;
        foreach (FieldState state in audit.States(OpeningsOf))
        {
            if (state.IsViolation)
            {
                return (state.Words, null);
            }

            open += state is FieldState.Opened ? 1 : 0;
            redacted += state is FieldState.Redacted ? 1 : 0;
        }

        IEnumerable<(long, Opening)> all = log.OpeningBundles(long.MaxValue).SelectMany(bundle => log.Openings(bundle * TilePath.FullWidth, (bundle + 1) * TilePath.FullWidth));
        if (audit.Strays(all).FirstOrDefault() is { } stray)
        {
            return (stray.Words, null);
        }

        return (null, open + redacted == 0 ? null : $"redactable fields: {open:N0} open, each as its entry commits to it; {redacted:N0} redacted, each by a statement");
    }
}
