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
    private Known<ResultTree>? _results;

    /// <summary>Asks the views something.</summary>
    public T Ask<T>(Func<ViewQueries, T> question)
    {
        return ViewFile.Guarded(path, () =>
        {
            Lease lease = Take();
            bool whole = false;
            try
            {
                T answer = question(lease.Queries);
                whole = true;
                return answer;
            }
            finally
            {
                Give(lease, whole);
            }
        });
    }

    /// <summary>All organisations in the order of their identifiers; one connection is busy until the end.</summary>
    public IEnumerable<OrganisationRow> All()
    {
        Lease lease = ViewFile.Guarded(path, Take);
        bool whole = false;
        try
        {
            using IEnumerator<OrganisationRow> rows = lease.Queries.All().GetEnumerator();
            while (ViewFile.Guarded(path, rows.MoveNext))
            {
                yield return rows.Current;
            }

            whole = true;
        }
        finally
        {
            Give(lease, whole);
        }
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

    /// <summary>The tree over the ratings that these views show.</summary>
    public ResultTree Results() => Ask(views =>
    {
        string version = Version(views);
        if (_results is not { } known || known.Version != version)
        {
            _results = known = new Known<ResultTree>(version, ResultTree.Of(views.Leaves()));
        }

        return known.Value;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out Lease? lease))
        {
            lease.Dispose();
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

            lease.Dispose();
        }

        SqliteConnection connection = ViewFile.OpenForReading(path);
        return new Lease(connection, new ViewQueries(connection), made);
    }

    /// <summary>Takes a connection back; one on which a question failed is closed.</summary>
    private void Give(Lease lease, bool whole)
    {
        if (whole)
        {
            _idle.Add(lease);
        }
        else
        {
            lease.Dispose();
        }
    }

    private sealed record Lease(SqliteConnection Connection, ViewQueries Queries, DateTime Made) : IDisposable
    {
        public void Dispose()
        {
            Queries.Dispose();
            Connection.Dispose();
        }
    }

    private sealed record Known<T>(string Version, T Value);
}
