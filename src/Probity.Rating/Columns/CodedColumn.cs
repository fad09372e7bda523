using System.Collections.Immutable;
using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>A column in which each organisation's value is one of a few: a text of its evidence, or what a statistic is for each group.</summary>
/// <param name="codes">For each organisation the place of its value.</param>
/// <param name="domain">The values; grows where an organisation gets another. The column's own.</param>
internal sealed class CodedColumn(int[] codes, List<Operand> domain) : Column(codes.Length)
{
    private readonly Dictionary<Operand, int> _places = [];
    private readonly Lock _growing = new();

    /// <summary>For each organisation the place of its value in <see cref="Domain"/>.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>The same, for one who only reads them too.</summary>
    public int[] Shared => codes;

    /// <summary>The values.</summary>
    public IReadOnlyList<Operand> Domain => Lists.Length == 0 ? domain : [.. domain.Select((value, place) => Lists[place] is { } list ? list.Items : value)];

    /// <summary>Where the values are lists of all values of a group, these lists; else empty.</summary>
    public AscendingList?[] Lists { get; init; } = [];

    /// <summary>Where the values are such lists, the rank of each organisation's own value in its list; else null.</summary>
    public OwnRanks? Own { get; init; }

    /// <summary>Why there is no list at a place.</summary>
    public Operand WhyNoList(int place) => domain[place];

    /// <inheritdoc/>
    public override Operand At(int row) => codes[row] < Lists.Length && Lists[codes[row]] is { } list ? list.Items : domain[codes[row]];

    /// <inheritdoc/>
    public override Kernel Open() => new CodedKernel(this);

    /// <inheritdoc/>
    public override void Take(Kernel kernel, Block block) => throw new System.Diagnostics.UnreachableException();

    /// <inheritdoc/>
    protected override Column Spread(Column over, Layers layers)
    {
        var joined = new CodedColumn(new int[layers.Count], [.. domain]);
        int[] moved = [.. ((CodedColumn)over).Domain.Select(joined.PlaceOf)];
        layers.Spread(codes, [.. ((CodedColumn)over).Codes.ToArray().Select(code => moved[code])], joined.Shared);
        return joined;
    }

    /// <inheritdoc/>
    public override (Operand Least, Operand Most)? RangeAmong(ImmutableArray<bool> rows)
    {
        Operand[] numbers = [.. Enumerable.Range(0, rows.Length).Where(row => rows[row]).Select(row => codes[row]).Distinct().Select(code => domain[code]).Where(value => value.AsDecimal() is not null)];
        return numbers.Length == 0 ? null : (numbers.MinBy(value => value.AsDecimal())!, numbers.MaxBy(value => value.AsDecimal())!);
    }

    /// <summary>Gives an organisation a value by its place.</summary>
    public void SetCode(int row, int code) => codes[row] = code;

    /// <inheritdoc/>
    public override void Set(int row, Operand value)
    {
        lock (_growing)
        {
            codes[row] = PlaceOf(value);
        }
    }

    private int PlaceOf(Operand value)
    {
        for (int i = _places.Count; i < domain.Count; i++)
        {
            _places.TryAdd(domain[i], i);
        }

        if (!_places.TryGetValue(value, out int place))
        {
            _places.Add(value, place = domain.Count);
            domain.Add(value);
        }

        return place;
    }
}
