using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Rating;
using Probity.Sources;

namespace Probity.Proving;

/// <summary>Rates official data by a register's rules and holds every published value against the computed one.</summary>
/// <param name="register">The register.</param>
/// <param name="dataFolder">Where the proofs' files are.</param>
/// <param name="clock">Dates after its day are rejected.</param>
internal sealed class ProofRun(RegisterFolder register, string dataFolder, TimeProvider clock)
{
    /// <summary>Does one proof.</summary>
    /// <param name="proof">What it declares.</param>
    /// <param name="rules">The methodology it names.</param>
    /// <param name="cancelled">Stops between records.</param>
    public ProofResult Run(Proof proof, Methodology rules, CancellationToken cancelled)
    {
        ImmutableArray<string> absent = [.. proof.Files.Where(file => !File.Exists(PathOf(file)))];
        if (absent.Length > 0)
        {
            return new ProofResult(proof.Name, rules.ToString(), 0, 0, []) { Absent = absent };
        }

        ImmutableArray<SourceInput> inputs = [.. proof.Sources.SelectMany(source => source.Files.Select(file => new SourceInput(source.Source, PathOf(file))))];
        FileDossiers read = FileDossiers.Read(register, inputs, clock, static (_, _) => { }, cancelled);
        var problems = read.Rejections.ToBuilder();
        ImmutableArray<(PublishedTable Table, Statement Values)> published = [.. proof.Published.SelectMany(table => Published(table, problems, cancelled).Select(values => (table, values)))];
        var compared = proof.Published.ToDictionary(table => table, table => new Comparing(proof, table));
        foreach (IGrouping<DateOnly, (PublishedTable Table, Statement Values)> day in published.GroupBy(one => one.Values.ValidFrom ?? proof.ValidAt!.Value))
        {
            Compare(rules, read.Dossiers, day, compared);
        }

        ImmutableArray<ComparedTable> tables = [.. proof.Published.Select(table => compared[table].Result())];
        ImmutableArray<MiscountedReason> miscounted = Miscounted(proof, tables);
        ImmutableArray<ComparedTable> judged = [.. tables.Select(table => table with { Differences = [.. table.Differences.Select(one => one with { IsMiscounted = miscounted.Any(reason => reason.Reason == one.Reason) })] })];
        return new ProofResult(proof.Name, rules.ToString(), read.Dossiers.Length, read.Count.RejectedRecords, judged)
        {
            Rejections = problems.ToImmutable(),
            Miscounted = miscounted,
        };
    }

    private static ImmutableArray<MiscountedReason> Miscounted(Proof proof, ImmutableArray<ComparedTable> tables)
    {
        Dictionary<string, long> found = tables.SelectMany(table => table.Differences).GroupBy(one => one.Reason, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.LongCount(), StringComparer.Ordinal);
        return
        [
            .. proof.Known.Select(known => new MiscountedReason(known.Reason.Text, known.Reason.Count, found.GetValueOrDefault(known.Reason.Text)))
                .Distinct()
                .Where(one => one.Declared != one.Found),
        ];
    }

    private static void Compare(
        Methodology rules, ImmutableArray<Dossier> dossiers, IGrouping<DateOnly, (PublishedTable Table, Statement Values)> day, Dictionary<PublishedTable, Comparing> compared)
    {
        HashSet<string> wanted = [.. day.Select(one => one.Values.About.Record)];
        Dictionary<string, Dictionary<string, string>> computed = FileRating.Of(rules, dossiers, day.Key)
            .Where(one => wanted.Contains(one.SourceId))
            .ToDictionary(one => one.SourceId, one => ValuesOf(one.Rating), StringComparer.Ordinal);
        foreach ((PublishedTable table, Statement values) in day)
        {
            compared[table].Add(values, computed.GetValueOrDefault(values.About.Record));
        }
    }

    private IEnumerable<Statement> Published(PublishedTable table, ImmutableArray<Rejection>.Builder problems, CancellationToken cancelled)
    {
        var options = new ReadOptions { Today = register.Definition.DayOf(clock.GetUtcNow()), Clock = clock };
        foreach (SourceRecord record in SourceReader.Read(table.Values, [.. table.Files.Select(PathOf)], options, cancelled))
        {
            problems.AddRange(record.Rejections);
            foreach (Statement statement in record.Statements.Where(statement => statement.Kind == StatementKind.Finding))
            {
                yield return statement;
            }
        }
    }

    private string PathOf(string file) => Path.Combine(dataFolder, file);

    private static Dictionary<string, string> ValuesOf(OrganisationRating rating)
    {
        Dictionary<string, string> values = rating.Outputs.ToDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal);
        values.TryAdd("outcome", rating.Outcome.Code);
        values.TryAdd("score", rating.Score?.ToString(CultureInfo.InvariantCulture) ?? "missing");
        return values;
    }
}
