using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>Makes narrow kernels of whole-number expressions over statements, for one thread; none where a value could leave 32 bits.</summary>
/// <param name="general">Compiles what has no narrow form of its own.</param>
/// <param name="fieldOf">The column of a slot; null where it is no field.</param>
internal sealed class NarrowCompiler(KernelCompiler general, Func<int, FieldColumn?> fieldOf)
{
    private readonly Dictionary<string, NarrowKernel?> _made = new(StringComparer.Ordinal);

    /// <summary>The narrow kernel of an expression; null where there is none. The same where the same expression stands several times.</summary>
    public NarrowKernel? Compile(Typed expression)
    {
        if (expression.Type.Sort != Sort.Whole || KernelCompiler.KeyOf(expression) is not { } key)
        {
            return expression.Type.Sort == Sort.Whole ? Narrowed(expression) : null;
        }

        if (!_made.TryGetValue(key, out NarrowKernel? made))
        {
            _made[key] = made = Make(expression);
        }

        return made;
    }

    private NarrowKernel? Make(Typed expression) => expression switch
    {
        Typed.Slot slot when fieldOf(slot.Number) is { IsWhole: true, Numbers: var numbers } => numbers.Bound <= int.MaxValue ? new NarrowField(numbers) : null,
        Typed.Apply { Function.Name: "+" or "-" or "*", Arguments: [var left, var right] } apply when Compile(left) is { } a && Compile(right) is { } b => Binary(apply.Function.Name, a, b),
        _ => Narrowed(expression),
    };

    private static NarrowKernel? Binary(string operation, NarrowKernel left, NarrowKernel right)
    {
        double bound = operation == "*" ? left.Bound * right.Bound : left.Bound + right.Bound;
        return bound > int.MaxValue ? null : operation switch
        {
            "+" => new NarrowBinary<NarrowOperations.Add>(left, right, bound),
            "-" => new NarrowBinary<NarrowOperations.Subtract>(left, right, bound),
            _ => new NarrowBinary<NarrowOperations.Multiply>(left, right, bound),
        };
    }

    private NarrowKernel? Narrowed(Typed expression) => general.Compile<long>(expression) switch
    {
        ConstantKernel<long> { Value: Operand.Whole { Number: >= -int.MaxValue and <= int.MaxValue and var number } } => new NarrowConstant((int)number),
        { Bound: <= int.MaxValue } kernel => new Narrowed(kernel),
        _ => null,
    };
}
