namespace Probity.Evidence;

/// <summary>Counts what is found of redactable fields, up to the first violation. Owned by one thread.</summary>
public sealed class FieldTally
{
    /// <summary>Fields that are open, each as its entry commits to it.</summary>
    public long Open { get; private set; }

    /// <summary>Fields that a statement redacted.</summary>
    public long Redacted { get; private set; }

    /// <summary>Takes states in; the first violation among them, behind which nothing is taken in, or null.</summary>
    public FieldState? Take(IEnumerable<FieldState> states)
    {
        foreach (FieldState state in states)
        {
            if (state.IsViolation)
            {
                return state;
            }

            Open += state is FieldState.Opened ? 1 : 0;
            Redacted += state is FieldState.Redacted ? 1 : 0;
        }

        return null;
    }

    /// <summary>What was counted, in words; null where there was nothing to count.</summary>
    public string? Words => Open + Redacted == 0
        ? null
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"redactable fields: {Open:N0} open, each as its entry commits to it; {Redacted:N0} redacted, each by a statement");
}
