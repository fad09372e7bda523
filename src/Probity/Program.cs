using System.CommandLine;
using Probity.Commands;

ParseResult asked = CommandTree.Create().Parse(args);
int answer = await asked.InvokeAsync();
return asked.Errors.Count > 0 && answer != ExitCode.Done ? ExitCode.WrongUse : answer;
