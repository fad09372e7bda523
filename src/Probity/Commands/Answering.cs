using System.CommandLine;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Commands;

/// <summary>What every command does around its own work: where it speaks, and how a refusal becomes a message and an exit code.</summary>
internal static class Answering
{
    /// <summary>Runs a command's work.</summary>
    public static int Answer(ParseResult asked, Option<bool> json, Func<Terminal, int> work)
    {
        var terminal = new Terminal(asked.InvocationConfiguration.Output, asked.InvocationConfiguration.Error, asked.GetValue(json));
        try
        {
            return work(terminal);
        }
        catch (LedgerRefusedException refusal)
        {
            return terminal.Fail(refusal.Code, refusal.Message);
        }
        catch (RegisterRefusedException refusal)
        {
            return terminal.Fail(refusal.Code, refusal.Message);
        }
        catch (UnauthorizedAccessException refusal)
        {
            return terminal.Fail("file.no-permission", $"{refusal.Message} Give this user the right, or name another folder.");
        }
        catch (IOException trouble)
        {
            return terminal.Fail("file.failed", trouble.Message);
        }
        catch (OperationCanceledException)
        {
            return terminal.Fail("stopped", "stopped before the end; what was appended is kept, and the next run continues");
        }
    }
}
