using System.Collections.Immutable;
using System.CommandLine;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Register;

namespace Probity.Commands;

/// <summary>Options that say on which organisations rules are tried: those of files, or those of a register's data folder.</summary>
internal sealed class PopulationOptions
{
    private readonly Option<string[]> _source = SharedOptions.Source();
    private readonly Option<string?> _register = new("--register") { Description = "the shipped register, or the folder of one, that says how the files are read", HelpName = "REGISTER" };
    private readonly Option<string?> _data = new("--data") { Description = "the data folder of a register, instead of files", HelpName = "DIR" };
    private readonly Option<DateOnly?> _asOf = SharedOptions.AsOf();

    public PopulationOptions(Command command)
    {
        _asOf.Description = "the day to rate for; default: that of the last run, or the latest day in the files";
        Option[] options = [_source, _register, _data, _asOf];
        Array.ForEach(options, command.Options.Add);
    }

    /// <summary>Whether the caller named a population.</summary>
    public bool IsNamed(ParseResult asked) => asked.GetValue(_data) is not null || asked.GetValue(_source) is { Length: > 0 };

    /// <summary>The day the caller named; null for none.</summary>
    public DateOnly? DayOf(ParseResult asked) => asked.GetValue(_asOf);

    /// <summary>Tries something on the population named.</summary>
    /// <param name="asked">What the caller wrote.</param>
    /// <param name="terminal">Where trouble is told.</param>
    /// <param name="tried">Given the organisations, which can be gone through several times, and the time.</param>
    /// <param name="cancelled">Stops reading.</param>
    /// <returns>An exit code.</returns>
    public int Try(ParseResult asked, Terminal terminal, Func<IEnumerable<Dossier>, AsOf, int> tried, CancellationToken cancelled)
    {
        if (asked.GetValue(_data) is { } data)
        {
            using RegisterReader reader = RegisterReader.Open(data);
            AsOf when = reader.At(asked.GetValue(_asOf), null);
            return tried(reader.Population(), when);
        }

        if (asked.GetValue(_register) is not { } name)
        {
            return terminal.WrongUse("register.missing", "files are read as a register says: name it with '--register uk-food-hygiene', or name a data folder with '--data'");
        }

        if (RegisterArgument.Read(terminal, name) is not { } folder)
        {
            return ExitCode.Finding;
        }

        ImmutableArray<SourceInput> inputs = SourceInput.ParseAll(asked.GetValue(_source));
        if (RegisterArgument.Refuse(terminal, folder, inputs) is { } refused)
        {
            return refused;
        }

        FileDossiers read = Progress.Show(terminal, progress => FileDossiers.Read(folder, inputs, TimeProvider.System, progress, cancelled));
        DateOnly day = asked.GetValue(_asOf) ?? read.LatestDay ?? folder.Definition.DayOf(TimeProvider.System.GetUtcNow());
        return tried(read.Dossiers, new AsOf(day, long.MaxValue));
    }
}
