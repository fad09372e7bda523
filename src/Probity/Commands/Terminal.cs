using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>
/// Where commands speak. Answers go to standard output: tables for people, one JSON document with <c>--json</c>. Progress and messages go to
/// standard error, so that an answer can be piped. Colours are absent where NO_COLOR is set or the output is no terminal.
/// </summary>
internal sealed class Terminal
{
    /// <summary>How JSON answers are laid out.</summary>
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _output;

    public Terminal(TextWriter output, TextWriter error, bool json)
        : this(output, Open(output), Open(error), json)
    {
    }

    /// <summary>A terminal whose consoles are given, such as one that answers for a person.</summary>
    public Terminal(TextWriter output, IAnsiConsole answers, IAnsiConsole messages, bool json) => (_output, Answers, Messages, Json) = (output, answers, messages, json);

    /// <summary>Whether the answer is one JSON document.</summary>
    public bool Json { get; }

    /// <summary>For answers to people; unused with --json.</summary>
    public IAnsiConsole Answers { get; }

    /// <summary>For progress and messages.</summary>
    public IAnsiConsole Messages { get; }

    /// <summary>Writes the answer as JSON.</summary>
    public void Write(JsonNode answer) => _output.WriteLine(answer.ToJsonString(Indented));

    /// <summary>Writes an answer's line as it is.</summary>
    public void WriteLine(string line) => _output.WriteLine(line);

    /// <summary>Writes an answer's text as it is, with its own line ends.</summary>
    public void WriteText(string text) => _output.Write(text);

    /// <summary>Says what failed, in one line with the reason's code, and gives the exit code for it.</summary>
    public int Fail(string code, string message)
    {
        if (Json)
        {
            Write(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
        }

        Messages.MarkupLineInterpolated($"[red]Error:[/] {message} [grey]({code})[/]");
        return ExitCode.Finding;
    }

    /// <summary>Says everything that is wrong with a file, a line each, in one JSON document with <c>--json</c>, and gives the exit code for it.</summary>
    /// <param name="problems">At least one.</param>
    public int Fail(IReadOnlyList<Problem> problems)
    {
        if (Json)
        {
            Write(new JsonObject { ["problems"] = new JsonArray([.. problems.Select(problem => (JsonNode)problem.ToString())]) });
        }

        foreach (Problem problem in problems)
        {
            Messages.WriteLine(problem.ToString());
        }

        return ExitCode.Finding;
    }

    /// <summary>Says what is wrong with how a command was called, and gives the exit code for it.</summary>
    public int WrongUse(string code, string message)
    {
        Fail(code, message);
        return ExitCode.WrongUse;
    }

    /// <summary>A two-column table that fits the terminal.</summary>
    public void Table(string title, IEnumerable<(string Name, string Value)> rows)
    {
        Table table = new Table { Border = TableBorder.Simple, ShowHeaders = false }.AddColumn(new TableColumn("")).AddColumn(new TableColumn("").RightAligned());
        foreach ((string name, string value) in rows)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        Answers.MarkupLineInterpolated($"[bold]{title}[/]");
        Answers.Write(table);
    }

    private static IAnsiConsole Open(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        bool plain = !output.IsTerminal || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (!output.IsTerminal)
        {
            console.Profile.Width = 120;
        }

        return console;
    }
}
