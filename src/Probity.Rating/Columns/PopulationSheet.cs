using System.Collections.Immutable;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>
/// The whole computation of a population: every parameter, indicator and score of every organisation, and its outcome. Evidence is folded in one
/// pass, scores are computed in as many as cohort statistics divide them into, outcomes with the last. What an earlier sheet of the same
/// statements already holds is taken from there.
/// </summary>
internal sealed class PopulationSheet
{
    private const int Suiting = 1024;
    private readonly Methodology _methodology;
    private readonly Plan _plan;
    private readonly Division _work;
    private readonly Column?[] _columns;
    private readonly Dictionary<(Typed, Typed?, Typed?), GroupedValues> _grouped = [];
    private readonly Dictionary<string, bool[]> _expired = new(StringComparer.Ordinal);
    private readonly List<Item> _pending = [];
    private PopulationSheet? _under;

    private PopulationSheet(Methodology methodology, EvidenceFrame frame, DateOnly validAt, Division work)
    {
        (_methodology, _plan, Frame, ValidAt, _work) = (methodology, methodology.Plan, frame, validAt, work);
        _columns = new Column?[_plan.Scope.Size];
        Parameters = [.. _plan.Parameters.Select(parameter => parameter.At(validAt))];
        Codes = new OutcomeCodes(methodology);
        Numbers = GC.AllocateUninitializedArray<int>(frame.Count);
        if (!Applies)
        {
            Array.Fill(Numbers, Codes.NotRated(NotRatedCodes.NotApplicable));
        }
    }

    /// <summary>The statements.</summary>
    public EvidenceFrame Frame { get; }

    /// <summary>The day asked about.</summary>
    public DateOnly ValidAt { get; }

    /// <summary>The parameters' values on that day.</summary>
    public Operand[] Parameters { get; }

    /// <summary>What outcomes are numbered by.</summary>
    public OutcomeCodes Codes { get; }

    /// <summary>The outcome of each organisation, as a number of <see cref="Codes"/>.</summary>
    public int[] Numbers { get; }

    /// <summary>True where the methodology applies on that day; else no column is filled.</summary>
    public bool Applies => ValidAt >= _methodology.AppliesFrom;

    /// <summary>Computes a population.</summary>
    /// <param name="methodology">The rules.</param>
    /// <param name="frame">The statements.</param>
    /// <param name="validAt">The day asked about.</param>
    /// <param name="work">How the work is divided; it makes no difference to the result.</param>
    /// <param name="before">A sheet of a methodology that differs in some rules or parameters; null for none.</param>
    public static PopulationSheet Fill(Methodology methodology, EvidenceFrame frame, DateOnly validAt, Division work, PopulationSheet? before)
    {
        var sheet = new PopulationSheet(methodology, frame, validAt, work);
        if (sheet.Applies && frame.Layers is { } layers)
        {
            sheet.FillFrom(layers, before);
        }
        else if (sheet.Applies)
        {
            PopulationSheet? usable = before is { Applies: true } && before.Frame == frame && before.ValidAt == validAt && before._plan.Parameters.Length == sheet._plan.Parameters.Length ? before : null;
            sheet.Fold(usable);
            sheet.Score(usable);
        }

        return sheet;
    }

    /// <summary>A slot's value of an organisation, as the interpreter knows it.</summary>
    public Operand At(int slot, int row) => slot < Parameters.Length ? Parameters[slot] : _columns[slot]!.At(row);

    /// <summary>The column of an indicator or score.</summary>
    public Column ColumnOf(int slot) => _columns[slot]!;

    /// <summary>All slots of an organisation, as a worksheet's frame.</summary>
    public Operand[] FrameOf(int row)
    {
        var frame = new Operand[_plan.Scope.Size];
        for (int slot = 0; slot < frame.Length; slot++)
        {
            frame[slot] = At(slot, row);
        }

        return frame;
    }

    /// <summary>Whether an organisation has evidence for an indicator that has expired.</summary>
    public bool HasExpired(IndicatorRule rule, int row) => rule.Parts.Any(part => _expired.TryGetValue(part.From.Name, out bool[]? expired) && expired[row]);

