using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>What a verification proved, in words, and the first thing that does not fit; null where everything fits.</summary>
internal sealed record Verification(ImmutableArray<string> Proven, string? Difference);

/// <summary>
/// Recomputes all that a data folder publishes: the tree from the entries' bytes, every checkpoint's signature and root, every rating from the ledger and
/// the methodology recorded in it; and compares the views with that, row by row.
/// </summary>
internal static class RegisterVerification
{
    /// <summary>Verifies; stops at the first difference.</summary>
    public static Verification Verify(string dataFolder, Action<string, double> progress, CancellationToken cancelled)
    {
        var proven = ImmutableArray.CreateBuilder<string>();
        using TransparencyLog log = TransparencyLog.OpenForReading(dataFolder);
        LogVerification tree = LogVerification.Verify(log, share => progress("hashing the ledger", share), cancelled);
        proven.AddRange(tree.Proven);
        if (tree.Difference is not null)
        {
            return new Verification(proven.ToImmutable(), tree.Difference);
        }

        if (LastRun.Of(log) is not { } last)
        {
            return new Verification(proven.ToImmutable(), "the ledger states no run");
        }

        string again = Directory.CreateTempSubdirectory("probity-verify-").FullName;
        try
        {
            return Compare(log, dataFolder, (again, last.Index, last.Run), proven, progress, cancelled);
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    private static Verification Compare(
        TransparencyLog log,
        string dataFolder,
        (string Folder, long Index, RatingRun Stated) again,
        ImmutableArray<string>.Builder proven,
        Action<string, double> progress,
        CancellationToken cancelled)
    {
        RatingRun made = new RegisterProjection(log, again.Folder, progress).Rebuild(again.Stated.AsOf, cancelled);
        if (!made.SaysTheSameAs(again.Stated))
        {
            return new Verification(proven.ToImmutable(), $"entry {again.Index} states {again.Stated.Ratings} ratings with the root {again.Stated.Results}; recomputed from the ledger they are {made.Ratings} with the root {made.Results}");
        }

        proven.Add($"{made.Ratings:N0} ratings recomputed as of {again.Stated.AsOf}: the root of entry {again.Index}, {made.Results}");
        progress("comparing the views", 0);
        string? difference = ViewComparison.FirstDifference(again.Folder, dataFolder);
        progress("comparing the views", 1);
        if (difference is null)
        {
            proven.Add("every published row equals the recomputed one");
        }

        return new Verification(proven.ToImmutable(), difference);
    }
}
