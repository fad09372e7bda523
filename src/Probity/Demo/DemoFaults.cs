using System.Collections.Immutable;

namespace Probity.Demo;

/// <summary>Spoils five records of each extract, as real extracts are spoilt, so that the register shows what it does with them.</summary>
internal static class DemoFaults
{
    /// <summary>Faulty records in each extract.</summary>
    public const int PerExtract = 5;

    private const ulong Seed = 0x4641554C54; // "FAULT"

    /// <summary>The rows of an extract with its faults: four rows are spoilt, and one identifier stands a second time, under another name.</summary>
    public static ImmutableArray<ExtractRow> Add(ImmutableArray<(int Number, ExtractRow Row)> rows, DateOnly day)
    {
        var chance = new SplitMix64(Seed, day.Year);
        ImmutableArray<ExtractRow>.Builder spoilt = rows.Select(one => one.Row).ToImmutableArray().ToBuilder();
        var taken = new HashSet<int>();
        for (int fault = 0; fault < PerExtract; fault++)
        {
            int at = chance.Below(rows.Length);
            while (rows[at].Row.Scores == ",," || DemoExceptions.Concern(rows[at].Number) || !taken.Add(at))
            {
                at = (at + 1) % rows.Length;
            }

            if (fault == PerExtract - 1)
            {
                spoilt.Insert(at + 1, rows[at].Row with { Name = rows[at].Row.Name + " (copy)" });
            }
            else
            {
                spoilt[at] = Spoil(rows[at].Row, fault, day);
            }
        }

        return spoilt.DrainToImmutable();
    }

    private static ExtractRow Spoil(ExtractRow row, int fault, DateOnly day) => fault switch
    {
        0 => row with { Scores = "7,5,5" }, // no officer can give 7
        1 => row with { Date = day.AddDays(41) }, // next year, in this year's extract
        2 => row with { Scores = "5,ten,5" },
        _ => row with { Name = "" },
    };
}