    /// <summary>Organisations of which an outcome or any output is other than in an earlier sheet of the same methodology; ascending.</summary>
    public IEnumerable<int> MovedSince(PopulationSheet earlier)
    {
        int[] slots = [.. _plan.Outputs.Select(output => output.Slot)];
        bool drawn = _plan is { Robustness: not null, HasStatistics: true };
        int before = 0;
        for (int row = 0; row < Frame.Count; row++)
        {
            while (before < earlier.Frame.Count && earlier.Frame.Organisations[before] < Frame.Organisations[row])
            {
                before++;
            }

            bool isNew = before == earlier.Frame.Count || earlier.Frame.Organisations[before] != Frame.Organisations[row];
            if (isNew || drawn || Numbers[row] != earlier.Numbers[before] || (Applies && earlier.Applies && Frame.Rated[row] && !Array.TrueForAll(slots, slot => _columns[slot]!.IsSame(row, earlier._columns[slot]!, before))))
            {
                yield return row;
            }
        }
    }

    /// <summary>The statistics of all groups, as rating a single organisation needs them.</summary>
    public Cohort ToCohort()
    {
        var values = ImmutableDictionary.CreateBuilder<(int, string), Operand>();
        var counts = ImmutableDictionary.CreateBuilder<(int, string), int>();
        var peers = new Dictionary<int, GroupedValues>();
        foreach (Step step in _plan.Steps.Where(_ => Applies))
        {
            if (step.Operation is Operation.Statistic { Of: var statistic })
            {
                GroupedValues grouped = peers[step.Slot] = _grouped[(statistic.Of, statistic.Where, statistic.By)];
                var column = (CodedColumn)_columns[step.Slot]!;
                for (int group = 0; group < grouped.Groups.Length; group++)
                {
                    if (grouped.Of(group).Count > 0)
                    {
                        counts[(step.Slot, grouped.Groups[group])] = grouped.Of(group).Count;
                        values[(step.Slot, grouped.Groups[group])] = column.Lists.Length > 0 && column.Lists[group] is { } list ? list.Items : column.WhyNoList(group);
                    }
                }
            }
        }

        return !_plan.HasStatistics ? Cohort.None : new Cohort(Applies ? Frame.Rated.Count(rated => rated) : 0, _methodology.Fingerprint, values.ToImmutable())
        {
            Counts = counts.ToImmutable(),
            Ranges = RangesOf(),
            Peers = new PeerValues(Frame.Organisations, peers),
        };
    }

    private ImmutableDictionary<int, (decimal Least, decimal Most)> RangesOf()
    {
        var ranges = ImmutableDictionary.CreateBuilder<int, (decimal, decimal)>();
        foreach (int slot in _plan.Lineage.Band.Where(_ => Applies))
        {
            if (_columns[slot]!.RangeAmong(Frame.Rated) is { Least: var least, Most: var most } && least.AsDecimal() is { } low && most.AsDecimal() is { } high)
            {
                ranges[slot] = (low, high);
            }
        }

        return ranges.ToImmutable();
    }

    // What does not depend on others is joined; with statistics of the cohort all scores are computed again, for everyone's may have moved.
    private void FillFrom(Layers layers, PopulationSheet? before)
    {
        PopulationSheet? known = before?._under ?? before;
        bool isKnown = known?.Frame == layers.Under && known._methodology == _methodology && known.ValidAt == ValidAt;
        PopulationSheet under = _under = isKnown ? known! : Fill(_methodology, layers.Under, ValidAt, _work, known);
        PopulationSheet over = Fill(_methodology, layers.Over, ValidAt, _work, null);
        foreach (string type in under._expired.Keys)
        {
            _expired[type] = layers.Spread<bool>(under._expired[type], over._expired[type]);
        }

        int[] joined = [.. _plan.Indicators.Select(rule => rule.Slot), .. _plan.HasStatistics ? [] : _plan.Steps.Select(step => step.Slot)];
        Blocks.ForEach(joined.Length, _work.Threads, i => _columns[joined[i]] = under._columns[joined[i]]!.Joined(over._columns[joined[i]]!, layers));
        if (_plan.HasStatistics)
        {
            Score(null);
            return;
        }

        layers.Spread<int>(under.Numbers, over.Numbers, Numbers);
    }

