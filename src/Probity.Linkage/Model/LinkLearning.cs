using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>
/// Learns a <see cref="LinkModel"/> without labels: u from pairs drawn at fixed places, m by expectation-maximisation over the pairs that
/// agree on one field, which is held out, for each field in turn; λ so that the probabilities of all candidates add up to the matches it
/// implies. W. E. Winkler, Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model, 1988. Fixed order of summation.
/// </summary>
internal sealed class LinkLearning(IReadOnlyList<PatternCount> candidates, IReadOnlyList<PatternCount> random, double totalPairs)
{
    private const int Rounds = 4;
    private const int Steps = 15;

    /// <summary>Pairs that the published expectations of m are worth against the data.</summary>
    private const double PriorMatches = 30;

    /// <summary>Pairs that the published expectations of u are worth against the data.</summary>
    private const double PriorPairs = 2000;

    /// <summary>Pairs without a match that are thought beside those of the files: some records cannot show how rare a match is.</summary>
    private const double OtherPairs = 1_000;

    /// <summary>
    /// How many times as often as expected different organisations' names can be learnt to agree. Words are weighed by how rare they are in the
    /// same files, so more than that is a sign that matches were taken for chance, as in lists of the same names with nothing else beside them.
    /// </summary>
    private const double MostOften = 8;

    /// <summary>
    /// Matches that each record can have on average, counted once a pair: organisations of five records each. Where the names, streets and towns of a
    /// file are few, nearly all its pairs have something in common; without this bound they would be taken for matches and what they have in common for evidence.
    /// </summary>
    private const double MostMatches = 2;

    private const double MostBits = 18;
    private const double LeastBits = -12;

    private readonly double _mostMatches = MostMatches * (1 + Math.Sqrt(1 + (8 * totalPairs))) / 2;
    private readonly double[][] _m = [.. FieldLevels.All.Select(levels => levels.Select(level => level.M).ToArray())];
    private readonly double[][] _u = [.. FieldLevels.All.Select(levels => levels.Select(level => level.U).ToArray())];

    /// <summary>Runs to the end; the same candidates give the same model.</summary>
    public LinkModel Learn()
    {
        double prior = 0;
        for (int round = 0; round < Rounds; round++)
        {
            if (round > 0)
            {
                LearnU(ModelOf(prior));
            }

            LearnM();
            prior = PriorBits();
        }

        return ModelOf(prior).Rounded();
    }

    /// <summary>
    /// Share of matches that candidates hold: found by names n, by other fields o, by both b, about n·o/b matches exist (Lincoln and Petersen) and n + o − b
    /// were found. Null where one of the two found nothing.
    /// </summary>
    public static double? BlockingRecall(IEnumerable<PatternCount> counts, LinkModel model)
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

    private void LearnU(LinkModel model)
    {
        double[][] counts = Zeros();
        double pairs = random.Sum(count => count.Pairs);
        double most = pairs * Math.Min(1, _mostMatches / Math.Max(1, totalPairs));
        double less = Surplus(model, most);
        foreach (PatternCount count in random)
        {
            double different = count.Pairs * (1 - LinkModel.Probability(model.Bits(count.Pattern) - less));
            Add(counts, count.Pattern, different, heldOut: -1);
        }

        Blend(_u, counts, levels => levels.U, PriorPairs);
        foreach (int level in FieldLevels.SameRareNames)
        {
            _u[FieldLevels.Name][level] = Math.Min(_u[FieldLevels.Name][level], MostOften * FieldLevels.All[FieldLevels.Name][level].U);
        }
    }

    /// <summary>Bits that every pair must lose for the random pairs to hold no more matches than that; 0 where they hold no more.</summary>
    private double Surplus(LinkModel model, double most)
    {
        (double least, double enough) = (0, 64);
        for (int step = 0; step < 40; step++)
        {
            double less = step == 0 ? 0 : (least + enough) / 2;
            double matches = random.Sum(count => count.Pairs * LinkModel.Probability(model.Bits(count.Pattern) - less));
            if (matches <= most && step == 0)
            {
                return 0;
            }

            (least, enough) = matches > most ? (less, enough) : (least, less);
        }

        return enough;
    }

