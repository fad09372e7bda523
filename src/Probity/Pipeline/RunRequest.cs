using System.Collections.Immutable;

namespace Probity.Pipeline;

/// <summary>What a run is asked to do.</summary>
/// <param name="RegisterFolder">The folder that declares the register.</param>
/// <param name="Inputs">What to read for which source; may be empty: then only what is known is rated again.</param>
/// <param name="DataFolder">Where ledger and views are kept; made where absent.</param>
/// <param name="ValidAt">The day to rate for; null for today in the register's time zone.</param>
/// <param name="Clock">What says the time.</param>
internal sealed record RunRequest(string RegisterFolder, ImmutableArray<SourceInput> Inputs, string DataFolder, DateOnly? ValidAt, TimeProvider Clock)
{
    /// <summary>The 32-byte seed of a new ledger's key, where that must be the same on every machine (a fictional register); null for a key of its own.</summary>
    public byte[]? KeySeed { get; init; }
}

/// <summary>Where the records of a source are.</summary>
/// <param name="Source">The source's name in the register, such as "fhrs".</param>
/// <param name="Location">A file, a folder or an address.</param>
internal sealed record SourceInput(string Source, string Location)
{
    /// <summary>Reads all that a command line names, in its order.</summary>
    /// <exception cref="FormatException">One has another form than "NAME=LOCATION"; the command line refuses those before.</exception>
    public static ImmutableArray<SourceInput> ParseAll(string[]? texts) =>
        [.. (texts ?? []).Select(text => Parse(text) ?? throw new FormatException($"'{text}' is not NAME=LOCATION"))];

    /// <summary>Reads "NAME=LOCATION"; null for any other form.</summary>
    public static SourceInput? Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 1 || equals == text.Length - 1 ? null : new SourceInput(text[..equals], text[(equals + 1)..]);
    }
}
