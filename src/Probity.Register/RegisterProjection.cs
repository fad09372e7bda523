using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;

namespace Probity.Register;

/// <summary>
/// Catches the views up with the ledger: reads the entries they have not seen, rates the organisations those touch (with their peers, where a
/// cohort statistic moved; all, where the day, the methodology or an organisation's records changed), and commits once. See docs/decisions/0003.
/// </summary>
/// <param name="log">The ledger.</param>
/// <param name="dataFolder">Where views.db stands.</param>
/// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
public sealed class RegisterProjection(TransparencyLog log, string dataFolder, Action<string, double> progress)
{
    /// <summary>Organisations that one thread reads and rates together.</summary>
    private const int Block = 200;

    /// <summary>Conclusions of linkage that are read together.</summary>
    private const int LinkageAtOnce = 4_096;

    /// <summary>Blocks that are rated ahead of the one that is being written.</summary>
    private const int BlocksAhead = 6;

    /// <summary>Brings the views to a day and ledger size; into a fresh file where there are none or they are of another schema.</summary>
    /// <returns>The run these ratings are.</returns>
    /// <exception cref="RegisterRefusedException">The views cannot be written; the next attempt makes them again.</exception>
    public RatingRun CatchUp(AsOf asOf, CancellationToken cancelled) =>
        ViewFile.Guarded(ViewFile.PathIn(dataFolder), () => CatchUp(ViewFile.PathIn(dataFolder), asOf, cancelled));

    /// <summary>Makes all views again from entry 0 in a fresh file, which then takes the place of the old.</summary>
    /// <returns>The run these ratings are.</returns>
    /// <exception cref="RegisterRefusedException">The views cannot be written; the old ones stay.</exception>
    public RatingRun Rebuild(AsOf asOf, CancellationToken cancelled) =>
        ViewFile.Guarded(ViewFile.PathIn(dataFolder), () => Rebuild(ViewFile.PathIn(dataFolder), asOf, cancelled));

    private RatingRun CatchUp(string path, AsOf asOf, CancellationToken cancelled)
    {
        if (!ViewFile.IsUsable(path))
        {
            return Rebuild(path, asOf, cancelled);
        }

        using SqliteConnection connection = ViewFile.OpenForWriting(path);
        ViewState? before = StateOf(connection);
        if (before is not null && before.AsOf.KnownAt <= asOf.KnownAt)
        {
            return Project(connection, asOf, before, cancelled);
        }

        connection.Close();
        return Rebuild(path, asOf, cancelled);
    }

    private RatingRun Rebuild(string path, AsOf asOf, CancellationToken cancelled)
    {
        string fresh = path + ".new";
        ViewFile.Delete(fresh);
        RatingRun run;
        using (SqliteConnection connection = ViewFile.OpenForWriting(fresh))
        {
            run = Project(connection, asOf, null, cancelled);
            ViewFile.Seal(connection);
        }

        ViewFile.Replace(fresh, path);
        return run;
    }

    private static ViewState? StateOf(SqliteConnection connection)
    {
        using var views = new ViewQueries(connection);
        return ViewState.Read(views);
    }

    private RatingRun Project(SqliteConnection connection, AsOf asOf, ViewState? before, CancellationToken cancelled)
    {
        using var views = new ViewQueries(connection);
        using var writer = new ViewWriter(connection);
        (long numbers, HashSet<long> touched, bool onlyAdds) = Take((connection, writer, views), before, asOf.KnownAt, cancelled);
        MethodologyPublication? inForce = MethodologyShelf.Read(log, views.Publications()).InForce(asOf);
        bool all = before is null || before.AsOf.ValidAt != asOf.ValidAt || before.Methodology != inForce?.Methodology.Fingerprint;
        Cohort cohort = Cohort.None;
        if (!all && onlyAdds && touched.Count == 0)
        {
            // nothing new is said of anybody: no statistic can have moved
        }
        else if (!all && onlyAdds && inForce is { Methodology.HasCohort: true })
        {
            CohortChange change = CohortChange.Of(inForce.Methodology, Organisations(views, numbers), (before!.AsOf, asOf), entries => DossierReading.ReadAll(log, entries));
            cohort = change.Cohort;
            touched.UnionWith(change.Moved);
        }
        else
        {
            cohort = inForce is null ? Cohort.None : RatingEngine.Survey(inForce.Methodology, Organisations(views, numbers).Chunk(Block).SelectMany(block => DossierReading.ReadAll(log, [.. block.Select(one => one.Entries)])), asOf);
            all |= cohort.Size > 0;
        }

        var known = new Extent(before?.Numbers ?? 0, all ? numbers : touched.Count);
        Rate(writer, views, (all ? Sequence(1, numbers) : touched.Order(), known), new RatingQuestion(inForce?.Methodology, cohort, asOf), cancelled);
        progress("indexing", 0);
        writer.Finish();
        Digest results = MerkleTree.RootOf(writer.Leaves());
        long organisations = views.CountOrganisations();
        var run = new RatingRun(asOf, organisations, results, inForce?.Methodology.Fingerprint);
        new ViewState(asOf, run.Methodology, results, organisations, numbers).Write(writer);
        writer.Commit();
        progress("indexing", 1);
        return run;
    }

