using System.Text;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>
/// Links the records of a register into organisations before a run rates them, where its folder declares that in linkage.yaml. What it concludes are
/// statements of the ledger; from then on nobody needs the model to know which organisation a record belongs to.
/// </summary>
/// <param name="log">The ledger, opened for writing; sources were taken in.</param>
/// <param name="register">The register's folder.</param>
/// <param name="request">What the run was asked.</param>
/// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
internal sealed class RegisterLinking(TransparencyLog log, RegisterFolder register, RunRequest request, Action<string, double> progress)
{
    /// <summary>The type of the statement that publishes weights of evidence.</summary>
    public const string ModelType = "linkage-model";

    private const int AtOnce = 4_096;

    private readonly Provenance _register = Publication.By(register.Definition);

    /// <summary>Links what changed since the last linkage; null where nothing did, or the register does not link.</summary>
    /// <param name="rated">The ledger size of the last run's ratings: records from before it have published identifiers.</param>
    /// <param name="now">When.</param>
    public LinkageReportText? Link(long rated, DateTimeOffset now)
    {
        if (register.Linkage is not { } declared)
        {
            return null;
        }

        progress("linking", 0);
        LedgerRecords ledger = LedgerRecords.Read(log);
        Digest specification = Publication.DigestOf(declared.Text);
        bool same = ledger.Last is { } last && last.Specification == specification && last.Model == ledger.Model;
        if (same && !ledger.HasNews)
        {
            progress("linking", 1);
            return null;
        }

        IReadOnlyList<IdentityRecord> records = Identities(log, ledger.Latest);
        var question = new LinkageQuestion(declared.Value, specification, records, ledger.History.Judgements, ledger.History)
        {
            Since = same && KeptPairs.Read(request.DataFolder, ledger.Last!) is { } kept ? Changes(ledger, kept.Records, kept.Pairs) : null,
        };
        Relinking linked = Relinking.Of(question);
        bool weightsChanged = linked.Model.Digest != ledger.Model;
        if (weightsChanged)
        {
            Publish(linked.Model);
        }

        LinkageConclusion conclusion = LinkageConclusion.Of(linked, ledger.History, record => ledger.FirstSeen(record) < rated);
        long size = log.Size;
        log.Append([.. conclusion.Events.Select(one => ContinuationStatement.Of(one, _register)), .. conclusion.Memberships.Select(one => one.ToStatement(_register))]);
        foreach (Membership membership in conclusion.Memberships)
        {
            ledger.History.Add(new Entry(log.Size, membership.ToStatement(_register)));
        }

        var report = new LinkageReportText(question, linked, conclusion, weightsChanged, now);
        log.Append([Run(report, size, (specification, linked.Model.Digest))]);
        KeptPairs.Write(request.DataFolder, new LastLinkage(size, specification, linked.Model.Digest), linked);
        progress("linking", 1);
        return report;
    }

    private void Publish(PublishedModel model)
    {
        Digest document = log.PutDocument(model.Document);
        log.Append([Statement.Of(
            StatementKind.Publication,
            _register,
            new RecordId(register.Definition.Id, ModelType),
            new Occasion(ModelType, "weights.json", null),
            Fields.Of(("media_type", Value.Of("application/json")), ("document", Value.Of(document.ToString()))))]);
    }

    private Statement Run(LinkageReportText report, long size, (Digest Specification, Digest Model) rules)
    {
        Digest document = log.PutDocument(Encoding.UTF8.GetBytes(report.Json.ToJsonString()));
        return Statement.Of(
            StatementKind.Linkage,
            _register,
            new RecordId(register.Definition.Id, "linkage"),
            Occasion.Of(LastLinkage.Type, null),
            Fields.Of(
                ("ledger_size", Value.Of(size)),
                ("records", Value.Of((long)report.Json["records"]!)),
                ("organisations", Value.Of((long)report.Json["organisations"]!)),
                ("specification", Value.Of(rules.Specification.ToString())),
                ("model", Value.Of(rules.Model.ToString())),
                ("report", Value.Of(document.ToString()))));
    }

    private LinkageChange Changes(LedgerRecords ledger, int words, IReadOnlyList<KeptPair> pairs) =>
        new(ledger.New, Identities(log, ledger.Former), ledger.Judged, ledger.Last!.Model, words, pairs);

    /// <summary>The records whose identities stand at some places of a ledger.</summary>
    public static IReadOnlyList<IdentityRecord> Identities(TransparencyLog log, IEnumerable<long> indexes)
    {
        var records = new List<IdentityRecord>();
        foreach (long[] some in indexes.Order().Chunk(AtOnce))
        {
            records.AddRange(log.ReadMany(some).Select(entry => new IdentityRecord(entry.Statement.About, entry.Statement.Subject!.Value, entry.Statement.Body)));
        }

        return records;
    }
}

/// <summary>A linkage that a ledger states.</summary>
/// <param name="Size">How many entries it took into account.</param>
/// <param name="Specification">SHA-256 of the linkage.yaml in use.</param>
/// <param name="Model">SHA-256 of the weights in use.</param>
internal sealed record LastLinkage(long Size, Digest Specification, Digest Model)
{
    /// <summary>The type of the statement.</summary>
    public const string Type = "run";

    /// <summary>Reads it back; null where the statement is none.</summary>
    public static LastLinkage? Of(Statement statement)
    {
        bool isOne = statement.Kind == StatementKind.Linkage && statement.Type == Type;
        return isOne
            && statement.Body.WholeOf("ledger_size") is { } size
            && Digest.TryParse(statement.Body.TextOf("specification"), out Digest specification)
            && Digest.TryParse(statement.Body.TextOf("model"), out Digest model)
            ? new LastLinkage(size, specification, model)
            : null;
    }
}
