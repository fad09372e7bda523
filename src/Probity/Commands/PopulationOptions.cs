using System.CommandLine;
using Probity.Evidence;
using Probity.Register;

namespace Probity.Commands;

/// <summary>Options that say on which organisations rules are tried: those of a register's data folder.</summary>
internal sealed class PopulationOptions
{
    private readonly Option<string?> _data = new("--data") { Description = "the data folder of a register", HelpName = "DIR" };
    private readonly Option<DateOnly?> _asOf = SharedOptions.AsOf();

    public PopulationOptions(Command command)
    {
        _asOf.Description = "the day to rate for; default: that of the last run";
        Option[] options = [_data, _asOf];
        Array.ForEach(options, command.Options.Add);
    }

    /// <summary>Whether the caller named a population.</summary>
    public bool IsNamed(ParseResult asked) => asked.GetValue(_data) is not null;

    /// <summary>The day the caller named; null for none.</summary>
    public DateOnly? DayOf(ParseResult asked) => asked.GetValue(_asOf);

    /// <summary>Tries something on the population named.</summary>
    /// <param name="asked">What the caller wrote.</param>
    /// <param name="terminal">Where trouble is told.</param>
    /// <param name="tried">Given the organisations, which can be gone through several times, and the time.</param>
    /// <returns>An exit code.</returns>
    public int Try(ParseResult asked, Terminal terminal, Func<IEnumerable<Dossier>, AsOf, int> tried)
    {
        if (asked.GetValue(_data) is { } data)
        {
            using RegisterReader reader = RegisterReader.Open(data);
            AsOf when = reader.At(asked.GetValue(_asOf), null);
            return tried(reader.Population(), when);
        }

        return terminal.WrongUse("population.missing", "name the data folder of a register with '--data'");
    }
}
