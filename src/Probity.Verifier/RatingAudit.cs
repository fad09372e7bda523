using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Verifier;

/// <summary>Verifies the documents that a ledger publishes and recomputes the ratings of its runs, from entries whose tree was verified.</summary>
/// <param name="files">Where documents are.</param>
/// <param name="memory">The verified entries.</param>
/// <param name="progress">Told how far it is, 0 to 1.</param>
internal sealed class RatingAudit(IPublicFiles files, AuditorMemory memory, Action<double> progress)
{
    /// <summary>The most bytes a document may have.</summary>
    private const int MaxDocument = 16_777_216;

    private const int BundlesAhead = 16;

    /// <summary>Verifies every document, and the ratings of every run that was not yet verified.</summary>
    /// <param name="size">How many entries were verified.</param>
    /// <param name="cancelled">Stops between two bundles or organisations.</param>
    /// <returns>What it proved, in words.</returns>
    /// <exception cref="FindingException">The first thing that does not fit.</exception>
    public async Task<List<string>> VerifyAsync(long size, CancellationToken cancelled)
    {
        var proven = new List<string>();
        int documents = await FetchDocumentsAsync(cancelled).ConfigureAwait(false);
        proven.Add($"{documents:N0} published {(documents == 1 ? "document is" : "documents are")} the very ones that the ledger names by SHA-256");
        List<(long Index, RatingRun Run)> due = Due();
        if (due.Count == 0)
        {
            proven.Add(memory.ProvenRun < 0 ? "the ledger states no run yet: there are no ratings to recompute" : $"the ratings of all runs up to entry {memory.ProvenRun:N0} were recomputed before");
            return proven;
        }

        await RecomputeAsync(size, due, proven, cancelled).ConfigureAwait(false);
        memory.Save();
        return proven;
    }

    private async Task<int> FetchDocumentsAsync(CancellationToken cancelled)
    {
        var named = new HashSet<Digest>();
        foreach (Entry entry in memory.RunsAndPublications())
        {
            if (Publication.DocumentOf(entry.Statement) is not { } hash || !named.Add(hash) || memory.FindDocument(hash) is not null)
            {
                continue;
            }

            byte[] document = await files.ReadAsync(PublishedDocuments.PathOf(hash), MaxDocument, cancelled).ConfigureAwait(false)
                ?? throw new FindingException(Findings.Missing, $"entry {entry.Index} publishes the document {hash}, and {PublishedDocuments.PathOf(hash)} is not there");
            memory.KeepDocument(hash, Digest.Of(document) == hash
                ? document
                : throw new FindingException(Findings.Document, $"entry {entry.Index} publishes the document {hash}; {PublishedDocuments.PathOf(hash)} is another, {Digest.Of(document)}"));
        }

        return named.Count;
    }

    private List<(long Index, RatingRun Run)> Due()
    {
        var due = new List<(long, RatingRun)>();
        foreach ((long index, Statement statement) in memory.RunsAndPublications().Where(entry => entry.Statement.Kind == StatementKind.Run && entry.Statement.Type == RatingRun.StatementType && entry.Index > memory.ProvenRun))
        {
            RatingRun run = RatingRun.Of(statement) ?? throw new FindingException(Findings.RunForm, $"entry {index} states a run that cannot be read");
            due.Add(run.AsOf.KnownAt >= 0 && run.AsOf.KnownAt <= index
                ? (index, run)
                : throw new FindingException(Findings.RunForm, $"entry {index} states a run over {run.AsOf.KnownAt} entries, which were not there before it"));
        }

        due.Sort(static (left, right) => left.Item2.AsOf.KnownAt.CompareTo(right.Item2.AsOf.KnownAt));
        return due;
    }

    private async Task RecomputeAsync(long size, List<(long Index, RatingRun Run)> due, List<string> proven, CancellationToken cancelled)
    {
        var resolver = new OrganisationResolver();
        int next = 0;
        long last = due[^1].Run.AsOf.KnownAt;
        void Recompute(long known)
        {
            for (; next < due.Count && due[next].Run.AsOf.KnownAt == known; next++)
            {
                proven.Add(Compare(due[next], RunRecomputation.Of(resolver, ShelfOf(known), due[next].Run.AsOf, cancelled)));
                memory.ProvenRun = Math.Max(memory.ProvenRun, due[next].Index);
            }
        }

        Recompute(0);
        await foreach (Entry entry in EntriesAsync(Math.Min(last, size), cancelled).ConfigureAwait(false))
        {
            resolver.Add(entry);
            Recompute(entry.Index + 1);
            progress((entry.Index + 1) / (double)last);
        }
    }

    /// <summary>Statements of the kept entries in order; bundles are read ahead on other threads.</summary>
    private async IAsyncEnumerable<Entry> EntriesAsync(long size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancelled)
    {
        var ahead = new Queue<Task<Entry[]>>();
        using IEnumerator<EntryBundle> bundles = memory.Bundles(size).GetEnumerator();
        for (long first = 0; first < size || ahead.Count > 0;)
        {
            for (; ahead.Count < BundlesAhead && bundles.MoveNext(); first += TilePath.FullWidth)
            {
                (EntryBundle bundle, long from) = (bundles.Current, first);
                ahead.Enqueue(Task.Run(() => StatementsOf(bundle, from), cancelled));
            }

            foreach (Entry entry in await ahead.Dequeue().ConfigureAwait(false))
            {
                yield return entry;
            }
        }
    }

    private static Entry[] StatementsOf(EntryBundle bundle, long first)
    {
        var entries = new Entry[bundle.Count];
        for (int place = 0; place < entries.Length; place++)
        {
            entries[place] = new Entry(first + place, AuditorMemory.StatementOf(first + place, bundle[place]));
        }

        return entries;
    }

    private MethodologyShelf ShelfOf(long known)
    {
        try
        {
            return MethodologyShelf.Of(memory.RunsAndPublications().TakeWhile(entry => entry.Index < known), memory.FindDocument);
        }
        catch (InvalidDataException trouble)
        {
            throw new FindingException(Findings.Document, trouble.Message);
        }
    }

    private static string Compare((long Index, RatingRun Run) stated, RatingRun made) => made.SaysTheSameAs(stated.Run)
        ? $"{made.Ratings:N0} ratings recomputed from {made.AsOf.KnownAt:N0} entries as of {Day.Text(made.AsOf.ValidAt)}: they are those of the run that entry {stated.Index:N0} states, root {made.Results}"
        : throw new FindingException(
            Findings.Ratings,
            $"entry {stated.Index} states {stated.Run.Ratings} ratings with the root {stated.Run.Results} by {MethodologyOf(stated.Run)}; recomputed from {made.AsOf.KnownAt} entries as of {Day.Text(made.AsOf.ValidAt)} they are {made.Ratings} with the root {made.Results} by {MethodologyOf(made)}");

    private static string MethodologyOf(RatingRun run) => run.Methodology is { } fingerprint ? $"the methodology {fingerprint}" : "no methodology";
}
