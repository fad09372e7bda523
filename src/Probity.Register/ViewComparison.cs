using Microsoft.Data.Sqlite;

namespace Probity.Register;

/// <summary>Holds two views files against each other.</summary>
public static class ViewComparison
{
    /// <summary>The first organisation that the published views show otherwise than the recomputed ones, in words; null where there is none.</summary>
    /// <param name="recomputed">The folder of the views made from the ledger.</param>
    /// <param name="published">The folder of the views that pages are served from.</param>
    public static string? FirstDifference(string recomputed, string published)
    {
        string path = ViewFile.PathIn(published);
        if (!ViewFile.IsUsable(path))
        {
            return $"there are no views of this version in '{published}'; make them with 'probity rebuild'";
        }

        using SqliteConnection right = ViewFile.OpenForReading(ViewFile.PathIn(recomputed));
        using SqliteConnection shown = ViewFile.OpenForReading(path);
        using var ours = new ViewQueries(right);
        using var asShown = new ViewQueries(shown);
        using IEnumerator<OrganisationRow> theirs = asShown.All().GetEnumerator();
        foreach (OrganisationRow row in ours.All())
        {
            if (!theirs.MoveNext())
            {
                return Missing(row);
            }

            int order = theirs.Current.Summary.Id.CompareTo(row.Summary.Id);
            if (order != 0)
            {
                return order > 0 ? Missing(row) : Unfounded(theirs.Current);
            }

            if (Text(theirs.Current) != Text(row))
            {
                return $"{row.Summary.Record}: published is {Text(theirs.Current)}; recomputed is {Text(row)}";
            }
        }

        return theirs.MoveNext()
            ? Unfounded(theirs.Current)
            : FirstOf(ours.RecordsWithOrganisations(), asShown.RecordsWithOrganisations())
                ?? FirstOf(ours.Redirects().Select(Redirect), asShown.Redirects().Select(Redirect));
    }

    /// <summary>The first line that differs between what follows from the ledger and what is shown.</summary>
    private static string? FirstOf(IEnumerable<string> ours, IEnumerable<string> shown)
    {
        using IEnumerator<string> theirs = shown.GetEnumerator();
        foreach (string line in ours)
        {
            if (!theirs.MoveNext())
            {
                return $"by the ledger, {line}; the views do not say so";
            }

            if (theirs.Current != line)
            {
                return $"by the ledger, {line}; by the views, {theirs.Current}";
            }
        }

        return theirs.MoveNext() ? $"the views say that {theirs.Current}; the ledger does not" : null;
    }

    private static string Redirect((string Id, string Target, long Index) one) => $"{one.Id} redirects to {one.Target} (entry {one.Index})";

    private static string Missing(OrganisationRow row) => $"{row.Summary.Record} is not published";

    private static string Unfounded(OrganisationRow row) => $"{row.Summary.Record} is published and not in the ledger";

    private static string Text(OrganisationRow row) =>
        $"{row.Summary.Id} {row.Summary.Record} {row.Summary.Particulars} {row.Summary.Standing with { Dimensions = [] }} {ViewText.Of(row.Summary.Standing.Dimensions)} {row.Leaf}";
}
