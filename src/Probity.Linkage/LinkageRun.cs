using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Links the records of one or more inputs into organisations: guesses the columns, takes the records apart, finds candidates, learns the
/// weights of evidence from them, scores, and clusters. Same inputs and specification, same result, on any machine and any number of cores.
/// </summary>
public static class LinkageRun
{
    /// <summary>Probability below which a candidate is neither linked nor doubtful.</summary>
    internal const double LeastDoubtful = 0.2;

    /// <summary>Links the records; a refusal where an input lists natural persons (guard-rail G42) or has nothing to link by, or a correction names nothing that is there.</summary>
    public static LinkageOutcome Link(LinkageSpecification specification, IReadOnlyList<LinkTable> tables) => Link(specification, tables, []);

    /// <summary>The same under people's judgements, which outrank every score; given in any order.</summary>
    public static LinkageOutcome Link(LinkageSpecification specification, IReadOnlyList<LinkTable> tables, IReadOnlyList<RecordJudgement> judgements) =>
        Link(specification, tables, judgements, static (_, _) => { });

    /// <summary>The same, told as it goes on.</summary>
    /// <param name="specification">Threshold and corrections of columns.</param>
    /// <param name="tables">The inputs.</param>
    /// <param name="judgements">What people said of pairs.</param>
    /// <param name="progress">Called when a stage begins, with 0, and when it ends, with 1, on the caller's thread.</param>
    public static LinkageOutcome Link(
        LinkageSpecification specification, IReadOnlyList<LinkTable> tables, IReadOnlyList<RecordJudgement> judgements, Action<string, double> progress)
    {
        Problem[] unmet = [.. specification.Unmet([.. tables.Select(table => new LinkColumns(table.Name, table.Columns))])];
        if (unmet.Length > 0)
        {
            return new LinkageOutcome.Refused("specification.unmet", string.Join(Environment.NewLine, unmet.Select(one => one.ToString())));
        }

        var corpus = new Corpus();
        ImmutableDictionary<string, ImmutableArray<ColumnUse>> columns = ImmutableDictionary<string, ImmutableArray<ColumnUse>>.Empty;
        foreach (LinkTable table in tables)
        {
            ImmutableArray<ColumnUse> uses = specification.Apply(table.Name, ColumnGuess.Of(table));
            if ((IdRefusal(specification, table) ?? Refusal(table, uses)) is { } refusal)
            {
                return new LinkageOutcome.Refused(refusal.Code, refusal.Reason);
            }

            columns = columns.Add(table.Name, uses);
            Stage(progress, "taking apart " + table.Name, () => corpus.Add(table, uses));
        }

        corpus.Weigh(WordRarity.OfCorpus(corpus.Count));
        return new LinkageOutcome.Linked(Link(specification, corpus, columns, judgements, progress));
    }

    /// <summary>A column that a person names as the identifier must be one: two records of one identifier could not be told apart in what comes out.</summary>
    private static (string Code, string Reason)? IdRefusal(LinkageSpecification specification, LinkTable table) =>
        specification.IdOf(table.Name) is { } column && ColumnGuess.WhyNoKey(table, table.Columns.IndexOf(column)) is { } why
            ? ("specification.id", $"the specification names column '{column}' of input '{table.Name}' as its identifier, but {why}; name a column that is unique and never empty, or none")
            : null;

    private static (string Code, string Reason)? Refusal(LinkTable table, ImmutableArray<ColumnUse> uses)
    {
        if (PersonScreen.Refusal(table, uses) is { } persons)
        {
            return ("linkage.persons", persons);
        }

        bool comparable = uses.Any(use => use.Role is ColumnRole.Name or ColumnRole.OtherName or ColumnRole.Identifier or ColumnRole.Telephone or ColumnRole.Web);
        return comparable
            ? null
            : ("linkage.no-columns", $"input '{table.Name}' has no column of names, identifiers, telephones or domains; it has: {string.Join(", ", table.Columns)}; name them in a specification, or put a header line above the records if the first line is one of them");
    }

