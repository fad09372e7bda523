using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Probity.Verifier;

/// <summary>Examples behind a command's help.</summary>
internal static class CommandExamples
{
    /// <summary>Adds examples to a command's help.</summary>
    public static void Add(Command command, params string[] examples)
    {
        HelpOption? there = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (there is not null)
        {
            there.Action = new ExamplesAfterHelp((HelpAction)there.Action!, examples);
        }
        else
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
            output.WriteLine("Exit codes: 0 everything fits, 1 a finding, 2 wrong use, 3 not checked: the register could not be reached, or the folder that remembers cannot be used.");
            return 0;
        }
    }
}
