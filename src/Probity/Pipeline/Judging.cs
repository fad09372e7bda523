using System.Globalization;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>Why a judgement is not recorded.</summary>
/// <param name="Code">Stable; see docs/linkage.md.</param>
/// <param name="Reason">What is wrong and what to do, for a person.</param>
internal sealed record JudgementRefusal(string Code, string Reason);

/// <summary>
/// People's judgements of two records: checked, appended to the ledger with author, reason and time, and signed. They take effect at the next run.
/// </summary>
/// <param name="reader">The register.</param>
/// <param name="dataFolder">Its data folder.</param>
/// <param name="clock">What says the time.</param>
internal sealed class Judging(RegisterReader reader, string dataFolder, TimeProvider clock)
{
    private const int MostCharacters = 2_000;

    /// <summary>Records a judgement; the entry it stands in, or why it is not recorded.</summary>
    /// <exception cref="LedgerRefusedException">The ledger is in use or cannot be written.</exception>
    public (long Index, JudgementRefusal? Refusal) Record(RecordJudgement judgement)
    {
        if (RefusalOf(judgement) is { } refusal)
        {
            return (-1, refusal);
        }

        DateTimeOffset now = clock.GetUtcNow();
        using TransparencyLog log = TransparencyLog.Open(dataFolder, new LogOptions(reader.Definition.Origin));
        Statement statement = JudgementStatement.Of(judgement, Publication.By(reader.Definition), now.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        AppendResult result = log.Append([statement]);
        log.Sign(now);
        return (result.Indexes[0], null);
    }

    /// <summary>The two records of a pair with what their sources say of them; null for one that the register does not know.</summary>
    public JudgedRecord? Find(RecordId record)
    {
        if (reader.FindByRecord(record) is not { } organisation || reader.Find(organisation, reader.Current) is not { } entry)
        {
            return null;
        }

        Entry? identity = Dossier.Latest(entry.Evidence.Where(one => one.Statement.Kind == StatementKind.Identity && one.Statement.About == record));
        return identity is { } latest ? new JudgedRecord(record, organisation, latest.Statement.Subject!.Value, latest.Statement.Body) : null;
    }

    /// <summary>
    /// What keeps a judgement of "same" from joining anything: different valid numbers of an exclusive scheme in the organisations that it would join, also
    /// by way of other judgements of "same". Null for another verdict, where there are none, and in a register that does not link.
    /// </summary>
    public NumberClash? ClashOf(RecordJudgement judgement)
    {
        bool joins = judgement is { Verdict: Verdict.Same, Revoked: false };
        string[] placeholders = joins ? [.. reader.Linkage.LastRun(reader.Current)?.Report["placeholders"]?.AsArray().Select(one => (string)one!) ?? []] : [];
        return joins && Find(judgement.One) is { } one && Find(judgement.Other) is { } other && reader.Linkage.Specification(reader.Current) is { } specification
            ? new CarriedNumbers(specification).ClashOf(JoinedWith(one.Organisation, other.Organisation).SelectMany(RecordsOf).OrderBy(record => record.Id), (scheme, number) => placeholders.Any(one => one.StartsWith($"{scheme} {number} ", StringComparison.Ordinal)))
            : null;
    }

    /// <summary>The same for people.</summary>
    public static string TextOf(NumberClash clash, RecordJudgement judgement) => $"{Said(clash, judgement)}: this judgement joins nothing and will be shown as a contradiction until it is taken back or a source gives another number";

    /// <summary>Which numbers they are, and how they bear on the records judged.</summary>
    public static string Said(NumberClash clash, RecordJudgement judgement)
    {
        RecordId[] judged = [judgement.One, judgement.Other];
        bool direct = judged.Contains(clash.One) && judged.Contains(clash.Other);
        return $"{clash.One} has the {clash.Scheme} number {clash.Number}, {clash.Other} has {clash.OtherNumber}, and one organisation has one{(direct ? "" : "; these records belong to the organisations that would be joined")}";
    }

    /// <summary>Two organisations with all that judgements of "same" join to either.</summary>
    private HashSet<OrganisationId> JoinedWith(OrganisationId one, OrganisationId other)
    {
        (OrganisationId One, OrganisationId Other)[] same =
        [
            .. RecordJudgement.InForce(reader.Linkage.Judgements(reader.Current)).Where(judged => judged.Verdict == Verdict.Same)
                .Select(judged => (One: reader.FindByRecord(judged.One), Other: reader.FindByRecord(judged.Other)))
                .Where(pair => pair is { One: not null, Other: not null }).Select(pair => (pair.One!.Value, pair.Other!.Value)),
        ];
        HashSet<OrganisationId> joined = [one, other];
        int before;
        do
        {
            before = joined.Count;
            joined.UnionWith(same.Where(pair => joined.Contains(pair.One) || joined.Contains(pair.Other)).SelectMany(pair => new[] { pair.One, pair.Other }));
        }
        while (joined.Count > before);
        return joined;
    }

    /// <summary>What the sources say of each record of an organisation.</summary>
    private IEnumerable<IdentityRecord> RecordsOf(OrganisationId organisation) => reader.Find(organisation, reader.Current) is not { } entry ? [] :
        entry.Evidence.Where(one => one.Statement.Kind == StatementKind.Identity).GroupBy(one => one.Statement.About)
            .Select(record => Dossier.Latest(record)!.Value.Statement).Select(latest => new IdentityRecord(latest.About, latest.Subject!.Value, latest.Body));

    private JudgementRefusal? RefusalOf(RecordJudgement judgement)
    {
        if (string.IsNullOrWhiteSpace(judgement.Author) || string.IsNullOrWhiteSpace(judgement.Reason))
        {
            return new JudgementRefusal("judgement.unreasoned", "a judgement needs a named author and a reason of its own (guard-rail G16)");
        }

        if (judgement.Author.Length > MostCharacters || judgement.Reason.Length > MostCharacters)
        {
            return new JudgementRefusal("judgement.too-long", $"author and reason may each have {MostCharacters} characters");
        }

        if (judgement.One == judgement.Other)
        {
            return new JudgementRefusal("judgement.one-record", $"{judgement.One} is one record; a judgement is about two");
        }

        if (Find(judgement.One) is not { } one || Find(judgement.Other) is not { } other)
        {
            RecordId unknown = Find(judgement.One) is null ? judgement.One : judgement.Other;
            return new JudgementRefusal("judgement.record-unknown", $"the register knows no record '{unknown}'; write SOURCE:RECORD as the organisation's page shows it");
        }

        if (judgement.Revoked && !RecordJudgement.InForce(reader.Linkage.Judgements(reader.Current)).Any(judgement.IsOfPair))
        {
            return new JudgementRefusal("judgement.none-in-force", $"no judgement of {judgement.One} and {judgement.Other} is in force that could be taken back; 'probity link judgements' lists those there are");
        }

        return judgement is { Verdict: Verdict.Same, Revoked: false } && one.Subject != other.Subject
            ? new JudgementRefusal("judgement.other-kind", $"{one.Record} is of kind {KindNames.Of(one.Subject)}, {other.Record} of kind {KindNames.Of(other.Subject)}: they can never be one")
            : null;
    }
}

/// <summary>One side of a pair that a person judges.</summary>
/// <param name="Record">The record.</param>
/// <param name="Organisation">The organisation it belongs to now.</param>
/// <param name="Subject">What kind of subject it is.</param>
/// <param name="Identity">What its source says of it.</param>
public sealed record JudgedRecord(RecordId Record, OrganisationId Organisation, SubjectKind Subject, Fields Identity);
