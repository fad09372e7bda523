using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>Folds the evidence of all organisations into indicators: all of them in one pass over the statements.</summary>
/// <param name="frame">The statements.</param>
/// <param name="validAt">The day asked about.</param>
/// <param name="parameters">The parameters' values on that day.</param>
internal sealed class FoldPass(EvidenceFrame frame, DateOnly validAt, Operand[] parameters)
{
    /// <summary>Statements that one thread should have at hand together.</summary>
    private const int RowsAtHand = 4096;

    /// <summary>Folds indicators into new columns.</summary>
    /// <param name="rules">Which.</param>
    /// <param name="expiredOf">Evidence types of which is asked whether an organisation has statements that expired.</param>
    /// <param name="work">How the work is divided.</param>
    /// <returns>The columns of the rules, in their order; and of each type, for each organisation, whether a statement has expired.</returns>
    public (Column[] Columns, bool[][] Expired) Run(IReadOnlyList<IndicatorRule> rules, IReadOnlyList<EvidenceColumns> expiredOf, Division work)
    {
        Column[] columns = [.. rules.Select(ColumnOf)];
        bool[][] expired = [.. expiredOf.Select(_ => new bool[frame.Count])];
        Blocks.ForEach(frame.Count, work.BlockOr(SizeFor(rules)), work.Threads, () =>
        {
            Dictionary<string, TypeReader> readers = frame.Types
                .Where(type => expiredOf.Contains(type) || rules.Any(rule => rule.Parts.Any(part => part.From.Name == type.Type.Name)))
                .ToDictionary(type => type.Type.Name, type => new TypeReader(type, validAt, parameters));
            IndicatorFold[] folds = [.. rules.Select(rule => FoldOf(rule, [.. rule.Parts.Select(part => KernelsOf(rule, part, readers[part.From.Name]))]))];
            for (int i = 0; i < folds.Length; i++)
            {
                columns[i].Bound = folds[i].Bound;
            }

            TypeReader[] asked = [.. expiredOf.Select(type => readers[type.Type.Name])];
            return block =>
            {
                foreach (TypeReader reader in readers.Values)
                {
                    reader.Read(block);
                }

                for (int i = 0; i < folds.Length; i++)
                {
                    folds[i].Fold(block, columns[i]);
                }

                for (int i = 0; i < asked.Length; i++)
                {
                    for (int organisation = 0; organisation < block.Count; organisation++)
                    {
                        expired[i][block.From + organisation] = asked[i].HasExpired(organisation);
                    }
                }
            };
        });
        return (columns, expired);
    }

    private int SizeFor(IReadOnlyList<IndicatorRule> rules)
    {
        long rows = frame.Types.Where(type => rules.Any(rule => rule.Parts.Any(part => part.From.Name == type.Type.Name))).Sum(type => (long)type.Rows);
        return (int)Math.Clamp(RowsAtHand * (long)frame.Count / Math.Max(1, rows), 16, 1024);
    }

    private PartKernels KernelsOf(IndicatorRule rule, IndicatorPart part, TypeReader reader)
    {
        DateOnly? since = Folding.SinceOf(rule, validAt, parameters);
        Kernel value = reader.Compiler.Compile(part.Value);
        return new PartKernels(reader, value, part.Where is null ? null : reader.Compiler.Compile<bool>(part.Where), since?.DayNumber ?? EvidenceColumns.NoDay);
    }

    private Column ColumnOf(IndicatorRule rule) => rule is { Take: Take.Latest, Type.Sort: Sort.Text, Parts: [{ Value: Typed.Slot slot, From: var from }] } && CodedField(from, slot) is { } field
        ? new CodedColumn(new int[frame.Count], [.. field.Domain])
        : Column.Of(rule.Type, frame.Count);

    private FieldColumn? CodedField(EvidenceType type, Typed.Slot slot)
    {
        EvidenceColumns columns = frame.Types.First(one => one.Type.Name == type.Name);
        for (int i = 0; i < type.Fields.Length; i++)
        {
            if (type.Fields[i].Slot == slot.Number)
            {
                return columns.Fields[i];
            }
        }

        return slot.Number == type.ItemSlot ? columns.Items : null;
    }

