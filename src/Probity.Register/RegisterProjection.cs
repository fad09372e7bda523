using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;

namespace Probity.Register;

/// <summary>
/// Catches the views up with the ledger: reads the entries they have not seen, rates the organisations those touch (all, where the day or
/// the methodology changed or a cohort statistic may have moved), and commits once. See docs/decisions/0003.
/// </summary>
/// <param name="log">The ledger.</param>
/// <param name="dataFolder">Where views.db stands.</param>
/// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
public sealed class RegisterProjection(TransparencyLog log, string dataFolder, Action<string, double> progress)
{
    /// <summary>Organisations that one thread reads and rates together.</summary>
    private const int Block = 200;

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
        (long organisations, HashSet<long> touched) = Take(writer, views, before, asOf.KnownAt, cancelled);
        MethodologyPublication? inForce = MethodologyShelf.Read(log, views.Publications()).InForce(asOf);
        bool all = before is null || before.AsOf.ValidAt != asOf.ValidAt || before.Methodology != inForce?.Methodology.Fingerprint;
        Cohort cohort = Survey(views, inForce, organisations, asOf);
        IEnumerable<long> due = all || cohort.Size > 0 ? Sequence(1, organisations) : touched.Order();
        var known = new Extent(before?.Organisations ?? 0, all || cohort.Size > 0 ? organisations : touched.Count);
        Rate(writer, views, (due, known), new RatingQuestion(inForce?.Methodology, cohort, asOf), cancelled);
        progress("indexing", 0);
        writer.Finish();
        Digest results = MerkleTree.RootOf(writer.Leaves());
        var run = new RatingRun(asOf, organisations, results, inForce?.Methodology.Fingerprint);
        new ViewState(asOf, run.Methodology, results, organisations).Write(writer);
        writer.Commit();
        progress("indexing", 1);
        return run;
    }

    /// <summary>Takes the entries in that the views have not seen; how many organisations there are now, and which of those the views held were touched.</summary>
    private (long Organisations, HashSet<long> Touched) Take(ViewWriter writer, ViewQueries views, ViewState? before, long to, CancellationToken cancelled)
    {
        long from = before?.AsOf.KnownAt ?? 0;
        var numbers = new OrganisationNumbers(views.NoOf, before?.Organisations ?? 0);
        var touched = new HashSet<long>();
        (long Number, long First, long Count) run = default;
        void Close((long Number, long First, long Count) run)
        {
            if (run.Count > 0)
            {
                writer.AddStatements(run.Number, run.First, run.Count);
                touched.Add(before is null ? 0 : run.Number);
            }
        }

        foreach ((long index, StatementHead head) in log.ReadHeads(from, to))
        {
            if (head.Kind == StatementKind.Publication)
            {
                writer.AddPublication(index);
            }
            else if (head.Kind is StatementKind.Identity or StatementKind.Finding or StatementKind.Order)
            {
                long last = numbers.Last;
                long number = numbers.Of(head.About);
                if (number > last)
                {
                    writer.AddRecord(head.About, number);
                }

                if (number == run.Number && index == run.First + run.Count)
                {
                    run.Count++;
                }
                else
                {
                    Close(run);
                    run = (number, index, 1);
                }
            }

            if ((index & 0x3FFF) == 0)
            {
                cancelled.ThrowIfCancellationRequested();
                progress("reading the ledger", (index - from + 1.0) / (to - from));
            }
        }

        Close(run);
        progress("reading the ledger", 1);
        return (numbers.Last, touched);
    }

    /// <summary>The cohort of the methodology in force, from the entries that the views' transaction already holds.</summary>
    private Cohort Survey(ViewQueries views, MethodologyPublication? inForce, long organisations, AsOf asOf) => inForce is null
        ? Cohort.None
        : RatingEngine.Survey(inForce.Methodology, Sequence(1, organisations).Select(number => DossierReading.Read(log, views.StatementsOf(number))), asOf);

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
            long[][] statements = views.StatementsOf(block);
            ahead.Enqueue(Task.Run(() => RateBlock(block, statements, question), cancelled));
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

    private OrganisationRow[] RateBlock(long[] numbers, long[][] statements, RatingQuestion question)
    {
        Dossier[] dossiers = DossierReading.ReadAll(log, statements);
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

    /// <summary>How many organisations the views held before, and how many are due to be rated.</summary>
    private readonly record struct Extent(long Known, long Due);
}
