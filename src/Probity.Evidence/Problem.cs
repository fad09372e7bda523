namespace Probity.Evidence;

/// <summary>Something wrong in a file that a person wrote: a methodology, a mapping, a register. Reported like a compiler does.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Column">From 1; 0 for the file as a whole.</param>
/// <param name="Code">The stable reason, such as "key.unknown" or "guard-rail.G06".</param>
/// <param name="Message">What is wrong and why, in one sentence.</param>
/// <param name="Suggestion">What to do; empty where nothing helps.</param>
public sealed record Problem(string File, int Line, int Column, string Code, string Message, string Suggestion)
{
    /// <summary>"file.yaml:3:5: message; did you mean 'x'? [key.unknown]".</summary>
    public override string ToString() =>
        $"{File}{(Line > 0 ? $":{Line}:{Column}" : "")}: {Message}{(Suggestion.Length > 0 ? "; " + Suggestion : "")} [{Code}]";
}
