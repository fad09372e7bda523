using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>Reads a column of organisations.</summary>
internal sealed class ColumnKernel<T>(Column<T> column) : Kernel<T>
{
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

/// <summary>The rank of each row's value among all of its group: (how many are lower) / (n − 1).</summary>
internal sealed class RankKernel(Function function, Kernel<double> value, IListedRows lists) : Kernel<double>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        value.Ensure(block);
        ReadOnlySpan<int> codes = lists.CodesOf(block);
        for (int row = 0; row < block.Count; row++)
        {
            AscendingList? list = lists.Lists[codes[row]];
            if ((value.WhyNot(row) ?? (list is null ? lists.WhyNoList(codes[row]) : null)) is { } why)
            {
                SetUnknown(row, why, block.Count);
            }
            else if (list!.Count < 2)
            {
                Set(row, function.Compute([value.At(row), list.Items]), block.Count);
            }
            else
            {
                Buffer[row] = (double)list.Below(value.Values[row]) / (list.Count - 1);
            }
        }
    }
}
