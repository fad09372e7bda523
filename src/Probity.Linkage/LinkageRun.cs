using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Links the records of one or more inputs into organisations: guesses the columns, takes the records apart, finds candidates, learns the
/// weights of evidence from them, scores, and clusters. Same inputs and specification, same result, on any machine and any number of cores.
/// </summary>
public static class LinkageRun
{
    /// <summary>Pairs drawn to learn what different organisations have in common by chance.</summary>
    private const int RandomPairs = 400_000;

    /// <summary>Words of a name up to which all of them are drawn; of longer names, whose comparison takes the square of their words, as many fewer.</summary>
    private const int FewWords = 10;

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

    /// <summary>Learns the weights of evidence from inputs whose columns are known, without judgements.</summary>
    internal static LinkageResult Learn(IReadOnlyList<(LinkTable Table, ImmutableArray<ColumnUse> Uses)> inputs, LinkageSpecification specification)
    {
        var corpus = new Corpus();
        foreach ((LinkTable table, ImmutableArray<ColumnUse> uses) in inputs)
        {
            corpus.Add(table, uses);
        }

        corpus.Weigh(WordRarity.OfCorpus(corpus.Count));
        return Link(specification, corpus, inputs.ToImmutableDictionary(input => input.Table.Name, input => input.Uses), [], static (_, _) => { });
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
        LinkModel model = new LinkLearning(counts, DrawRandom(comparison, corpus), total).Learn();
        ScoredPair[] pairs = Score(candidates, model);
        progress("learning and scoring", 1);
        progress("clustering", 0);
        JudgedPairs judged = JudgedPairs.Of(RecordSet.All(corpus), judgements); // after blocking, which tells placeholders from numbers
        double leastBits = LinkModel.BitsOf(specification.Threshold);
        ScoredPair[] links = RankedLinks.Of(pairs, leastBits);
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
            BlockingRecall = everyPair ? 1 : BlockingRecall(counts, model),
            JoinsRefused = clustering.Refused,
            Contradictions = judged.Contradictions,
            JudgementsWaiting = judged.Waiting,
        };
    }

    private static List<PatternCount> Count(Candidate[][] candidates)
    {
        var parts = new Dictionary<(byte, int), long>[candidates.Length];
        Parallel.For(0, parts.Length, part =>
        {
            var counts = new Dictionary<(byte, int), long>();
            foreach (Candidate candidate in candidates[part])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (candidate.Blocks, candidate.Pattern), out _)++;
            }

            parts[part] = counts;
        });
        var all = new Dictionary<(byte, int), long>();
        foreach (((byte, int) pattern, long pairs) in parts.SelectMany(part => part))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(all, pattern, out _) += pairs;
        }

        return Sorted(all);
    }

    /// <summary>Found by names n, by other fields o, by both b: about n·o/b matches exist (Lincoln and Petersen), n + o − b were found.</summary>
    private static double? BlockingRecall(List<PatternCount> counts, LinkModel model)
    {
        (double names, double others, double both) = (0, 0, 0);
        foreach (PatternCount count in counts)
        {
            double matches = count.Pairs * LinkModel.Probability(model.Bits(count.Pattern));
            bool byName = (count.Blocks & 1) != 0;
            bool byOther = (count.Blocks & ~1) != 0;
            names += byName ? matches : 0;
            others += byOther ? matches : 0;
            both += byName && byOther ? matches : 0;
        }

        return names < 1 || others < 1 || both < 1 ? null : Math.Min(1, (names + others - both) * both / (names * others));
    }

    /// <summary>How pairs drawn at fixed places compare.</summary>
    internal static List<PatternCount> DrawRandom(PairComparison comparison, Corpus corpus)
    {
        int records = corpus.Count;
        long draws = records < 2 ? 0 : Math.Min((long)records * (records - 1) / 2, (long)(RandomPairs * Math.Min(1, Math.Pow(FewWords / WordsOfName(corpus), 2))));
        int[] patterns = new int[draws];
        int chunks = (patterns.Length + Corpus.Ahead - 1) / Corpus.Ahead;
        Parallel.For(0, chunks, chunk =>
        {
            Span<int> drawn = stackalloc int[2 * Corpus.Ahead];
            int first = chunk * Corpus.Ahead;
            drawn = drawn[..(2 * Math.Min(Corpus.Ahead, patterns.Length - first))];
            for (int i = 0; i < drawn.Length; i += 2)
            {
                ulong random = TextKey.Mix((ulong)(first + (i / 2)), 0x70726f62697479);
                int one = (int)((random >> 32) % (ulong)records);
                int other = (int)((uint)random % (uint)(records - 1));
                other += other >= one ? 1 : 0;
                (drawn[i], drawn[i + 1]) = (Math.Min(one, other), Math.Max(one, other));
            }

            corpus.Fetch(drawn);
            for (int i = 0; i < drawn.Length; i += 2)
            {
                patterns[first + (i / 2)] = comparison.Compare(corpus.View(drawn[i]), corpus.View(drawn[i + 1]));
            }
        });
        return Sorted(patterns.CountBy(pattern => ((byte)0, pattern)).ToDictionary(count => count.Key, count => (long)count.Value));
    }

    /// <summary>How many words a name has on average; 1 at least.</summary>
    private static double WordsOfName(Corpus corpus)
    {
        long words = 0;
        foreach (ref readonly LinkFacts facts in corpus.Facts)
        {
            words += facts.NameWords;
        }

        return Math.Max(1, (double)words / corpus.Count);
    }

    private static List<PatternCount> Sorted(Dictionary<(byte Blocks, int Pattern), long> counts) =>
        [.. counts.Select(count => new PatternCount(count.Key.Blocks, count.Key.Pattern, count.Value)).OrderBy(count => count.Pattern).ThenBy(count => count.Blocks)];

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
