using System.CommandLine;
using Probity.Commands;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Commands;

public sealed class ArgumentNamesTests
{
    [Fact]
    public void The_usage_of_a_command_called_its_arguments_otherwise_than_their_list()
    {
        Assert.Contains("judge <A> <B> [options]", SmallRegister.Probity("link", "judge", "--help").Output, StringComparison.Ordinal);
        Assert.All(All(CommandTree.Create()).SelectMany(command => command.Arguments), argument => Assert.Contains(argument.HelpName, new[] { null, argument.Name }));
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