    /// <summary>Takes the entries in that the views have not seen; the highest number now, which organisations that the views held were touched, and whether nothing that stood before was changed.</summary>
    private (long Numbers, HashSet<long> Touched, bool OnlyAdds) Take(
        (SqliteConnection Connection, ViewWriter Writer, ViewQueries Queries) views, ViewState? before, long to, CancellationToken cancelled)
    {
        long from = before?.AsOf.KnownAt ?? 0;
        var taken = new TakenEntries(views.Writer, new OrganisationNumbers(views.Queries.NoOf, before?.Numbers ?? 0), isFirst: before is null);
        foreach ((long index, StatementHead head) in log.ReadHeads(from, to))
        {
            taken.Take(index, head);
            if ((index & 0x3FFF) == 0)
            {
                cancelled.ThrowIfCancellationRequested();
                progress("reading the ledger", (index - from + 1.0) / (to - from));
            }
        }

        taken.Close();
        using var linked = new LinkedViews(views.Connection);
        HashSet<long> changed = linked.Take(taken.Conclusions.Chunk(LinkageAtOnce).SelectMany(some => log.ReadMany(some)), taken.NumberOf);
        progress("reading the ledger", 1);
        return (taken.Numbers, before is null ? [] : Present(taken.Touched.Select(linked.OrganisationOf).Concat(changed), views.Queries, linked), taken.OnlyAdds);
    }

    /// <summary>The organisations among some numbers; those that lost all their records are taken out.</summary>
    private static HashSet<long> Present(IEnumerable<long> numbers, ViewQueries queries, LinkedViews linked)
    {
        var present = new HashSet<long>();
        foreach (long number in numbers.Distinct().ToList())
        {
            if (queries.EntriesOf(number).Indexes.Length > 0)
            {
                present.Add(number);
            }
            else
            {
                linked.Remove(number);
            }
        }

        return present;
    }

    /// <summary>All organisations, from the entries that the views' transaction already holds.</summary>
    private static IEnumerable<(long Number, OrganisationEntries Entries)> Organisations(ViewQueries views, long numbers) =>
        Sequence(1, numbers).Chunk(Block).SelectMany(block => block.Zip(views.EntriesOf(block))).Where(organisation => organisation.Second.Indexes.Length > 0);

    /// <summary>Rates blocks on other threads, some ahead of the one that is being written; they are written in their order.</summary>
    private void Rate(ViewWriter writer, ViewQueries views, (IEnumerable<long> Organisations, Extent Extent) due, RatingQuestion question, CancellationToken cancelled)
    {
        var ahead = new Queue<Task<OrganisationRow[]>>();
        long written = 0;
        void Write(OrganisationRow[] rows)
        {
            foreach (OrganisationRow row in rows)
            {
                writer.Put(row, row.No <= due.Extent.Known);
            }

            written += rows.Length;
            progress("rating", due.Extent.Due == 0 ? 1 : written / (double)due.Extent.Due);
        }

        foreach (long[] block in due.Organisations.Chunk(Block))
        {
            (long[] numbers, OrganisationEntries[] entries) = WithEntries(block, views.EntriesOf(block));
            ahead.Enqueue(Task.Run(() => RateBlock(numbers, entries, question), cancelled));
            if (ahead.Count > BlocksAhead)
            {
                Write(ahead.Dequeue().GetAwaiter().GetResult());
            }
        }

        while (ahead.TryDequeue(out Task<OrganisationRow[]>? rated))
        {
            Write(rated.GetAwaiter().GetResult());
        }
    }

    /// <summary>Leaves out numbers that are no organisation, because their records belong to others.</summary>
    private static (long[] Numbers, OrganisationEntries[] Entries) WithEntries(long[] numbers, OrganisationEntries[] entries) =>
        Array.TrueForAll(entries, one => one.Indexes.Length > 0)
            ? (numbers, entries)
            : ([.. numbers.Where((_, i) => entries[i].Indexes.Length > 0)], [.. entries.Where(one => one.Indexes.Length > 0)]);

    private OrganisationRow[] RateBlock(long[] numbers, OrganisationEntries[] entries, RatingQuestion question)
    {
        Dossier[] dossiers = DossierReading.ReadAll(log, entries);
        var rows = new OrganisationRow[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            rows[i] = question.Answer(numbers[i], dossiers[i]);
        }

        return rows;
    }

    private static IEnumerable<long> Sequence(long from, long to)
    {
        for (long number = from; number <= to; number++)
        {
            yield return number;
        }
    }

    /// <summary>The highest number that the views held before, and how many numbers are due to be rated.</summary>
    private readonly record struct Extent(long Known, long Due);
}
