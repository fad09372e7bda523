using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>
/// Makes kernels of checked expressions, for one thread. In this order: what needs no row is computed once; what needs one coded source
/// becomes a table; the common operators have kernels of their own; everything else is computed by the interpreter, row by row.
/// </summary>
/// <param name="constants">A frame of the scope's size in which the parameters are filled and nothing else.</param>
/// <param name="parameters">How many of its first slots are parameters.</param>
/// <param name="open">The kernel of a slot that is none.</param>
internal sealed class KernelCompiler(Operand[] constants, int parameters, Func<int, Kernel> open)
{
    /// <summary>More distinct values than this are not worth a table.</summary>
    private const int MostEntries = 65_536;

    /// <summary>Results nearer to zero than this fit 64 bits.</summary>
    private const double NoOverflow = 9e18;

    private readonly Dictionary<int, Kernel> _slots = [];
    private readonly Dictionary<string, Kernel> _made = new(StringComparer.Ordinal);

    /// <summary>The kernel of an expression; its type follows the expression's.</summary>
    public Kernel Compile(Typed expression) => expression.Type.Sort switch
    {
        Sort.Whole => Compile<long>(expression),
        Sort.Exact => Compile<decimal>(expression),
        Sort.Real => Compile<double>(expression),
        Sort.Truth => Compile<bool>(expression),
        Sort.Date => Compile<int>(expression),
        _ => Compile<Operand>(expression),
    };

    /// <summary>The kernel of an expression whose plain type is known; the same kernel where the same expression stands several times.</summary>
    public Kernel<T> Compile<T>(Typed expression)
    {
        if (KeyOf(expression) is not { } key)
        {
            return Make<T>(expression);
        }

        if (!_made.TryGetValue(key, out Kernel? kernel))
        {
            _made[key] = kernel = Make<T>(expression);
        }

        return (Kernel<T>)kernel;
    }

    private Kernel<T> Make<T>(Typed expression)
    {
        int[] varying = VaryingOf(expression);
        if (varying.Length == 0)
        {
            return new ConstantKernel<T>(Interpreter.Compute(expression, constants));
        }

        if (varying.Length == 1 && SlotOf(varying[0]) is ICodedRows rows && rows.Domain.Count is > 0 and <= MostEntries && !(expression is Typed.Slot && SlotOf(varying[0]) is Kernel<T>))
        {
            return new TableKernel<T>(rows, value => Interpreter.Compute(expression, FrameWith(varying[0], value)));
        }

        return (Kernel<T>?)OwnKernel<T>(expression)
            ?? Rowwise<T>(varying, frame => Interpreter.Compute(expression, frame));
    }

    /// <summary>A kernel that computes row by row by the interpreter's code.</summary>
    /// <param name="slots">The slots it reads.</param>
    /// <param name="compute">The code.</param>
    public RowwiseKernel<T> Rowwise<T>(IEnumerable<int> slots, Func<Operand[], Operand> compute) =>
        new(constants, [.. slots.Where(slot => slot >= parameters).Distinct().Select(slot => (slot, SlotOf(slot)))], compute);

    /// <summary>The kernel of a slot that is no parameter.</summary>
    public Kernel SlotOf(int slot)
    {
        if (!_slots.TryGetValue(slot, out Kernel? kernel))
        {
            _slots[slot] = kernel = open(slot);
        }

        return kernel;
    }

    private Kernel? OwnKernel<T>(Typed expression) => expression switch
    {
        Typed.Slot slot => SlotOf(slot.Number),
        Typed.Logic logic => new LogicKernel(logic.IsAnd, Compile<bool>(logic.Left), Compile<bool>(logic.Right)),
        Typed.Choice choice => new ChoiceKernel<T>(Compile<bool>(choice.If), Compile<T>(choice.Then), Compile<T>(choice.Else)),
        Typed.IsKnown known => new KnownKernel(Compile(known.Of), known.Wanted),
        Typed.Apply { Function.Name: "percentile_rank", Arguments: [var value, Typed.Slot list] } apply when list.Number >= parameters && SlotOf(list.Number) is IListedRows { Lists.Length: > 0 } lists =>
            new RankKernel(apply.Function, Compile<double>(value), lists, lists.Own is { } own && IsSame(value, own.Of) ? own : null),
        Typed.Apply { Arguments: [var one] } apply => OfOne(apply.Function, one),
        Typed.Apply { Arguments: [var left, var right] } apply => OfTwo(apply.Function, left, right),
        _ => null,
    };

    private Kernel? OfOne(Function function, Typed of) => (function.Name, of.Type.Sort) switch
    {
        ("neg", Sort.Whole) => new UnaryKernel<long, long, Operations.NegateWhole>(function, Compile<long>(of)),
        ("neg", Sort.Exact) => new UnaryKernel<decimal, decimal, Operations.NegateExact>(function, Compile<decimal>(of)),
        ("neg", Sort.Real) => new UnaryKernel<double, double, Operations.NegateReal>(function, Compile<double>(of)),
        ("abs", Sort.Real) => new UnaryKernel<double, double, Operations.AbsoluteReal>(function, Compile<double>(of)),
        ("sqrt", Sort.Real) => new UnaryKernel<double, double, Operations.SquareRoot>(function, Compile<double>(of)),
        ("ln", Sort.Real) => new UnaryKernel<double, double, Operations.NaturalLogarithm>(function, Compile<double>(of)),
        ("exp", Sort.Real) => new UnaryKernel<double, double, Operations.Exponential>(function, Compile<double>(of)),
        ("cbrt", Sort.Real) => new UnaryKernel<double, double, Operations.CubeRoot>(function, Compile<double>(of)),
        ("double", Sort.Whole) => new UnaryKernel<long, double, Operations.WholeToReal>(function, Compile<long>(of)),
        ("double", Sort.Exact) => new UnaryKernel<decimal, double, Operations.ExactToReal>(function, Compile<decimal>(of)),
        ("double", Sort.Real) => Compile<double>(of),
        ("decimal", Sort.Whole) => new UnaryKernel<long, decimal, Operations.WholeToExact>(function, Compile<long>(of)),
        ("decimal", Sort.Exact) => Compile<decimal>(of),
        _ => null,
    };