    private static void Stage(Action<string, double> progress, string name, Action work)
    {
        progress(name, 0);
        work();
        progress(name, 1);
    }

    private static LinkageResult Link(
        LinkageSpecification specification, Corpus corpus, ImmutableDictionary<string, ImmutableArray<ColumnUse>> columns, IReadOnlyList<RecordJudgement> judgements, Action<string, double> progress)
    {
        var comparison = new PairComparison(corpus.Lexicon);
        var blocking = new Blocking(corpus, comparison);
        progress("comparing pairs", 0);
        Candidate[][] candidates = blocking.Find();
        bool everyPair = corpus.Count <= EveryPair.MostRecords;
        candidates = everyPair ? [EveryPair.Of(corpus, comparison, candidates)] : candidates;
        progress("comparing pairs", 1);
        progress("learning and scoring", 0);
        double total = (double)corpus.Count * (corpus.Count - 1) / 2;
        List<PatternCount> counts = Count(candidates);
        LinkModel model = new LinkLearning(counts, RandomPairs.Draw(comparison, corpus), total).Learn();
        ScoredPair[] pairs = Score(candidates, model);
        progress("learning and scoring", 1);
        progress("clustering", 0);
        JudgedPairs judged = JudgedPairs.Of(RecordSet.All(corpus), judgements); // after blocking, which tells placeholders from numbers
        double leastBits = LinkModel.BitsOf(specification.Threshold);
        ScoredPair[] links = RankedLinks.Of(RecordSet.All(corpus), pairs, leastBits);
        Clustering Under(JudgedPairs judgements) => new(RecordSet.All(corpus), model, comparison, judgements, leastBits);
        judged.Confront(RecordSet.All(corpus), apart => Under(apart).Join(links));
        Clustering clustering = Under(judged);
        int[] clusters = clustering.Join(links);
        progress("clustering", 1);
        return new LinkageResult(specification, corpus, model, pairs, clusters)
        {
            Columns = columns,
            PairsCompared = candidates.Sum(part => (long)part.Length),
            CommonKeys = blocking.CommonKeys,
            Placeholders = blocking.Placeholders,
            BlockingRecall = everyPair ? 1 : LinkLearning.BlockingRecall(counts, model),
            JoinsRefused = clustering.Refused,
            Contradictions = judged.Contradictions,
            JudgementsWaiting = judged.Waiting,
        };
    }

    private static List<PatternCount> Count(Candidate[][] candidates)
    {
        var parts = new PatternCounts[candidates.Length];
        Parallel.For(0, parts.Length, part =>
        {
            var counts = new PatternCounts();
            foreach (Candidate candidate in candidates[part])
            {
                counts.Add(candidate.Blocks, candidate.Pattern);
            }

            parts[part] = counts;
        });
        return PatternCounts.Of(parts, each: 1);
    }

    private static ScoredPair[] Score(Candidate[][] candidates, LinkModel model)
    {
        double least = LinkModel.BitsOf(LeastDoubtful);
        double[] bits = new double[PairComparison.Patterns];
        Parallel.For(0, bits.Length >> 10, part =>
        {
            for (int pattern = part << 10; pattern < (part + 1) << 10; pattern++)
            {
                bits[pattern] = FieldLevels.Exists(pattern) ? model.Bits(pattern) : double.NegativeInfinity;
            }
        });
        var parts = new List<ScoredPair>[candidates.Length];
        Parallel.For(0, parts.Length, part =>
        {
            var pairs = new List<ScoredPair>();
            foreach (Candidate candidate in candidates[part])
            {
                if (bits[candidate.Pattern] is var found && found >= least)
                {
                    pairs.Add(new ScoredPair(candidate.One, candidate.Other, candidate.Pattern, found));
                }
            }

            parts[part] = pairs;
        });
        return [.. parts.SelectMany(part => part)];
    }
}
