using System.CommandLine;
using System.Text;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>The two options by which a user says what to believe.</summary>
internal sealed class TrustReading
{
    private const int MaxKeyBytes = 4_096;

    /// <summary>The log's key, itself or in a file.</summary>
    public Option<string?> Key { get; } = new("--key")
    {
        Description = "the log's verifier key (vkey), or a file that holds it; get it from elsewhere than from whoever serves the log",
        HelpName = "VKEY|FILE",
    };

    /// <summary>A policy's file.</summary>
    public Option<string?> Policy { get; } = new("--policy")
    {
        Description = "a file that names the log's key, its witnesses, and how many of them are enough (C2SP tlog-policy); in place of --key",
        HelpName = "FILE",
    };

    /// <summary>Reads what was said; null after a problem.</summary>
    /// <param name="asked">The command as it was called.</param>
    /// <param name="problem">What is wrong with it and what to do, for a person; empty where there is an answer.</param>
    public Trust? Read(ParseResult asked, out string problem)
    {
        (string? key, string? policy) = (asked.GetValue(Key), asked.GetValue(Policy));
        if ((key is null) == (policy is null))
        {
            problem = "say whom to believe with one of --key and --policy";
            return null;
        }

        return key is not null ? OfKey(key, out problem) : OfPolicy(policy!, out problem);
    }

    private static Trust.LogKey? OfKey(string named, out string problem)
    {
        string text = NamedFile.Read(named, MaxKeyBytes) is { } bytes ? Encoding.UTF8.GetString(bytes) : named;
        VerifierKey? key = VerifierKey.Parse(text.Trim()) is { Type: NoteKeyType.Log } read ? read : null;
        problem = key is null ? $"'{named}' is no verifier key of a log, and no file that holds one: it looks like register.example/food+0a1b2c3d+ and 44 characters of base64" : "";
        return key is null ? null : new Trust.LogKey(key);
    }

    private static Trust.Policy? OfPolicy(string file, out string problem)
    {
        if (NamedFile.Read(file, TlogPolicy.MaxBytes) is not { } bytes)
        {
            problem = $"'{file}' is no file that can be read, or longer than the {TlogPolicy.MaxBytes} bytes that a policy can have";
            return null;
        }

        var problems = new List<Problem>();
        TlogPolicy? policy = TlogPolicy.Parse(file, bytes, problems);
        problem = policy is null ? problems[0].ToString() : policy.Logs.IsEmpty ? $"'{file}' names no log: add a line 'log VKEY'" : "";
        return problem.Length > 0 ? null : new Trust.Policy(policy!);
    }
}
