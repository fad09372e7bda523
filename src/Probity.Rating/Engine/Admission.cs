using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Rating.Reading;

namespace Probity.Rating.Engine;

/// <summary>Which statements count: of an allowed type (G06) and context (G05), readable, and in date (G31).</summary>
internal sealed class Admission
{
    private readonly Dictionary<string, List<Admitted>> _byType = new(StringComparer.Ordinal);
    private readonly List<SetAside> _setAside = [];

    /// <summary>What does not count, in ledger order.</summary>
    public IReadOnlyList<SetAside> SetAside => _setAside;

    /// <summary>Sorts a dossier's statements.</summary>
    /// <param name="plan">The rules.</param>
    /// <param name="dossier">The statements.</param>
    /// <param name="asOf">When.</param>
    /// <param name="parameters">A frame whose first slots are the parameters.</param>
    public static Admission Of(Plan plan, Dossier dossier, AsOf asOf, Operand[] parameters)
    {
        var admission = new Admission();
        foreach (Entry entry in dossier.At(asOf))
        {
            Statement statement = entry.Statement;
            if (plan.Evidence.TryGetValue(statement.Type, out EvidenceType? type) && type.Kind == statement.Kind)
            {
                admission.Admit(entry, type, asOf.ValidAt, parameters.AsSpan(0, plan.Parameters.Length));
            }
        }

        return admission;
    }

    /// <summary>The admitted statements of a type, in ledger order.</summary>
    public IReadOnlyList<Admitted> this[string type] => _byType.TryGetValue(type, out List<Admitted>? admitted) ? admitted : [];

    private void Admit(Entry entry, EvidenceType type, DateOnly validAt, ReadOnlySpan<Operand> parameters)
    {
        Statement statement = entry.Statement;
        if (statement.Provenance.Context != type.Context)
        {
            _setAside.Add(new SetAside(entry, Expired: false, $"its context is {statement.Provenance.Context}, not {type.Context}"));
            return;
        }

        if (statement.ValidFrom is { } day && type.Expiry.After.After(day) <= validAt)
        {
            _setAside.Add(new SetAside(entry, Expired: true, $"it expired on {Day.Text(type.Expiry.After.After(day))}"));
            return;
        }

        var frame = new Operand[type.Scope.Size];
        parameters.CopyTo(frame);
        frame[type.DaySlot] = statement.ValidFrom is { } from ? new Operand.Date(from) : new Operand.Missing("the statement has no day");
        frame[type.ItemSlot] = new Operand.Text(statement.Item);
        if (Fill(frame, type, statement.Body) is { } why)
        {
            _setAside.Add(new SetAside(entry, Expired: false, why));
            return;
        }

        if (!_byType.TryGetValue(type.Name, out List<Admitted>? admitted))
        {
            _byType[type.Name] = admitted = [];
        }

        admitted.Add(new Admitted(entry, frame));
    }

    /// <summary>Fills the fields of a statement into the frame of its type; why it cannot be read, or null where it can.</summary>
    public static string? Fill(Operand[] frame, EvidenceType type, Fields body)
    {
        foreach (EvidenceField field in type.Fields)
        {
            Value? value = body[field.Name];
            if (value is null)
            {
                if (!field.Optional)
                {
                    return $"it has no {field.Name}";
                }

                frame[field.Slot] = new Operand.Missing($"the statement has no {field.Name}");
                continue;
            }

            if (Literals.Of(value, field.Type) is not { } operand)
            {
                return $"its {field.Name} is not of type {field.Type}";
            }

            if (!Allowed(operand, field))
            {
                return $"its {field.Name} is {operand}, which the methodology does not allow";
            }

            frame[field.Slot] = operand;
        }

        return null;
    }

    private static bool Allowed(Operand operand, EvidenceField field) =>
        (field.OneOf.IsEmpty || field.OneOf.Contains(operand))
        && (field.Least is not { } least || operand.AsDecimal() >= least)
        && (field.Most is not { } most || operand.AsDecimal() <= most);
}

/// <summary>A statement that counts, and its fields by slot of its type's scope.</summary>
internal readonly record struct Admitted(Entry Entry, Operand[] Frame);
