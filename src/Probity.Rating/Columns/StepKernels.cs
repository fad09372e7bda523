using System.Runtime.InteropServices;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>The first row of a table that holds, for each organisation: from 0, or −1 where none does or an unknown leaves it open.</summary>
internal sealed class RowKernel(Kernel<bool>[][] rows) : Kernel<int>
{
    private const int Undecided = -2;
    private byte[] _holds = [];

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        bool certain = true;
        foreach (Kernel<bool> condition in rows.SelectMany(conditions => conditions))
        {
            condition.Ensure(block);
            certain &= !condition.HasUnknown;
        }

        Span<int> into = Buffer[..block.Count];
        into.Fill(certain ? -1 : Undecided);
        for (int i = rows.Length - 1; i >= 0 && certain; i--)
        {
            Decide(into, rows[i], i);
        }

        for (int i = 0; i < rows.Length && !certain; i++)
        {
            DecideWithUnknown(into, rows[i], i);
        }

        into.Replace(Undecided, -1);
    }

    // From the last row of the table to the first: an earlier one takes the place of a later.
    private void Decide(Span<int> into, Kernel<bool>[] conditions, int number)
    {
        if (conditions.Length == 0)
        {
            into.Fill(number);
            return;
        }

        ReadOnlySpan<byte> holds = MemoryMarshal.AsBytes(conditions[0].Values[..into.Length]);
        if (conditions.Length > 1)
        {
            _holds = _holds.Length < into.Length ? new byte[into.Length] : _holds;
            holds.CopyTo(_holds);
            foreach (Kernel<bool> condition in conditions.AsSpan(1))
            {
                And(_holds.AsSpan(0, into.Length), MemoryMarshal.AsBytes(condition.Values));
            }

            holds = _holds.AsSpan(0, into.Length);
        }

        for (int row = 0; row < into.Length; row++)
        {
            int taken = -holds[row];
            into[row] = (into[row] & ~taken) | (number & taken);
        }
    }

    private static void And(Span<byte> holds, ReadOnlySpan<byte> condition)
    {
        for (int row = 0; row < holds.Length; row++)
        {
            holds[row] &= condition[row];
        }
    }

    private static void DecideWithUnknown(Span<int> into, Kernel<bool>[] conditions, int number)
    {
        for (int row = 0; row < into.Length; row++)
        {
            (bool holds, bool open) = (into[row] == Undecided, false);
            foreach (Kernel<bool> condition in conditions)
            {
                bool unknown = condition.WhyNot(row) is not null;
                holds &= unknown || condition.Values[row];
                open |= unknown;
            }

            into[row] = holds ? open ? -1 : number : into[row];
        }
    }
}

/// <summary>What a table gives: the result of its row, or why it has none.</summary>
/// <param name="row">Which row.</param>
/// <param name="results">The result of each.</param>
/// <param name="whyNone">The table's slots, in order, and its failure where all of them are known.</param>
internal sealed class LookupKernel<T>(RowKernel row, Kernel<T>[] results, (Kernel[] Slots, Operand Failure) whyNone) : Kernel<T>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        row.Ensure(block);
        foreach (Kernel kernel in results.AsEnumerable<Kernel>().Concat(whyNone.Slots))
        {
            kernel.Ensure(block);
        }

        for (int i = 0; i < block.Count; i++)
        {
            int number = row.Values[i];
            if (number < 0)
            {
                SetUnknown(i, whyNone.Slots.Select(slot => slot.WhyNot(i)).FirstOrDefault(why => why is not null) ?? whyNone.Failure, block.Count);
            }
            else if (results[number].WhyNot(i) is { } why)
            {
                SetUnknown(i, why, block.Count);
            }
            else
            {
                Buffer[i] = results[number].Values[i];
            }
        }
    }
}

/// <summary>Makes a formula fail where it comes to no finite number.</summary>
internal sealed class FiniteKernel(Kernel<double> of) : Kernel<double>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        of.Values[..block.Count].CopyTo(Buffer);
        for (int row = 0; row < block.Count; row++)
        {
            Set(row, Scoring.Finite(of.At(row)), block.Count);
        }
    }
}

/// <summary>Rounds decimals.</summary>
internal sealed class RoundExactKernel(Rounding rounding, Kernel<decimal> of) : Kernel<decimal>
{
    private const decimal Certain = 1e12m;
    private readonly bool _isCoarse = rounding.Step >= 1e-12m;

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        for (int row = 0; row < block.Count; row++)
        {
            if (of.WhyNot(row) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
            else if (_isCoarse && Math.Abs(of.Values[row]) < Certain)
            {
                Buffer[row] = rounding.Of(of.Values[row]);
            }
            else
            {
                Set(row, rounding.Of(of.At(row)), block.Count);
            }
        }
    }
}

/// <summary>Rounds doubles, as the decimals of 15 digits they stand for.</summary>
internal sealed class RoundRealKernel(Rounding rounding, Kernel<double> of) : Kernel<double>
{
    private const double Certain = 1e12;
    private readonly bool _isCoarse = rounding.Step >= 1e-12m;

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        for (int row = 0; row < block.Count; row++)
        {
            if (of.WhyNot(row) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
            else if (_isCoarse && Math.Abs(of.Values[row]) < Certain)
            {
                Buffer[row] = (double)rounding.Of((decimal)of.Values[row]);
            }
            else
            {
                Set(row, rounding.Of(of.At(row)), block.Count);
            }
        }
    }
}

/// <summary>Limits a value where a condition is true.</summary>
internal sealed class CapKernel<T>(Kernel<T> of, Kernel<bool> when, Kernel<T> at, bool isFloor) : Kernel<T>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        when.Ensure(block);
        at.Ensure(block);
        of.Values[..block.Count].CopyTo(Buffer);
        for (int row = 0; row < block.Count; row++)
        {
            if (of.WhyNot(row) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
            else if (when.WhyNot(row) is null && when.Values[row] && at.WhyNot(row) is null && Exceeds(row))
            {
                Buffer[row] = at.Values[row];
            }
        }
    }

    private bool Exceeds(int row)
    {
        int order = typeof(T) == typeof(Operand)
            ? Comparison.Compare(of.At(row), at.At(row)) ?? 0
            : Comparer<T>.Default.Compare(of.Values[row], at.Values[row]);
        return isFloor ? order < 0 : order > 0;
    }
}
