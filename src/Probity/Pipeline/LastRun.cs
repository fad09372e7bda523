using Probity.Ledger;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>The last run that a ledger states.</summary>
internal static class LastRun
{
    /// <summary>
    /// The last run and where it stands; null where there is none. Runs stand at the end of what they appended, so only the entries of one killed
    /// run can lie behind the last.
    /// </summary>
    public static (long Index, RatingRun Run)? Of(TransparencyLog log)
    {
        for (long index = log.Size - 1; index >= 0; index--)
        {
            if (RatingRun.Of(log.Read(index).Statement) is { } run)
            {
                return (index, run);
            }
        }

        return null;
    }
}
