using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>
/// A sum or count of narrow whole numbers, folded for all organisations of a block together: a running sum over the block's rows, in which a row
/// outside the window adds nothing. What an organisation has is the difference of two of its places. Running sums may pass 32 bits and come
/// round again; differences cannot, since no organisation of the block has as many rows as that would take.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="part">Its one part.</param>
/// <param name="values">What is summed.</param>
/// <param name="otherwise">The fold of a block that cannot be folded so.</param>
internal sealed class RunningFold(IndicatorRule rule, PartKernels part, NarrowKernel values, IndicatorFold otherwise) : IndicatorFold(rule, [part], (DateOnly.MinValue, null))
{
    private readonly bool _isPlain = part.Reader.IsPlain;
    private int[] _sums = [];
    private int[] _counts = [];
    private int[] _held = [];

    /// <inheritdoc/>
    public override double Bound => Math.Max(values.Bound * part.Reader.AllRows, Math.Abs(Without.AsDouble() ?? 0));

    /// <inheritdoc/>
    public override void Fold(Block organisations, Column into)
    {
        Block rows = part.Reader.Rows;
        part.Where?.Ensure(rows);
        bool foldable = _isPlain && values.Bound * part.Reader.Longest < int.MaxValue && part.Where is null or { HasUnknown: false } && values.Ensure(rows);
        if (!foldable)
        {
            otherwise.Fold(organisations, into);
            return;
        }

        if (_sums.Length <= rows.Count)
        {
            (_sums, _counts, _held) = (new int[2 * (rows.Count + 1)], new int[2 * (rows.Count + 1)], new int[2 * (rows.Count + 1)]);
        }

        Run(rows.Count);
        Span<long> results = ((Column<long>)into).Values.Slice(organisations.From, organisations.Count);
        ReadOnlySpan<int> days = part.Reader.Days;
        int after = part.After;
        for (int i = 0; i < results.Length; i++)
        {
            (int from, int to) = part.Reader.RowsOf(i);
            if (from < to && days[to - 1] > after && (part.Where is null || _counts[to] != _counts[from]))
            {
                results[i] = unchecked(_sums[to] - _sums[from]);
            }
            else
            {
                into.Set(organisations.From + i, Without);
            }
        }
    }

    private void Run(int count)
    {
        ReadOnlySpan<int> summed = values.Values[..count];
        if (part.Where is { } where)
        {
            Span<int> held = _held.AsSpan(0, count);
            ReadOnlySpan<byte> holds = MemoryMarshal.AsBytes(where.Values[..count]);
            for (int row = 0; row < held.Length; row++)
            {
                held[row] = holds[row];
            }

            Sum(held, _counts);
            for (int row = 0; row < held.Length; row++)
            {
                held[row] = -held[row] & summed[row];
            }

            summed = held;
        }

        Sum(summed, _sums);
    }

    // Each place holds the sum of the rows before it.
    private void Sum(ReadOnlySpan<int> summed, Span<int> into)
    {
        ReadOnlySpan<int> days = part.Reader.Days[..summed.Length];
        int after = part.After;
        (int row, into[0]) = (0, 0);
        if (Vector256.IsHardwareAccelerated)
        {
            ref int day = ref MemoryMarshal.GetReference(days);
            ref int value = ref MemoryMarshal.GetReference(summed);
            ref int place = ref MemoryMarshal.GetReference(into[1..(summed.Length + 1)]);
            (Vector256<int> carried, Vector256<int> least) = (Vector256<int>.Zero, Vector256.Create(after));
            for (; row <= summed.Length - Vector256<int>.Count; row += Vector256<int>.Count)
            {
                Vector256<int> counts = Vector256.GreaterThan(Vector256.LoadUnsafe(ref day, (nuint)row), least);
                Vector256<int> sum = Vector256.LoadUnsafe(ref value, (nuint)row) & counts;
                sum += Vector256.Shuffle(sum, Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6)) & Vector256.Create(0, -1, -1, -1, -1, -1, -1, -1);
                sum += Vector256.Shuffle(sum, Vector256.Create(0, 0, 0, 1, 2, 3, 4, 5)) & Vector256.Create(0, 0, -1, -1, -1, -1, -1, -1);
                sum += Vector256.Shuffle(sum, Vector256.Create(0, 0, 0, 0, 0, 1, 2, 3)) & Vector256.Create(0, 0, 0, 0, -1, -1, -1, -1);
                (sum + carried).StoreUnsafe(ref place, (nuint)row);
                carried += Vector256.Shuffle(sum, Vector256.Create(7));
            }
        }

        for (; row < summed.Length; row++)
        {
            into[row + 1] = unchecked(into[row] + (days[row] > after ? summed[row] : 0));
        }
    }
}
