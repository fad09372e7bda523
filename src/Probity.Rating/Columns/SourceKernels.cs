using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>Reads a column of organisations.</summary>
internal sealed class ColumnKernel<T>(Column<T> column) : Kernel<T>
{
    /// <inheritdoc/>
    public override double Bound => column.Bound;

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        column.Values.Slice(block.From, block.Count).CopyTo(Buffer);
        for (int row = 0; row < block.Count && column.HasUnknown; row++)
        {
            if (column.WhyNot(block.From + row) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
        }
    }
}

/// <summary>Rows whose values are lists of all values of a group.</summary>
internal interface IListedRows : ICodedRows
{
    /// <summary>The list of each distinct value; null where it is missing.</summary>
    AscendingList?[] Lists { get; }

    /// <summary>The ranks of the values the lists are made of; null where they were not computed.</summary>
    OwnRanks? Own { get; }

    /// <summary>Why a value is no list.</summary>
    Operand WhyNoList(int place);
}

/// <summary>Reads a coded column of organisations.</summary>
internal sealed class CodedKernel(CodedColumn column) : Kernel<Operand>, IListedRows
{
    /// <inheritdoc/>
    public IReadOnlyList<Operand> Domain => column.Domain;

    /// <inheritdoc/>
    public AscendingList?[] Lists => column.Lists;

    /// <inheritdoc/>
    public OwnRanks? Own => column.Own;

    /// <inheritdoc/>
    public Operand WhyNoList(int place) => column.WhyNoList(place);

    /// <inheritdoc/>
    public ReadOnlySpan<int> CodesOf(Block block) => column.Codes.Slice(block.From, block.Count);

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        for (int row = 0; row < block.Count; row++)
        {
            Set(row, column.At(block.From + row), block.Count);
        }
    }
}

/// <summary>The ranks of values in the lists that are made of them.</summary>
/// <param name="Of">What the values are.</param>
/// <param name="Places">For each organisation the place of its rank; −1 where its value is in no list.</param>
/// <param name="Ranks">(how many of the group are lower) / (n − 1); not a number where the group has no list, or one value only.</param>
internal sealed record OwnRanks(Typed Of, int[] Places, double[] Ranks);

/// <summary>The rank of each row's value among all of its group: (how many are lower) / (n − 1).</summary>
/// <param name="function">The language's own.</param>
/// <param name="value">What is ranked.</param>
/// <param name="lists">Among what.</param>
/// <param name="own">The ranks where the lists are made of the same values; null where they are not.</param>
internal sealed class RankKernel(Function function, Kernel<double> value, IListedRows lists, OwnRanks? own) : Kernel<double>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        Span<double> into = Buffer[..block.Count];
        ReadOnlySpan<int> places = own is null ? [] : own.Places.AsSpan(block.From, block.Count);
        for (int row = 0; row < places.Length; row++)
        {
            into[row] = places[row] < 0 ? double.NaN : own!.Ranks[places[row]];
        }

        ReadOnlySpan<int> codes = lists.CodesOf(block);
        for (int row = 0; row < into.Length; row++)
        {
            if (own is null || double.IsNaN(into[row]))
            {
                value.Ensure(block);
                Rank(row, codes[row], block.Count);
            }
        }
    }

    private void Rank(int row, int code, int rows)
    {
        AscendingList? list = lists.Lists[code];
        if ((value.WhyNot(row) ?? (list is null ? lists.WhyNoList(code) : null)) is { } why)
        {
            SetUnknown(row, why, rows);
        }
        else if (list!.Count < 2)
        {
            Set(row, function.Compute([value.At(row), list.Items]), rows);
        }
        else
        {
            Buffer[row] = (double)list.Below(value.Values[row]) / (list.Count - 1);
        }
    }
}
