namespace Probity.Linkage;

/// <summary>The columns of an input by role, as places in its rows.</summary>
internal sealed class TableColumns
{
    private readonly List<int> _names = [];

    public TableColumns(IReadOnlyList<ColumnUse> uses)
    {
        for (int i = 0; i < uses.Count; i++)
        {
            switch (uses[i].Role)
            {
                case ColumnRole.Id:
                    Id = i;
                    break;
                case ColumnRole.Name:
                    _names.Insert(0, i);
                    break;
                case ColumnRole.OtherName:
                    _names.Add(i);
                    break;
                case ColumnRole.Identifier:
                    Identifiers.Add((i, uses[i].Scheme));
                    break;
                default:
                    ListOf(uses[i].Role)?.Add(i);
                    break;
            }
        }
    }

    /// <summary>−1 where the rows' numbers are the records' identifiers.</summary>
    public int Id { get; } = -1;

    public List<int> Address { get; } = [];

    public List<int> Postcode { get; } = [];

    public List<int> City { get; } = [];

    public List<int> Telephone { get; } = [];

    public List<int> Web { get; } = [];

    public List<int> Founded { get; } = [];

    /// <summary>Each with the code of its scheme, or "vat": the number's letters tell which.</summary>
    public List<(int Column, string Code)> Identifiers { get; } = [];

    public bool HasAddress => Address.Count + Postcode.Count + City.Count > 0;

    /// <summary>The first name that is not empty.</summary>
    public ReadOnlySpan<char> NameOf(LinkRows rows, int row) => First(_names, rows, row);

    /// <summary>The first of some columns that is not empty; empty where all are.</summary>
    public static ReadOnlySpan<char> First(List<int> columns, LinkRows rows, int row)
    {
        foreach (int column in columns)
        {
            ReadOnlySpan<char> text = rows.Text(row, column);
            if (!text.IsWhiteSpace())
            {
                return text;
            }
        }

        return "";
    }

    private List<int>? ListOf(ColumnRole role) => role switch
    {
        ColumnRole.Address => Address,
        ColumnRole.Postcode => Postcode,
        ColumnRole.City => City,
        ColumnRole.Telephone => Telephone,
        ColumnRole.Web => Web,
        ColumnRole.Founded => Founded,
        _ => null,
    };
}
