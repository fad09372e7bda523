namespace Probity.Rating.Expressions;

/// <summary>The names an expression may use, each with the slot of the frame it is found in.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Typed.Slot> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notHere = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _units = [];

    /// <summary>Slots a frame for this scope needs.</summary>
    public int Size { get; private set; }

    /// <summary>Names in alphabetical order.</summary>
    public IEnumerable<string> Names => _slots.Keys.Order(StringComparer.Ordinal);

    /// <summary>Adds a name and gives it the next slot.</summary>
    public Typed.Slot Add(string name, ExpressionType type)
    {
        var slot = new Typed.Slot(Size++, name, type);
        _slots[name] = slot;
        return slot;
    }

    /// <summary>States the unit of a slot; an empty one says nothing.</summary>
    public void Measure(Typed.Slot slot, string unit) => _units[slot.Number] = unit.Trim();

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

        wider._broken.UnionWith(_broken);
        slot = wider.Add(name, type);
        return wider;
    }

    /// <summary>Remembers why a name that exists elsewhere cannot be used here.</summary>
    public void Forbid(string name, string why) => _notHere[name] = why;

    /// <summary>Remembers a name whose own reading failed: what uses it is no new problem.</summary>
    public void Break(string name) => _broken.Add(name);

    /// <summary>True for a name whose own reading failed.</summary>
    public bool IsBroken(string name) => _broken.Contains(name) && !_slots.ContainsKey(name);

    /// <summary>The slot of a name; null where it is unknown.</summary>
    public Typed.Slot? Find(string name) => _slots.GetValueOrDefault(name);

    /// <summary>Why a name cannot be used here; null where nothing is known about it.</summary>
    public string? WhyNot(string name) => _notHere.GetValueOrDefault(name);
}
