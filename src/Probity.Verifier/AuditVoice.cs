using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Evidence;

namespace Probity.Verifier;

/// <summary>Tells the outcome of a verification: sentences for people, one JSON document with --json. Progress goes to standard error.</summary>
internal sealed class AuditVoice
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The most letters of one line: what a stranger says in it may have no end.</summary>
    private const int MostLetters = 2_000;

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly bool _json;
    private readonly ProgressLine _progress;

    private AuditVoice(TextWriter output, TextWriter error, bool json)
    {
        (_output, _error, _json) = (output, error, json);
        _progress = new ProgressLine(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected, json);
    }

    /// <summary>Speaks where the command was told to.</summary>
    public static AuditVoice Of(ParseResult asked, Option<bool> json) =>
        new(asked.InvocationConfiguration.Output, asked.InvocationConfiguration.Error, asked.GetValue(json));

    /// <summary>Shows how far a stage is, 0 to 1.</summary>
    public void Progress(string stage, double share) => _progress.Show(stage, share);

    /// <summary>Says that the command was called in a way that it does not understand; gives the exit code.</summary>
    public int WrongUse(string code, string message)
    {
        if (_json)
        {
            Write(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
        }

        _error.WriteLine($"Error: {message} ({code})");
        return 2;
    }

    /// <summary>Tells an outcome, which holds texts of strangers; gives its verdict.</summary>
    public AuditVerdict Tell(AuditOutcome outcome)
    {
        _progress.End("");
        string[] proven = [.. outcome.Proven.Select(line => StrangersText.Printable(line, MostLetters))];
        Finding? end = outcome.Finding is { } told ? told with { Message = StrangersText.Printable(told.Message, MostLetters) } : null;
        if (_json)
        {
            Write(new JsonObject
            {
                ["verified"] = outcome.Verdict == AuditVerdict.Fits,
                ["ledger_size"] = outcome.Size,
                ["ledger_root"] = outcome.Root,
                ["proven"] = new JsonArray([.. proven.Select(line => (JsonNode)line)]),
                ["finding"] = outcome.Verdict == AuditVerdict.Found ? ToJson(end!) : null,
                ["not_checked"] = outcome.Verdict == AuditVerdict.NotChecked ? ToJson(end!) : null,
            });
            return outcome.Verdict;
        }

        foreach (string line in proven)
        {
            _output.WriteLine("proven: " + line);
        }

        _output.WriteLine(outcome.Verdict switch
        {
            AuditVerdict.Fits => "Everything that was asked for fits.",
            AuditVerdict.Found => $"FINDING: {end!.Message} ({end.Code})",
            AuditVerdict.NotChecked => $"NOT CHECKED: {end!.Message} ({end.Code})",
            _ => throw new UnreachableException(),
        });
        return outcome.Verdict;
    }

    private static JsonObject ToJson(Finding finding) => new() { ["code"] = finding.Code, ["message"] = finding.Message };

    private void Write(JsonObject answer)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
        {
            answer.WriteTo(writer);
        }

        _output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
