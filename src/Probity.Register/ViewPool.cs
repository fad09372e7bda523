using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Register;

/// <summary>
/// Reading connections to one views file, each used by one thread at a time; opened anew after a rebuild has put another file in its place.
/// Keeps what is costly to read until the views change.
/// </summary>
internal sealed class ViewPool(string path) : IDisposable
{
    private readonly ConcurrentBag<Lease> _idle = [];
    private Known<Vocabulary>? _words;
    private Known<MethodologyShelf>? _shelf;

    /// <summary>Asks the views something.</summary>
    public T Ask<T>(Func<ViewQueries, T> question)
    {
        Lease lease = Take();
        T answer = question(lease.Queries);
        _idle.Add(lease);
        return answer;
    }

    /// <summary>All organisations in the order of their identifiers; one connection is busy until the end.</summary>
    public IEnumerable<OrganisationRow> All()
    {
        Lease lease = Take();
        foreach (OrganisationRow row in lease.Queries.All())
        {
            yield return row;
        }

        _idle.Add(lease);
    }

    /// <summary>All words of the index.</summary>
    public Vocabulary Words(ViewQueries views)
    {
        string version = Version(views);
        if (_words is not { } known || known.Version != version)
        {
            _words = known = new Known<Vocabulary>(version, new Vocabulary(views.Words()));
        }

        return known.Value;
    }

    /// <summary>All methodologies that these views have seen published.</summary>
    public MethodologyShelf Shelf(TransparencyLog log) => Ask(views =>
    {
        string version = Version(views);
        if (_shelf is not { } known || known.Version != version)
        {
            _shelf = known = new Known<MethodologyShelf>(version, MethodologyShelf.Read(log, views.Publications()));
        }

        return known.Value;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out Lease? lease))
        {
            lease.Connection.Dispose();
        }
    }

    private static string Version(ViewQueries views) => $"{views.Meta("valid_at")}@{views.Meta("known_at")} {views.Meta("results")}";

    private Lease Take()
    {
        DateTime made = File.GetCreationTimeUtc(path);
        while (_idle.TryTake(out Lease? lease))
        {
            if (lease.Made == made)
            {
                return lease;
            }

            lease.Connection.Dispose();
        }

        SqliteConnection connection = ViewFile.OpenForReading(path);
        return new Lease(connection, new ViewQueries(connection), made);
    }

    private sealed record Lease(SqliteConnection Connection, ViewQueries Queries, DateTime Made);

    private sealed record Known<T>(string Version, T Value);
}
