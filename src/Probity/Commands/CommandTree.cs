using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.Json.Nodes;

namespace Probity.Commands;

/// <summary>All commands of the program, each with its help and examples.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Probity: from published records to a register that anyone can recompute.")
        {
            DemoCommand.Create(),
            RunCommand.Create(),
            RateCommand.Create(),
            ServeCommand.Create(),
            OfficeCommand.Create(),
            ExplainCommand.Create(),
            ExportCommand.Create(),
            LedgerCommand.Create(),
            LinkCommand.Create(),
            MethodologyCommand.Create(),
            VerifyCommand.Create(),
            WitnessCommand.Create(),
            RebuildCommand.Create(),
            InitCommand.Create(),
        };
        RefuseUnknownOptions(root);
        Explain(root, "probity demo", "probity run registers/uk-food-hygiene --source fhrs=extract.csv --data data", "probity serve --data data");
        return root;
    }

    /// <summary>A mistyped option is told as such, not taken for an argument.</summary>
    private static void RefuseUnknownOptions(Command command)
    {
        foreach (Argument argument in command.Arguments)
        {
            argument.Validators.Add(static result =>
            {
                foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.StartsWith("--", StringComparison.Ordinal)))
                {
                    result.AddError($"there is no option '{text}' here; --help lists those there are");
                }
            });
        }

        foreach (Command one in command.Subcommands)
        {
            RefuseUnknownOptions(one);
        }
    }

    /// <summary>Does what some arguments ask, speaking to two writers.</summary>
    /// <returns>An exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(string[] arguments, TextWriter output, TextWriter error)
    {
        ParseResult asked = Create().Parse(arguments);
        if (asked.Errors.Count > 0 && arguments.Contains("--json") && !arguments.Any(static one => one is "--help" or "-h" or "-?"))
        {
            await output.WriteLineAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = "arguments.wrong", ["message"] = string.Join(" ", asked.Errors.Select(one => one.Message)) } }.ToJsonString());
            return ExitCode.WrongUse;
        }

        int answer = await asked.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return asked.Errors.Count > 0 && answer != ExitCode.Done ? ExitCode.WrongUse : answer;
    }

    /// <summary>Adds examples to a command's help.</summary>
    public static void Explain(Command command, params string[] examples)
    {
        foreach (HelpOption help in command.Options.OfType<HelpOption>())
        {
            help.Action = new ExamplesAfterHelp((HelpAction)help.Action!, examples);
        }

        if (!command.Options.OfType<HelpOption>().Any())
        {
            command.Options.Add(new HelpOption { Action = new ExamplesAfterHelp(new HelpAction(), examples) });
        }
    }

    private sealed class ExamplesAfterHelp(HelpAction help, string[] examples) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
            output.WriteLine("Exit codes: 0 done, 1 a finding or a failure, 2 wrong use.");
            return ExitCode.Done;
        }
    }
}