    private IndicatorFold FoldOf(IndicatorRule rule, PartKernels[] parts)
    {
        (DateOnly, double? HalfLife) age = (validAt, Folding.HalfLifeOf(rule, parameters));
        if (parts.Length > 1)
        {
            return new SlowFold(rule, parts, age);
        }

        if (age.HalfLife is not null)
        {
            return Weighed(rule, parts[0]) is { } weighed ? new DecayedFold(rule, weighed, age) : new SlowFold(rule, parts, age);
        }

        return parts[0].Value switch
        {
            Kernel<long> => OfWholes(rule, parts[0], age),
            Kernel<decimal> => OfExacts(rule, parts[0], age),
            Kernel<double> => OfReals(rule, parts[0], age),
            Kernel<int> => Ordered<int>(rule, parts[0], age),
            Kernel<bool> => Ordered<bool>(rule, parts[0], age),
            TextFieldKernel text when rule.Take == Take.Latest => new LatestTextFold(rule, parts[0], text, age),
            _ when rule.Take == Take.Count => new AgelessFold<Operand, long, Folds.Count<Operand>>(rule, parts[0], age),
            _ => new SlowFold(rule, parts, age),
        };
    }

    private static PartKernels? Weighed(IndicatorRule rule, PartKernels part) => (rule.Take, part.Value) switch
    {
        (Take.Count, ConstantKernel<long> { Value.IsKnown: true }) => part with { Value = new ConstantKernel<double>(new Operand.Real(1)) },
        (Take.Count, _) => null,
        (_, Kernel<long> whole) => part with { Value = new UnaryKernel<long, double, Operations.WholeToReal>(FunctionCatalogue.Named("double")[1], whole) },
        (_, Kernel<decimal> exact) => part with { Value = new UnaryKernel<decimal, double, Operations.ExactToReal>(FunctionCatalogue.Named("double")[2], exact) },
        (_, Kernel<double>) => part,
        _ => null,
    };

    private static IndicatorFold OfWholes(IndicatorRule rule, PartKernels part, (DateOnly, double?) age) => rule.Take switch
    {
        Take.Sum when part.Reader.Narrow.Compile(rule.Parts[0].Value) is { } narrow => new RunningFold(rule, part, narrow, Summed(rule, part, age)),
        Take.Sum => Summed(rule, part, age),
        Take.Count when part.Value is ConstantKernel<long> { Value.IsKnown: true } => new RunningFold(rule, part, new NarrowConstant(1), Ordered<long>(rule, part, age)),
        Take.Mean => new AgelessFold<long, decimal, Folds.MeanWhole>(rule, part, age),
        Take.Max => new AgelessFold<long, long, Folds.Max<long>>(rule, part, age),
        Take.Min => new AgelessFold<long, long, Folds.Min<long>>(rule, part, age),
        _ => Ordered<long>(rule, part, age),
    };

    private static IndicatorFold Summed(IndicatorRule rule, PartKernels part, (DateOnly, double?) age) => part.Value.Bound * int.MaxValue < 9e18
        ? new AgelessFold<long, long, Folds.SumSmall>(rule, part, age)
        : new AgelessFold<long, long, Folds.SumWhole>(rule, part, age);

    private static IndicatorFold OfExacts(IndicatorRule rule, PartKernels part, (DateOnly, double?) age) => rule.Take switch
    {
        Take.Sum => new AgelessFold<decimal, decimal, Folds.SumExact>(rule, part, age),
        Take.Mean => new AgelessFold<decimal, decimal, Folds.MeanExact>(rule, part, age),
        Take.Max => new AgelessFold<decimal, decimal, Folds.Max<decimal>>(rule, part, age),
        Take.Min => new AgelessFold<decimal, decimal, Folds.Min<decimal>>(rule, part, age),
        _ => Ordered<decimal>(rule, part, age),
    };

    private static IndicatorFold OfReals(IndicatorRule rule, PartKernels part, (DateOnly, double?) age) => rule.Take switch
    {
        Take.Sum => new AgelessFold<double, double, Folds.SumReal>(rule, part, age),
        Take.Mean => new AgelessFold<double, double, Folds.MeanReal>(rule, part, age),
        Take.Max => new AgelessFold<double, double, Folds.Max<double>>(rule, part, age),
        Take.Min => new AgelessFold<double, double, Folds.Min<double>>(rule, part, age),
        _ => Ordered<double>(rule, part, age),
    };

    // The latest of any sort, and counting; days have a least and a greatest too, but that is rare.
    private static IndicatorFold Ordered<T>(IndicatorRule rule, PartKernels part, (DateOnly, double?) age) => rule.Take switch
    {
        Take.Latest => new AgelessFold<T, T, Folds.Latest<T>>(rule, part, age),
        Take.Count => new AgelessFold<T, long, Folds.Count<T>>(rule, part, age),
        _ => new SlowFold(rule, [part], age),
    };
}

/// <summary>How a pass is divided: among how many threads, and into how large blocks.</summary>
/// <param name="Threads">At least 1.</param>
/// <param name="Block">Rows in a block; 0 for what suits the pass.</param>
internal readonly record struct Division(int Threads, int Block)
{
    /// <summary>The size of a block.</summary>
    public int BlockOr(int suiting) => Block > 0 ? Block : suiting;
}
