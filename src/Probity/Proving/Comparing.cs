using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;
using Probity.Rating;

namespace Probity.Proving;

/// <summary>Counts how published values of one kind stand to the computed ones.</summary>
/// <param name="proof">Which differences have a known reason.</param>
/// <param name="table">What counts as equal.</param>
internal sealed class Comparing(Proof proof, PublishedTable table)
{
    private readonly ImmutableArray<string> _outputs = [.. table.Values.Findings[0].Fields.Select(field => field.Name).Where(name => name != "only")];
    private readonly List<Difference> _differences = [];
    private int _published;
    private int _equal;
    private int _notPublished;

    /// <summary>Compares the values of one record.</summary>
    /// <param name="values">What is published.</param>
    /// <param name="computed">Every output by name; null where the sources have no such record.</param>
    public void Add(Statement values, IReadOnlyDictionary<string, string>? computed)
    {
        foreach (string output in _outputs)
        {
            string? published = values.Body[output]?.ToString();
            string? got = computed?.GetValueOrDefault(output);
            if (published is null)
            {
                _notPublished += got is null or "missing" or "not computable" || NotRatedCodes.All.Contains(got) ? 0 : 1;
                continue;
            }

            _published++;
            if (got is not null && AreEqual(published, got))
            {
                _equal++;
            }
            else
            {
                string record = values.About.Record + (values.ValidFrom is { } day ? " @ " + Day.Text(day) : "");
                _differences.Add(new Difference(record, output, published, got ?? (computed is null ? "no such record" : "no such output"))
                {
                    Known = KnownOf(values, (record, output), computed),
                });
            }
        }
    }

    /// <summary>What was counted.</summary>
    public ComparedTable Result() => new(table.Title, _published, _equal, _notPublished, [.. _differences]);

    /// <summary>Texts must be the same; numbers may differ by what the table allows, after its rounding.</summary>
    private bool AreEqual(string published, string got)
    {
        if (published == got)
        {
            return true;
        }

        if (!decimal.TryParse(published, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal expected)
            || !decimal.TryParse(got, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        return Math.Abs(Rounded(number) - expected) <= table.Within;
    }

    private decimal Rounded(decimal number)
    {
        if (table.RoundHalfUp is not { } places)
        {
            return number;
        }

        decimal step = 1;
        for (int i = 0; i < places; i++)
        {
            step /= 10;
        }

        return decimal.Floor((number / step) + 0.5m) * step;
    }

    private KnownDifference? KnownOf(Statement values, (string Record, string Output) place, IReadOnlyDictionary<string, string>? computed) => proof.Known.FirstOrDefault(known =>
        (known.Titles.IsEmpty || known.Titles.Contains(table.Title))
        && (known.Outputs.IsEmpty || known.Outputs.Contains(place.Output))
        && (known.Records.IsEmpty || known.Records.Contains(values.About.Record) || known.Records.Contains(place.Record))
        && known.When.All(condition => computed?.GetValueOrDefault(condition.Key) == condition.Value));
}
