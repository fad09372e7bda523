using System.Collections.Immutable;

namespace Probity.Rating.Expressions;

/// <summary>The names an expression may use, each with the slot of the frame it is found in.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Typed.Slot> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notHere = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _units = [];
    private readonly Dictionary<int, ImmutableArray<Operand>> _values = [];
    private readonly Dictionary<int, Bounds> _bounds = [];

    /// <summary>Slots a frame for this scope needs.</summary>
    public int Size { get; private set; }

    /// <summary>Names in alphabetical order.</summary>
    public IEnumerable<string> Names => _slots.Values.Where(slot => !slot.Type.IsBroken).Select(slot => slot.Name).Order(StringComparer.Ordinal);

    /// <summary>Adds a name and gives it the next slot.</summary>
    public Typed.Slot Add(string name, ExpressionType type)
    {
        var slot = new Typed.Slot(Size++, name, type);
        _slots[name] = slot;
        return slot;
    }

    /// <summary>A slot without a name: for what cannot have the one it asks for.</summary>
    public Typed.Slot AddNameless(ExpressionType type) => new(Size++, "", type);

    /// <summary>A name of which nobody knows any more what it means: what uses it is no new problem.</summary>
    public void Blur(string name) => _slots[name] = new Typed.Slot(_slots.TryGetValue(name, out Typed.Slot? slot) ? slot.Number : Size++, name, ExpressionType.Broken);

    /// <summary>True where names may be missing because what gives them could not be read: then an unknown name is no new problem.</summary>
    public bool IsBlind { get; set; }

    /// <summary>States the unit of a slot; an empty one says nothing.</summary>
    public void Measure(Typed.Slot slot, string unit) => _units[slot.Number] = unit.Trim();

    /// <summary>States which values a slot can have where it is known; none says nothing.</summary>
    public void Allow(Typed.Slot slot, ImmutableArray<Operand> values) => _values[slot.Number] = values;

    /// <summary>The values a slot can have where it is known; empty where that is not said.</summary>
    public ImmutableArray<Operand> ValuesOf(int slot) => _values.GetValueOrDefault(slot, []);

    /// <summary>States between which numbers a slot lies where it is known.</summary>
    public void Bound(Typed.Slot slot, Bounds bounds) => _bounds[slot.Number] = bounds;

    /// <summary>Between which numbers a slot lies where it is known; without bounds where that is not said.</summary>
    public Bounds BoundsOf(int slot) => _bounds.GetValueOrDefault(slot);

    /// <summary>The unit of a slot; empty where none is stated.</summary>
    public string UnitOf(int slot) => _units.GetValueOrDefault(slot, "");

    /// <summary>A scope with the same slots and one more name, which may hide one of them.</summary>
    public Scope With(string name, ExpressionType type, out Typed.Slot slot)
    {
        var wider = new Scope { Size = Size };
        foreach (KeyValuePair<string, Typed.Slot> pair in _slots)
        {
            wider._slots[pair.Key] = pair.Value;
        }

        foreach (KeyValuePair<int, string> unit in _units)
        {
            wider._units[unit.Key] = unit.Value;
        }

        foreach (KeyValuePair<int, ImmutableArray<Operand>> values in _values)
        {
            wider._values[values.Key] = values.Value;
        }

        foreach (KeyValuePair<int, Bounds> bounds in _bounds)
        {
            wider._bounds[bounds.Key] = bounds.Value;
        }

        wider.IsBlind = IsBlind;
        slot = wider.Add(name, type);
        return wider;
    }

    /// <summary>Remembers why a name that exists elsewhere cannot be used here.</summary>
    public void Forbid(string name, string why) => _notHere[name] = why;

    /// <summary>The slot of a name; null where it is unknown.</summary>
    public Typed.Slot? Find(string name) => _slots.GetValueOrDefault(name);

    /// <summary>Why a name cannot be used here; null where nothing is known about it.</summary>
    public string? WhyNot(string name) => _notHere.GetValueOrDefault(name);
}
