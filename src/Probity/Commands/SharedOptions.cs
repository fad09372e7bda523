using System.CommandLine;
using System.CommandLine.Parsing;
using Probity.Evidence;
using Probity.Pipeline;

namespace Probity.Commands;

/// <summary>Options that several commands have, each with one meaning.</summary>
internal static class SharedOptions
{
    /// <summary>Where the register's data are.</summary>
    public static Option<string> Data() => new("--data") { Description = "the data folder: ledger, keys and views", DefaultValueFactory = _ => "data", HelpName = "DIR" };

    /// <summary>One JSON document instead of tables.</summary>
    public static Option<bool> Json() => new("--json") { Description = "answer with one JSON document" };

    /// <summary>What to read for which source.</summary>
    public static Option<string[]> Source()
    {
        var option = new Option<string[]>("--source") { Description = "what to read for a source: NAME=FILE, NAME=FOLDER or NAME=URL; may stand several times", HelpName = "NAME=WHERE" };
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => SourceInput.Parse(text) is null))
            {
                result.AddError($"--source {text}: write NAME=FILE, NAME=FOLDER or NAME=URL, such as fhrs=establishments.csv");
            }
        });
        return option;
    }

    /// <summary>The day asked about.</summary>
    public static Option<DateOnly?> AsOf() => new("--as-of")
    {
        Description = "the day asked about, such as 2026-05-12; default: the day of the last run",
        HelpName = "DATE",
        CustomParser = ReadDay,
    };

    /// <summary>How much of the ledger counts.</summary>
    public static Option<long?> KnownAt()
    {
        var option = new Option<long?>("--known-at") { Description = "how many ledger entries count; default: those of the last run", HelpName = "SIZE" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() < 0)
            {
                result.AddError("--known-at takes 0 or more");
            }
        });
        return option;
    }

    private static DateOnly? ReadDay(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Day.TryParse(text, out DateOnly day))
        {
            return day;
        }

        result.AddError($"'{text}' is not a day such as 2026-05-12");
        return null;
    }
}
