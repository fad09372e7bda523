using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>The outcomes an organisation can have, as numbers: bands, best first; reasons for none; bands as the source published them.</summary>
internal sealed class OutcomeCodes
{
    private readonly Dictionary<string, int> _bands;

    public OutcomeCodes(Methodology methodology)
    {
        _bands = methodology.Bands.Select((band, place) => (band.Code, place)).ToDictionary(pair => pair.Code, pair => pair.place, StringComparer.Ordinal);
        All = [.. methodology.Bands.Select(band => band.Code), .. NotRatedCodes.All];
    }

    /// <summary>Codes by number; those the source published come after, in the order of bands.</summary>
    public ImmutableArray<string> All { get; }

    /// <summary>How many bands.</summary>
    public int Bands => _bands.Count;

    /// <summary>The number of a band; −1 where there is none of that code.</summary>
    public int PlaceOf(string code) => _bands.GetValueOrDefault(code, -1);

    /// <summary>The number of a reason for none.</summary>
    public int NotRated(string code) => Bands + NotRatedCodes.All.IndexOf(code);

    /// <summary>The number of a band as the source published it.</summary>
    public int AsPublished(int band) => All.Length + band;

    /// <summary>The place in <see cref="All"/> of what a number says.</summary>
    public int CodeOf(int number) => number >= All.Length ? number - All.Length : number;
}

/// <summary>From values to outcomes, as numbers of <see cref="OutcomeCodes"/>: states first, then what is missing, then the table, then overrides.</summary>
internal sealed class DecisionKernel : Kernel<int>
{
    private readonly OutcomeCodes _codes;
    private readonly (Kernel<bool> When, int Number, Kernel<Operand>? Published)[] _states;
    private readonly (Kernel Value, int Number, bool[][] Expired)[] _required;
    private readonly RowKernel _row;
    private readonly (int Number, Kernel<Operand>? Code)[] _results;
    private readonly Kernel[] _axes;
    private readonly (Kernel<bool> When, int Band, bool IsFloor)[] _overrides;
    private readonly Kernel[] _all;
    private readonly int[]? _plain;
    private readonly int _insufficient;
    private readonly int _notComputable;
    private readonly int _expired;

    public DecisionKernel(Plan plan, OutcomeCodes codes, (KernelCompiler Expressions, StepCompiler Steps) compilers, Func<IndicatorRule, bool[][]> expiredOf)
    {
        KernelCompiler compiler = compilers.Expressions;
        OutcomeRule rule = plan.Outcome;
        _codes = codes;
        _states = [.. rule.States.Select(state => (
            compiler.Compile<bool>(state.When),
            state.Then is StateResult.NotRated not ? codes.NotRated(not.Code) : -1,
            state.Then is StateResult.AsPublished own ? compiler.Compile<Operand>(own.Code) : null))];
        _required = [.. plan.Indicators.Where(one => one.WhenMissing is WhenMissing.NotRated)
            .Select(one => (compiler.SlotOf(one.Slot), codes.NotRated(((WhenMissing.NotRated)one.WhenMissing).Code), expiredOf(one)))];
        _row = compilers.Steps.Rows(rule.Table);
        _results = [.. rule.Table.Rows.Select(row => row.Then is Typed.Constant { Value: Operand.Text code }
            ? (codes.PlaceOf(code.Content), (Kernel<Operand>?)null)
            : (-1, compiler.Compile<Operand>(row.Then)))];
        _axes = [.. Engine.Scoring.SlotsOf(rule.Table).Select(slot => compiler.Compile(slot))];
        _overrides = [.. rule.Overrides.Select(change => (compiler.Compile<bool>(change.When), codes.PlaceOf(change.Band), change.IsFloor))];
        _insufficient = codes.NotRated(NotRatedCodes.InsufficientData);
        _notComputable = codes.NotRated(NotRatedCodes.NotComputable);
        _expired = codes.NotRated(NotRatedCodes.Expired);
        IEnumerable<Kernel?> all = [
            .. _states.SelectMany(state => (Kernel?[])[state.When, state.Published]), .. _required.Select(required => required.Value), _row,
            .. _results.Select(result => result.Code), .. _axes, .. _overrides.Select(change => change.When)];
        _all = [.. all.OfType<Kernel>()];
        bool isPlain = _states.Length == 0 && _overrides.Length == 0 && Array.TrueForAll(_results, result => result.Code is null);
        _plain = isPlain ? Array.ConvertAll(_results, result => result.Number < 0 ? _notComputable : result.Number) : null;
    }

    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        foreach (Kernel kernel in _all)
        {
            kernel.Ensure(block);
        }

        if (_plain is { } plain && !Array.Exists(_required, required => required.Value.HasUnknown))
        {
            LookUp(plain, Buffer[..block.Count]);
            return;
        }

        for (int row = 0; row < block.Count; row++)
        {
            int early = _states.Length > 0 ? OfState(row) : -1;
            early = early < 0 ? OfMissing(row, block.From + row) : early;
            Buffer[row] = early >= 0 ? early : OfTable(row);
        }
    }

    // Where nothing is missing and the table alone decides.
    private void LookUp(int[] plain, Span<int> into)
    {
        ReadOnlySpan<int> numbers = _row.Values[..into.Length];
        for (int row = 0; row < into.Length; row++)
        {
            into[row] = numbers[row] < 0 ? OfTable(row) : plain[numbers[row]];
        }
    }

    private int OfState(int row)
    {
        foreach ((Kernel<bool> when, int number, Kernel<Operand>? published) in _states)
        {
            if (when.WhyNot(row) is null && when.Values[row])
            {
                int band = published is null || published.WhyNot(row) is not null ? -1 : _codes.PlaceOf(published.Values[row].ToString()!);
                return published is null ? number : band < 0 ? _notComputable : _codes.AsPublished(band);
            }
        }

        return -1;
    }

    private int OfMissing(int row, int organisation)
    {
        foreach ((Kernel value, int number, bool[][] expired) in _required)
        {
            if (value.WhyNot(row) is Operand.Missing)
            {
                return Array.Exists(expired, type => type[organisation]) ? _expired : number;
            }
        }

        return -1;
    }

    private int OfTable(int row)
    {
        int number = _row.Values[row];
        if (number < 0)
        {
            return WhyNot(_axes.Select(axis => axis.WhyNot(row)).FirstOrDefault(why => why is not null));
        }

        (int place, Kernel<Operand>? code) = _results[number];
        if (code is not null)
        {
            if (code.WhyNot(row) is { } why)
            {
                return WhyNot(why);
            }

            place = _codes.PlaceOf(code.Values[row].ToString()!);
        }

        foreach ((Kernel<bool> when, int band, bool isFloor) in _overrides)
        {
            bool reaches = isFloor ? place > band : place < band;
            place = reaches && when.WhyNot(row) is null && when.Values[row] ? band : place;
        }

        return place < 0 ? _notComputable : place;
    }

    private int WhyNot(Operand? unknown) => unknown is Operand.Missing ? _insufficient : _notComputable;
}
