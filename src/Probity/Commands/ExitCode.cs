namespace Probity.Commands;

/// <summary>What scripts can trust.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing found wrong.</summary>
    public const int Done = 0;

    /// <summary>Something was found (a rejected file, a difference) or failed; the message says what.</summary>
    public const int Finding = 1;

    /// <summary>The command was called in a way it does not understand.</summary>
    public const int WrongUse = 2;
}