    private Kernel? OfTwo(Function function, Typed left, Typed right) => left.Type.Sort == right.Type.Sort
        ? left.Type.Sort switch
        {
            Sort.Whole => OfWholes(function, Compile<long>(left), Compile<long>(right)),
            Sort.Exact => OfExacts(function, Compile<decimal>(left), Compile<decimal>(right)),
            Sort.Real => OfReals(function, Compile<double>(left), Compile<double>(right)),
            Sort.Date => Relation(function, Compile<int>(left), Compile<int>(right)),
            _ => null,
        }
        : null;

    private static Kernel? OfWholes(Function function, Kernel<long> left, Kernel<long> right) => function.Name switch
    {
        "+" when left.Bound + right.Bound < NoOverflow => new BinaryKernel<long, long, Operations.AddSmall>(function, left, right),
        "-" when left.Bound + right.Bound < NoOverflow => new BinaryKernel<long, long, Operations.SubtractSmall>(function, left, right),
        "*" when left.Bound * right.Bound < NoOverflow => new BinaryKernel<long, long, Operations.MultiplySmall>(function, left, right),
        "+" => new BinaryKernel<long, long, Operations.AddWhole>(function, left, right),
        "-" => new BinaryKernel<long, long, Operations.SubtractWhole>(function, left, right),
        "*" => new BinaryKernel<long, long, Operations.MultiplyWhole>(function, left, right),
        _ => Relation(function, left, right),
    };

    private static Kernel? OfExacts(Function function, Kernel<decimal> left, Kernel<decimal> right) => function.Name switch
    {
        "+" => new BinaryKernel<decimal, decimal, Operations.AddExact>(function, left, right),
        "-" => new BinaryKernel<decimal, decimal, Operations.SubtractExact>(function, left, right),
        "*" => new BinaryKernel<decimal, decimal, Operations.MultiplyExact>(function, left, right),
        "/" => new BinaryKernel<decimal, decimal, Operations.DivideExact>(function, left, right),
        _ => Relation(function, left, right),
    };

    private static Kernel? OfReals(Function function, Kernel<double> left, Kernel<double> right) => function.Name switch
    {
        "+" => new BinaryKernel<double, double, Operations.AddReal>(function, left, right),
        "-" => new BinaryKernel<double, double, Operations.SubtractReal>(function, left, right),
        "*" => new BinaryKernel<double, double, Operations.MultiplyReal>(function, left, right),
        "/" => new BinaryKernel<double, double, Operations.DivideReal>(function, left, right),
        _ => Relation(function, left, right),
    };

    private static Kernel? Relation<T>(Function function, Kernel<T> left, Kernel<T> right)
        where T : System.Numerics.IComparisonOperators<T, T, bool> => function.Name switch
        {
            "<" => new BinaryKernel<T, bool, Operations.Less<T>>(function, left, right),
            "<=" => new BinaryKernel<T, bool, Operations.LessOrEqual<T>>(function, left, right),
            ">" => new BinaryKernel<T, bool, Operations.Greater<T>>(function, left, right),
            ">=" => new BinaryKernel<T, bool, Operations.GreaterOrEqual<T>>(function, left, right),
            "==" => new BinaryKernel<T, bool, Operations.Same<T>>(function, left, right),
            "!=" => new BinaryKernel<T, bool, Operations.Different<T>>(function, left, right),
            _ => null,
        };

    /// <summary>What tells apart two expressions made of operators on slots and constants; null for others.</summary>
    public static string? KeyOf(Typed expression)
    {
        switch (expression)
        {
            case Typed.Constant constant:
                string written = constant.Value.ToString()!;
                return $"{constant.Type} {written.Length} {written}";
            case Typed.Slot slot:
                return $"#{slot.Number}";
            case Typed.Apply apply:
                string?[] parts = [.. apply.Arguments.Select(KeyOf)];
                return parts.Contains(null) ? null : $"{apply.Function}[{string.Join("; ", parts)}]";
            default:
                return null;
        }
    }

    private static bool IsSame(Typed number, Typed other) => KeyOf(number) is { } key
        && (key == KeyOf(other) || (number is Typed.Apply { Function.Name: "double", Arguments: [var inner] } && KeyOf(inner) == KeyOf(other)));

    private Operand[] FrameWith(int slot, Operand value)
    {
        var frame = (Operand[])constants.Clone();
        frame[slot] = value;
        return frame;
    }

    // The item of a quantifier stands in a slot behind the scope's own.
    private int[] VaryingOf(Typed expression) =>
        [.. expression.Slots().Select(slot => slot.Number).Where(slot => slot >= parameters && slot < constants.Length)];
}
