using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Rating;

namespace Probity.Commands;

/// <summary>Finds what a person means by a register, its sources and its methodology; says why not where there is none.</summary>
internal static class RegisterArgument
{
    /// <summary>Reads the folder of a register that is given by its name or its folder; null after saying what is wrong.</summary>
    public static RegisterFolder? Read(Terminal terminal, string nameOrFolder)
    {
        if (ShippedRegisters.Find(nameOrFolder) is { } found)
        {
            return RunCommand.ReadFolder(terminal, found);
        }

        terminal.Fail("register.unknown", $"there is no register '{nameOrFolder}'; shipped are: {string.Join(", ", ShippedRegisters.Names())}; or name a folder that holds register.yaml");
        return null;
    }

    /// <summary>The exit code where an input names no source of the register, or there is none; null where all is well.</summary>
    public static int? Refuse(Terminal terminal, RegisterFolder folder, ImmutableArray<SourceInput> inputs)
    {
        string sources = string.Join(", ", folder.Sources.Select(one => one.Value.Name));
        if (inputs.IsEmpty)
        {
            terminal.Fail("source.missing", $"nothing to read was named; write --source NAME=FILE, where NAME is one of: {sources}");
            return ExitCode.WrongUse;
        }

        foreach (SourceInput input in inputs.Where(input => folder.Sources.All(one => one.Value.Name != input.Source)))
        {
            terminal.Fail("source.unknown", $"the register has no source '{input.Source}'; it has: {sources}");
            return ExitCode.WrongUse;
        }

        return null;
    }

    /// <summary>The methodology that is named, or that in force on a day; null after saying which there are.</summary>
    public static Methodology? Methodology(Terminal terminal, RegisterFolder folder, string? name, DateOnly day)
    {
        if ((name is null ? folder.InForce(day) : folder.Named(name)) is { } found)
        {
            return found;
        }

        string all = string.Join(", ", folder.Methodologies.Select(one => $"{one.Value.Version} (from {Day.Text(one.Value.AppliesFrom)})"));
        terminal.Fail("methodology.unknown", name is null ? $"no methodology applies on {Day.Text(day)}; there are: {all}. Name a later day with --as-of, or one of them with --methodology" : $"there is no single methodology '{name}'; there are: {all}");
        return null;
    }
}