    private void Fold(PopulationSheet? before)
    {
        IndicatorRule[] due = [.. _plan.Indicators.Where(rule => !TryReuse(before, rule))];
        string[] required = [.. _plan.Indicators.Where(rule => rule.WhenMissing is WhenMissing.NotRated).SelectMany(rule => rule.Parts).Select(part => part.From.Name).Distinct()];
        foreach (string type in required)
        {
            if (before?._expired.TryGetValue(type, out bool[]? known) is true)
            {
                _expired[type] = known;
            }
        }

        EvidenceColumns[] asked = [.. Frame.Types.Where(type => required.Contains(type.Type.Name) && !_expired.ContainsKey(type.Type.Name))];
        if (due.Length == 0 && asked.Length == 0)
        {
            return;
        }

        (Column[] columns, bool[][] expired) = new FoldPass(Frame, ValidAt, Parameters).Run(due, asked, _work);
        for (int i = 0; i < due.Length; i++)
        {
            _columns[due[i].Slot] = columns[i];
        }

        for (int i = 0; i < asked.Length; i++)
        {
            _expired[asked[i].Type.Name] = expired[i];
        }
    }

    private bool TryReuse(PopulationSheet? before, IndicatorRule rule)
    {
        IEnumerable<Typed?> read = rule.Parts.SelectMany(part => (Typed?[])[part.Value, part.Where]).Append(rule.Window).Append(rule.HalfLife);
        bool same = before is not null && before._plan.Indicators.Contains(rule, ReferenceEqualityComparer.Instance)
            && read.All(expression => expression?.Slots().All(slot => slot.Number >= Parameters.Length || Cell.AreSame(before.Parameters[slot.Number], Parameters[slot.Number])) ?? true);
        _columns[rule.Slot] = same ? before!._columns[rule.Slot] : null;
        return same;
    }

    private bool TryReuse(PopulationSheet? before, Step step)
    {
        IEnumerable<Typed.Slot> read = step.Operation is Operation.Statistic { Of: var of }
            ? of.Of.Slots().Concat(of.Where?.Slots() ?? []).Concat(of.By?.Slots() ?? [])
            : Scoring.SlotsOf(step);
        bool same = before is not null && before._plan.Steps.Contains(step, ReferenceEqualityComparer.Instance)
            && read.All(slot => slot.Number < Parameters.Length ? Cell.AreSame(before.Parameters[slot.Number], Parameters[slot.Number]) : ReferenceEquals(before._columns[slot.Number], _columns[slot.Number]));
        if (same)
        {
            _columns[step.Slot] = before!._columns[step.Slot];
            if (step.Operation is Operation.Statistic { Of: var kept })
            {
                _grouped.TryAdd((kept.Of, kept.Where, kept.By), before._grouped[(kept.Of, kept.Where, kept.By)]);
            }
        }

        return same;
    }

    private void Score(PopulationSheet? before)
    {
        foreach (Step step in _plan.Steps)
        {
            if (TryReuse(before, step))
            {
                continue;
            }

            if (step.Operation is Operation.Statistic statistic)
            {
                _columns[step.Slot] = StatisticPass.Of(step, GroupedOf(statistic.Of), _work.Threads);
            }
            else
            {
                Column column = _columns[step.Slot] = Column.Of(step.Type, Frame.Count);
                _pending.Add(new Item(compilers => compilers.Steps.Compile(step), column.Take));
            }
        }

        int notApplicable = Codes.NotRated(NotRatedCodes.NotApplicable);
        _pending.Add(new Item(
            compilers => new DecisionKernel(_plan, Codes, compilers, rule => [.. rule.Parts.Select(part => _expired[part.From.Name]).Distinct()]),
            (kernel, block) =>
            {
                ReadOnlySpan<int> numbers = ((Kernel<int>)kernel).Values[..block.Count];
                ReadOnlySpan<bool> rated = Frame.Rated.AsSpan(block.From, block.Count);
                Span<int> into = Numbers.AsSpan(block.From, block.Count);
                for (int row = 0; row < into.Length; row++)
                {
                    into[row] = rated[row] ? numbers[row] : notApplicable;
                }
            }));
        Flush();
    }

