using Probity.Rating.Engine;
using Probity.Evidence.Analysis;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>Makes kernels of scores and tables, for one thread.</summary>
/// <param name="compiler">Compiles expressions over one organisation.</param>
internal sealed class StepCompiler(KernelCompiler compiler)
{
    /// <summary>The kernel of a score that is no statistic.</summary>
    public Kernel Compile(Step step) => step.Type.Sort switch
    {
        Sort.Whole => Finish(step, Raw<long>(step, step.Type)),
        Sort.Exact => Finish(step, Exact(step)),
        Sort.Real => Finish(step, Rounded(step.Rounding, Raw<double>(step, step.Type))),
        Sort.Truth => Finish(step, Raw<bool>(step, step.Type)),
        Sort.Date => Finish(step, Raw<int>(step, step.Type)),
        _ => Finish(step, Raw<Operand>(step, step.Type)),
    };

    /// <summary>Which row of a table holds.</summary>
    public RowKernel Rows(RuleTable table) => new([.. table.Rows.Select(row => row.When.Select(condition => compiler.Compile<bool>(condition.Holds)).ToArray())]);

    /// <summary>What a table gives.</summary>
    public LookupKernel<T> Lookup<T>(RuleTable table, RowKernel rows)
    {
        Kernel[] slots = [.. Scoring.SlotsOf(table).Select(slot => compiler.Compile(slot))];
        return new LookupKernel<T>(rows, [.. table.Rows.Select(row => compiler.Compile<T>(row.Then))], (slots, Scoring.NoRowHolds(table)));
    }

    private Kernel<decimal> Exact(Step step)
    {
        bool fromWhole = step.Operation switch
        {
            Operation.Formula formula => formula.Expression.Type.Sort == Sort.Whole,
            Operation.Lookup lookup => lookup.Table.Rows[0].Then.Type.Sort == Sort.Whole,
            Operation.Aggregate aggregate => aggregate.Kind == AggregateKind.Count,
            _ => false,
        };
        Kernel<decimal> raw = fromWhole ? ToExact(Raw<long>(step, ExpressionType.Whole)) : Raw<decimal>(step, ExpressionType.Exact);
        return step.Rounding is { } rounding ? new RoundExactKernel(rounding, raw) : raw;
    }

    private static Kernel<double> Rounded(Rounding? rounding, Kernel<double> raw) => rounding is null ? raw : new RoundRealKernel(rounding, raw);

    private Kernel<T> Raw<T>(Step step, ExpressionType type) => step.Operation switch
    {
        Operation.Formula formula => Formula<T>(formula.Expression),
        Operation.Lookup lookup => Lookup<T>(lookup.Table, Rows(lookup.Table)),
        Operation.Aggregate aggregate => (Kernel<T>)Aggregate(aggregate, type),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Kernel<T> Formula<T>(Typed expression)
    {
        Kernel<T> kernel = compiler.Compile<T>(expression);
        bool inDoubt = expression.Walk().Any(part => part is Typed.Constant { Value: Operand.Real { Number: var number } } && !double.IsFinite(number));
        return inDoubt && kernel is Kernel<double> real ? (Kernel<T>)(Kernel)new FiniteKernel(real) : kernel;
    }

    private Kernel Aggregate(Operation.Aggregate rule, ExpressionType type)
    {
        IEnumerable<int> slots = rule.Parts.SelectMany(part => part.Weight.Slots().Prepend(part.Of)).Select(slot => slot.Number);
        Operand Slowly(Operand[] frame) => Aggregation.Of(rule, type, frame);
        if (rule.Kind is AggregateKind.Variance or AggregateKind.Count)
        {
            return type.Sort switch { Sort.Whole => compiler.Rowwise<long>(slots, Slowly), Sort.Exact => compiler.Rowwise<decimal>(slots, Slowly), _ => compiler.Rowwise<double>(slots, Slowly) };
        }

        if (type == ExpressionType.Exact)
        {
            return new AggregateKernel<decimal, ExactWeighing>(rule, [.. rule.Parts.Select(part => (Exact(part.Of), Exact(part.Weight)))], compiler.Rowwise<decimal>(slots, Slowly));
        }

        return new AggregateKernel<double, RealWeighing>(rule, [.. rule.Parts.Select(part => (OfReal(rule.Kind, part.Of), Real(part.Weight)))], compiler.Rowwise<double>(slots, Slowly));
    }

    // The logarithm is taken without a guard: what is not finite makes the row doubtful at the end.
    private Kernel<double> OfReal(AggregateKind kind, Typed part) => kind == AggregateKind.Geometric ? new LogarithmKernel(Real(part)) : Real(part);

    /// <summary>A number of any type as a double.</summary>
    public Kernel<double> Real(Typed part) => part.Type.Sort switch
    {
        Sort.Whole => new UnaryKernel<long, double, Operations.WholeToReal>(FunctionCatalogue.Named("double")[1], compiler.Compile<long>(part)),
        Sort.Exact => new UnaryKernel<decimal, double, Operations.ExactToReal>(FunctionCatalogue.Named("double")[2], compiler.Compile<decimal>(part)),
        _ => compiler.Compile<double>(part),
    };

    private Kernel<decimal> Exact(Typed part) => part.Type.Sort == Sort.Whole ? ToExact(compiler.Compile<long>(part)) : compiler.Compile<decimal>(part);

    private static UnaryKernel<long, decimal, Operations.WholeToExact> ToExact(Kernel<long> whole) => new(FunctionCatalogue.Named("decimal")[0], whole);

    private Kernel<T> Finish<T>(Step step, Kernel<T> value)
    {
        foreach (Cap cap in step.Caps)
        {
            value = new CapKernel<T>(value, compiler.Compile<bool>(cap.When), compiler.Compile<T>(cap.At), cap.IsFloor);
        }

        return value;
    }
}

/// <summary>Natural logarithms, finite or not.</summary>
internal sealed class LogarithmKernel(Kernel<double> of) : Kernel<double>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        for (int row = 0; row < block.Count; row++)
        {
            Buffer[row] = Elementary.Ln(of.Values[row]);
            if (of.WhyNot(row) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
        }
    }
}
