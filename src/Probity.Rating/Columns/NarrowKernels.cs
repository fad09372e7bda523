using System.Numerics;

namespace Probity.Rating.Columns;

/// <summary>
/// A whole-number expression over statements of which no value is farther from zero than 2³¹ − 1: computed in half the bytes, eight at a time. A
/// row without a value makes the whole block undecided, so that nothing here needs to remember why. One thread's own.
/// </summary>
internal abstract class NarrowKernel
{
    private int[] _values = [];
    private int _block = -1;
    private bool _decided;

    /// <summary>No row is farther from zero.</summary>
    public abstract double Bound { get; }

    /// <summary>The rows of the block last computed.</summary>
    public ReadOnlySpan<int> Values => _values;

    /// <summary>Computes a block, unless it is computed already; false where one of its rows has no value.</summary>
    public bool Ensure(Block block)
    {
        if (_block != block.Number)
        {
            if (_values.Length < block.Count)
            {
                _values = new int[Math.Max(block.Count, 2 * _values.Length)];
            }

            _decided = TryCompute(block, _values.AsSpan(0, block.Count));
            _block = block.Number;
        }

        return _decided;
    }

    /// <summary>Fills the buffer; false where a row has no value.</summary>
    protected abstract bool TryCompute(Block block, Span<int> into);
}

/// <summary>The same number for every row.</summary>
internal sealed class NarrowConstant(int value) : NarrowKernel
{
    /// <inheritdoc/>
    public override double Bound => Math.Abs((double)value);

    /// <summary>The number.</summary>
    public int Value => value;

    /// <inheritdoc/>
    protected override bool TryCompute(Block block, Span<int> into)
    {
        into.Fill(value);
        return true;
    }
}

/// <summary>A field of whole numbers that every statement has.</summary>
internal sealed class NarrowField(PackedNumbers numbers) : NarrowKernel
{
    /// <inheritdoc/>
    public override double Bound => numbers.Bound;

    /// <inheritdoc/>
    protected override bool TryCompute(Block block, Span<int> into)
    {
        numbers.Read(block.From, into);
        return true;
    }
}

/// <summary>Any expression, computed as elsewhere and then narrowed.</summary>
internal sealed class Narrowed(Kernel<long> of) : NarrowKernel
{
    /// <inheritdoc/>
    public override double Bound => of.Bound;

    /// <inheritdoc/>
    protected override bool TryCompute(Block block, Span<int> into)
    {
        of.Ensure(block);
        ReadOnlySpan<long> values = of.Values[..into.Length];
        for (int row = 0; row < values.Length; row++)
        {
            into[row] = unchecked((int)values[row]);
        }

        return !of.HasUnknown;
    }
}

/// <summary>An operation on as many numbers as a vector holds; none of them can leave 32 bits.</summary>
internal interface INarrowOperation
{
    static abstract Vector<int> Of(Vector<int> left, Vector<int> right);

    static abstract int Of(int left, int right);
}

/// <summary>An operation on two narrow expressions.</summary>
internal sealed class NarrowBinary<TOperation>(NarrowKernel left, NarrowKernel right, double bound) : NarrowKernel
    where TOperation : struct, INarrowOperation
{
    /// <inheritdoc/>
    public override double Bound => bound;

    /// <inheritdoc/>
    protected override bool TryCompute(Block block, Span<int> into)
    {
        if (!left.Ensure(block) || !right.Ensure(block))
        {
            return false;
        }

        ReadOnlySpan<int> a = left.Values[..into.Length];
        ReadOnlySpan<int> b = right.Values[..into.Length];
        int row = 0;
        for (; row <= into.Length - Vector<int>.Count; row += Vector<int>.Count)
        {
            TOperation.Of(new Vector<int>(a[row..]), new Vector<int>(b[row..])).CopyTo(into[row..]);
        }

        for (; row < into.Length; row++)
        {
            into[row] = TOperation.Of(a[row], b[row]);
        }

        return true;
    }
}

/// <summary>The operations that narrow expressions are made of.</summary>
internal static class NarrowOperations
{
    public readonly struct Add : INarrowOperation
    {
        public static Vector<int> Of(Vector<int> left, Vector<int> right) => left + right;

        public static int Of(int left, int right) => left + right;
    }

    public readonly struct Subtract : INarrowOperation
    {
        public static Vector<int> Of(Vector<int> left, Vector<int> right) => left - right;

        public static int Of(int left, int right) => left - right;
    }

    public readonly struct Multiply : INarrowOperation
    {
        public static Vector<int> Of(Vector<int> left, Vector<int> right) => left * right;

        public static int Of(int left, int right) => left * right;
    }
}