    private GroupedValues GroupedOf(CohortStatistic statistic)
    {
        (Typed, Typed?, Typed?) key = (statistic.Of, statistic.Where, statistic.By);
        if (_grouped.TryGetValue(key, out GroupedValues? known))
        {
            return known;
        }

        Column? group = statistic.By switch
        {
            null => null,
            Typed.Slot slot when slot.Number >= Parameters.Length && _columns[slot.Number] is CodedColumn coded => coded,
            var by => Column.Of(by.Type, Frame.Count),
        };
        if (group is not (null or CodedColumn))
        {
            _pending.Add(new Item(compilers => compilers.Expressions.Compile(statistic.By!), group.Take));
        }

        return _grouped[key] = Grouped(statistic, group);
    }

    private GroupedValues Grouped(CohortStatistic statistic, Column? group)
    {
        Column? stands = statistic is { Where: null, Of: Typed.Slot slot } && slot.Number >= Parameters.Length ? _columns[slot.Number] : null;
        double[] values = [];
        if (stands is not (Column<long> or Column<double>))
        {
            values = new double[Frame.Count];
            _pending.Add(new Item(compilers => new CountedKernel(
                compilers.Steps.Real(statistic.Of), statistic.Where is null ? null : compilers.Expressions.Compile<bool>(statistic.Where)),
                (kernel, block) => ((Kernel<double>)kernel).Values[..block.Count].CopyTo(values.AsSpan(block.From))));
        }

        Flush();
        (string[], int[]) groups = StatisticPass.GroupsOf(group, Frame.Rated, _work.Threads);
        return stands switch
        {
            Column<long> whole => GroupedValues.From(groups, new ColumnRows<long>(whole), _work.Threads),
            Column<double> real => GroupedValues.From(groups, new ColumnRows<double>(real), _work.Threads),
            _ => GroupedValues.From(groups, new ComputedRows(values), _work.Threads),
        };
    }

    private void Flush()
    {
        Blocks.ForEach(Frame.Count, _work.BlockOr(Suiting), _work.Threads, () =>
        {
            var constants = new Operand[_plan.Scope.Size];
            Parameters.CopyTo(constants, 0);
            var expressions = new KernelCompiler(constants, Parameters.Length, slot => _columns[slot]!.Open());
            var steps = new StepCompiler(expressions);
            Kernel[] kernels = [.. _pending.Select(item => item.Make((expressions, steps)))];
            return block =>
            {
                for (int i = 0; i < kernels.Length; i++)
                {
                    kernels[i].Ensure(block);
                    _pending[i].Store(kernels[i], block);
                }
            };
        });
        _pending.Clear();
    }

    /// <summary>Something a pass computes, and where its rows go.</summary>
    private readonly record struct Item(Func<(KernelCompiler Expressions, StepCompiler Steps), Kernel> Make, Action<Kernel, Block> Store);
}

/// <summary>The values that count for a statistic; not a number for the others.</summary>
internal sealed class CountedKernel(Kernel<double> of, Kernel<bool>? where) : Kernel<double>
{
    /// <inheritdoc/>
    protected override void Compute(Block block)
    {
        of.Ensure(block);
        where?.Ensure(block);
        for (int row = 0; row < block.Count; row++)
        {
            bool counts = of.WhyNot(row) is null && (where is null || (where.WhyNot(row) is null && where.Values[row]));
            Buffer[row] = counts ? of.Values[row] : double.NaN;
        }
    }
}
