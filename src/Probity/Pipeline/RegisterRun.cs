using System.Diagnostics;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Rating;
using Probity.Register;
using Probity.Witnessing;

namespace Probity.Pipeline;

/// <summary>
/// From published records to a register: publish the rules, read and append, catch the views up, state the run, sign. Killed at any moment,
/// the next run continues: what was appended is there, and the views follow the ledger.
/// </summary>
/// <param name="request">What is asked.</param>
/// <param name="register">The register's folder, read and checked.</param>
/// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
internal sealed class RegisterRun(RunRequest request, RegisterFolder register, Action<string, double> progress)
{
    /// <summary>Does it.</summary>
    /// <exception cref="LedgerRefusedException">The data folder is in use, of a newer version, damaged, full or not ours to write.</exception>
    public RunSummary Run(CancellationToken cancelled)
    {
        var watch = Stopwatch.StartNew();
        DateTimeOffset now = request.Clock.GetUtcNow();
        DateOnly today = register.Definition.DayOf(now);
        using TransparencyLog log = TransparencyLog.Open(request.DataFolder, new LogOptions(register.Definition.Origin) { KeySeed = request.KeySeed });
        (long Index, RatingRun Run)? last = LastRun.Of(log);
        new SourceScreening(log, register, request, progress).Look(today, cancelled);
        Publish(log, last?.Run);
        IntakeCount count = new Intake(log, request, register, progress).TakeIn(today, cancelled);
        LinkageReportText? linkage = new RegisterLinking(log, register, request, progress).Link(last?.Run.AsOf.KnownAt ?? 0, now);
        log.PrepareToSign();
        RatingRun run = Rate((log, last), request.ValidAt ?? today, (now, linkage is not null), cancelled);
        CosigningRound.PutPolicy(log, register.Policy is { } policy ? (policy.Value, policy.Text) : null, cancelled);
        SignedCheckpoint signed = log.Sign(now);
        progress("signing", 1);
        RoundOutcome? witnessed = WitnessRound.Ask(log, cancelled);
        using RegisterReader reader = RegisterReader.Open(request.DataFolder);
        return new RunSummary
        {
            Records = count.Records,
            RejectedRecords = count.RejectedRecords,
            Statements = count.Statements,
            Appended = count.Appended,
            Rejections = count.ByCode,
            Samples = count.Samples,
            Incomplete = count.Incomplete,
            Overview = reader.Overview(run.AsOf),
            Linkage = linkage,
            LedgerSize = signed.Size,
            LedgerRoot = signed.Root.ToString(),
            Witnessed = witnessed,
            Elapsed = watch.Elapsed,
        };
    }

    /// <summary>Publishes the register, its sources and its methodologies, as far as they are news (guard-rail G13).</summary>
    /// <exception cref="RegisterRefusedException">A methodology that is new would act back in time; nothing was published.</exception>
    private void Publish(TransparencyLog log, RatingRun? last)
    {
        foreach (Declared<Methodology> methodology in register.Methodologies)
        {
            RefuseToActBack(log, methodology, last);
        }

        var publications = new List<Statement>();
        void Add(string type, string item, DateOnly? from, string text, Digest? meaning)
        {
            log.PutDocument(Publication.BytesOf(text));
            publications.Add(Publication.Of(register.Definition, new Occasion(type, item, from), text, meaning));
        }

        Add(Publication.RegisterType, "register.yaml", null, register.DefinitionText, null);
        foreach (var source in register.Sources)
        {
            Add(Publication.SourceType, source.File, null, source.Text, null);
        }

        foreach (var methodology in register.Methodologies)
        {
            Add(Publication.MethodologyType, methodology.File, methodology.Value.AppliesFrom, methodology.Text, methodology.Value.Fingerprint);
        }

        foreach (var procedure in register.Procedures)
        {
            Add(Publication.ProcedureType, procedure.File, procedure.Value.AppliesFrom, procedure.Text, procedure.Value.Fingerprint);
        }

        if (register.Linkage is { } linkage)
        {
            Add(Publication.LinkageType, linkage.File, null, linkage.Text, null);
        }

        log.Append(publications);
    }

    /// <summary>Guard-rail G13: other rules than those by which a day was rated cannot be given to that day afterwards.</summary>
    private static void RefuseToActBack(TransparencyLog log, Declared<Methodology> methodology, RatingRun? last)
    {
        bool isKnown = last is null || methodology.Value.Fingerprint == last.Methodology || log.FindDocument(Publication.DigestOf(methodology.Text)) is not null;
        if (!isKnown && methodology.Value.AppliesFrom <= last!.AsOf.ValidAt)
        {
            string day = Day.Text(last.AsOf.ValidAt);
            throw new RegisterRefusedException(
                RegisterRefusals.ActsBack,
                $"{methodology.File}: it is new and applies from {Day.Text(methodology.Value.AppliesFrom)}, but the ratings of {day} were made by the rules published before. A methodology never acts back in time (guard-rail G13): give it a version of its own that applies from a day after {day}");
        }
    }

    /// <summary>
    /// Rates, and states in the ledger what followed, unless the last run said the same of the same records: what was linked since must stand before the
    /// ledger size of a stated run, also where no rating changed by it, or the views would show more than a run vouches for.
    /// </summary>
    private RatingRun Rate((TransparencyLog Log, (long Index, RatingRun Run)? Last) before, DateOnly validAt, (DateTimeOffset At, bool Linked) now, CancellationToken cancelled)
    {
        (TransparencyLog log, (long Index, RatingRun Run)? last) = before;
        long evidence = last is not null && log.Size == last.Value.Index + 1 ? last.Value.Run.AsOf.KnownAt : log.Size;
        RatingRun run = new RegisterProjection(log, request.DataFolder, progress).CatchUp(new AsOf(validAt, evidence), cancelled);
        if (now.Linked || !run.SaysTheSameAs(last?.Run))
        {
            log.Append([run.ToStatement(register.Definition, now.At)]);
        }

        return run;
    }
}
