using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Evidence;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>Gathers dossiers into columns, one at a time: only columns are kept. Not safe for several threads.</summary>
/// <param name="methodology">Whose evidence is wanted.</param>
/// <param name="knownAt">The ledger size that counts.</param>
internal sealed class EvidenceGathering(Methodology methodology, long knownAt)
{
    private readonly ImmutableArray<TypeGathering> _types = [.. methodology.Plan.Evidence.Values.OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => new TypeGathering(type, methodology.Plan.UsesItemOf(type)))];
    private readonly List<OrganisationId> _organisations = [];
    private readonly List<SubjectKind> _subjects = [];

    /// <summary>Adds an organisation.</summary>
    public void Add(Dossier dossier)
    {
        _organisations.Add(dossier.Organisation);
        _subjects.Add(dossier.Subject);
        ImmutableArray<Entry> counting = dossier.At(new AsOf(DateOnly.MaxValue, knownAt));
        foreach (TypeGathering type in _types)
        {
            type.Add(counting);
        }
    }

    /// <summary>The columns, organisations in the order of their identifiers.</summary>
    public EvidenceFrame Finish()
    {
        int[] order = [.. Enumerable.Range(0, _organisations.Count)];
        OrganisationId[] identifiers = [.. _organisations];
        if (!IsAscending(identifiers))
        {
            Array.Sort(identifiers, order);
        }

        return new EvidenceFrame(methodology.Rates, ImmutableCollectionsMarshal.AsImmutableArray(identifiers), [.. order.Select(place => _subjects[place])], [.. _types.Select(type => type.Finish(order))]);
    }

    private static bool IsAscending(OrganisationId[] identifiers)
    {
        for (int i = 1; i < identifiers.Length; i++)
        {
            if (identifiers[i - 1] > identifiers[i])
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The rows of one evidence type while they are gathered.</summary>
/// <param name="type">The type.</param>
/// <param name="usesItem">Whether a rule asks for the source's own name of a fact; else none is kept.</param>
internal sealed class TypeGathering(EvidenceType type, bool usesItem)
{
    private readonly List<int> _starts = [0];
    private readonly List<long> _days = [];
    private readonly List<long> _sequence = [];
    private readonly List<long> _readable = [];
    private readonly FieldGathering _items = new(ExpressionType.Text);
    private readonly ImmutableArray<FieldGathering> _fields = [.. type.Fields.Select(field => new FieldGathering(field.Type))];
    private readonly Operand[] _frame = new Operand[type.Scope.Size];

    /// <summary>Adds the statements of the next organisation that are of this type.</summary>
    public void Add(ImmutableArray<Entry> entries)
    {
        var own = new List<Entry>(entries.Length);
        foreach (Entry entry in entries)
        {
            Statement statement = entry.Statement;
            if (statement.Type == type.Name && statement.Kind == type.Kind && statement.Provenance.Context == type.Context)
            {
                own.Add(entry);
            }
        }

        own.Sort(Folding.InOrder);
        foreach (Entry entry in own)
        {
            Add(entry);
        }

        _starts.Add(_days.Count);
    }

    /// <summary>Adds the next organisation as other columns hold it.</summary>
    public void Add(EvidenceColumns columns, int organisation)
    {
        ReadOnlySpan<int> starts = columns.FirstRows;
        for (int row = starts[organisation]; row < starts[organisation + 1]; row++)
        {
            _days.Add(columns.Days[row]);
            _sequence.Add(columns.Sequence[row]);
            _readable.Add(columns.Readable[row]);
            _items.Add(columns.Items.At(row));
            for (int i = 0; i < _fields.Length; i++)
            {
                _fields[i].Add(columns.Fields[i].At(row));
            }
        }

        _starts.Add(_days.Count);
    }

    /// <summary>The columns, the organisations in another order.</summary>
    public EvidenceColumns Finish(int[] order)
    {
        (int[] starts, int[]? rows) = Reorder(order);
        return new EvidenceColumns(type)
        {
            Starts = MemoryMarshal.AsBytes(starts.AsSpan()).ToArray(),
            Days = FieldGathering.Pack(_days, rows),
            Sequence = FieldGathering.Pack(_sequence, rows),
            Readable = FieldGathering.Pack(_readable, rows),
            Items = _items.Finish(rows),
            Fields = [.. _fields.Select(field => field.Finish(rows))],
        };
    }

    private void Add(Entry entry)
    {
        _days.Add(entry.Statement.ValidFrom?.DayNumber ?? EvidenceColumns.NoDay);
        _sequence.Add(entry.Index);
        _items.Add(new Operand.Text(usesItem ? entry.Statement.Item : ""));
        bool readable = Admission.Fill(_frame, type, entry.Statement.Body) is null;
        _readable.Add(readable ? 1 : 0);
        for (int i = 0; i < _fields.Length; i++)
        {
            _fields[i].Add(readable ? _frame[type.Fields[i].Slot] : null);
        }
    }

    private (int[] Starts, int[]? Rows) Reorder(int[] order)
    {
        bool same = true;
        for (int i = 0; i < order.Length && same; i++)
        {
            same = order[i] == i;
        }

        if (same)
        {
            return ([.. _starts], null);
        }

        var starts = new int[order.Length + 1];
        var rows = new int[_days.Count];
        int next = 0;
        for (int i = 0; i < order.Length; i++)
        {
            for (int row = _starts[order[i]]; row < _starts[order[i] + 1]; row++)
            {
                rows[next++] = row;
            }

            starts[i + 1] = next;
        }

        return (starts, rows);
    }
}