    private void LearnM()
    {
        double[][][] expected = new double[FieldLevels.Fields][][];
        Parallel.For(0, FieldLevels.Fields, field => expected[field] = Expect([.. candidates.Where(count => (count.Blocks & (1 << field)) != 0)], field));
        double[][] sums = Zeros();
        foreach (double[][] counts in expected)
        {
            AddAll(sums, counts);
        }

        Blend(_m, sums, level => level.M, PriorMatches);
    }

    /// <summary>EM over the pairs of one block: how often each level of the other fields is expected among its matches.</summary>
    private double[][] Expect(PatternCount[] pairs, int heldOut)
    {
        double[][] m = [.. _m.Select(levels => levels.ToArray())];
        double[][] counts = Zeros();
        double share = 0.3;
        for (int step = 0; step < Steps && pairs.Length > 0; step++)
        {
            counts = Zeros();
            double[][] ratios = Ratios(m, heldOut);
            double matches = 0;
            double all = 0;
            foreach (PatternCount pair in pairs)
            {
                double odds = share / (1 - share);
                for (int field = 0; field < FieldLevels.Fields; field++)
                {
                    odds *= ratios[field][PairComparison.Level(pair.Pattern, field)];
                }

                double expected = pair.Pairs * odds / (1 + odds);
                Add(counts, pair.Pattern, expected, heldOut);
                matches += expected;
                all += pair.Pairs;
            }

            share = Math.Clamp(Math.Min(matches, _mostMatches) / all, 0.001, 0.98);
            Blend(m, counts, level => level.M, PriorMatches);
        }

        return counts;
    }

    /// <summary>m/u of every level; 1 where nothing is compared and in the field held out.</summary>
    private double[][] Ratios(double[][] m, int heldOut) =>
        [.. m.Select((levels, field) => levels.Select((share, level) => field == heldOut || level == 0 ? 1 : share / _u[field][level]).ToArray())];

    private double PriorBits()
    {
        double matches = Math.Max(1, candidates.Sum(count => count.Pairs) / 10);
        for (int step = 0; step < Steps; step++)
        {
            LinkModel model = ModelOf(BitsOf(matches));
            double expected = 0;
            foreach (PatternCount count in candidates)
            {
                expected += count.Pairs * LinkModel.Probability(model.Bits(count.Pattern));
            }

            matches = Math.Clamp(expected, 1, Math.Max(1, _mostMatches));
        }

        return BitsOf(matches);
    }

    private double BitsOf(double matches) => Elementary.Log2(matches / (Math.Max(0, totalPairs - matches) + OtherPairs));

    private LinkModel ModelOf(double prior) => new(prior, [.. _m.Select((levels, field) => levels.Select((m, level) => BitsOf(field, level, m)).ToArray())]);

    private double BitsOf(int field, int level, double m) => level == 0 ? 0 : Math.Clamp(Elementary.Log2(m / _u[field][level]), LeastBits, MostBits);

    private static void Blend(double[][] target, double[][] counts, Func<FieldLevel, double> expected, double weight)
    {
        for (int field = 0; field < FieldLevels.Fields; field++)
        {
            double total = counts[field].Skip(1).Sum();
            double sum = FieldLevels.All[field].Sum(expected);
            for (int level = 1; level < counts[field].Length; level++)
            {
                target[field][level] = (counts[field][level] + (weight * expected(FieldLevels.All[field][level]) / sum)) / (total + weight);
            }
        }
    }

    private static void Add(double[][] counts, int pattern, double amount, int heldOut)
    {
        for (int field = 0; field < FieldLevels.Fields; field++)
        {
            if (field != heldOut)
            {
                counts[field][PairComparison.Level(pattern, field)] += amount;
            }
        }
    }

    private static void AddAll(double[][] sums, double[][] counts)
    {
        for (int field = 0; field < FieldLevels.Fields; field++)
        {
            for (int level = 0; level < sums[field].Length; level++)
            {
                sums[field][level] += counts[field][level];
            }
        }
    }

    private static double[][] Zeros() => [.. FieldLevels.All.Select(levels => new double[levels.Length])];
}
