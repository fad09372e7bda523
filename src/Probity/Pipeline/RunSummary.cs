using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger.Witnessing;
using Probity.Register;
using Probity.Witnessing;

namespace Probity.Pipeline;

/// <summary>What a run did, in figures that add up: every record read is accounted for.</summary>
internal sealed record RunSummary
{
    /// <summary>Records read from all sources.</summary>
    public required long Records { get; init; }

    /// <summary>Records that did not become statements.</summary>
    public required long RejectedRecords { get; init; }

    /// <summary>Statements that the sources gave.</summary>
    public required long Statements { get; init; }

    /// <summary>Statements that were news and were appended, without the register's own.</summary>
    public required long Appended { get; init; }

    /// <summary>Rejections by their stable code.</summary>
    public required IReadOnlyDictionary<string, long> Rejections { get; init; }

    /// <summary>Whether a whole file or address could not be read to its end.</summary>
    public required bool Incomplete { get; init; }

    /// <summary>The first rejections, to show.</summary>
    public required IReadOnlyList<Rejection> Samples { get; init; }

    /// <summary>What the views show after the run.</summary>
    public required RegisterOverview Overview { get; init; }

    /// <summary>What linkage came to; null where the register does not link or nothing that it links changed.</summary>
    public required LinkageReportText? Linkage { get; init; }

    /// <summary>The ledger after the run.</summary>
    public required long LedgerSize { get; init; }

    /// <summary>The root that was signed, as 64 hexadecimal digits.</summary>
    public required string LedgerRoot { get; init; }

    /// <summary>What the witnesses answered; null where the register asks none.</summary>
    public RoundOutcome? Witnessed { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Ratings that could be held against a published one.</summary>
    public int Comparable => Overview.Confirmed + Overview.Differing;

    /// <summary>The summary for scripts.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = Figures();
        if (Witnessed is { } round)
        {
            json["witnessed"] = WitnessWords.ToJson(round);
        }

        if (Linkage is { } linkage)
        {
            json["linkage"] = new JsonObject
            {
                ["joined"] = linkage.Joined,
                ["merged"] = linkage.Merged,
                ["split"] = linkage.Split,
                ["doubtful_pairs"] = linkage.Doubtful,
                ["contradictions"] = linkage.Contradictions,
                ["everything_compared"] = (bool)linkage.Json["everything_compared"]!,
            };
        }

        return json;
    }

    private JsonObject Figures() => new()
    {
        ["records"] = Records,
        ["rejected_records"] = RejectedRecords,
        ["statements"] = Statements,
        ["appended"] = Appended,
        ["rejections"] = Map(Rejections),
        ["incomplete"] = Incomplete,
        ["organisations"] = Overview.Count,
        ["outcomes"] = Map(Overview.Outcomes.ToDictionary(one => one.Code, one => (long)one.Count)),
        ["equal_to_published"] = Overview.Confirmed,
        ["differing_from_published"] = Overview.Differing,
        ["valid_at"] = Day.Text(Overview.AsOf.ValidAt),
        ["known_at"] = Overview.AsOf.KnownAt,
        ["ledger_size"] = LedgerSize,
        ["ledger_root"] = LedgerRoot,
        ["seconds"] = Math.Round((decimal)Elapsed.TotalSeconds, 3, MidpointRounding.AwayFromZero),
    };

    /// <summary>The summary for people.</summary>
    public IEnumerable<(string Name, string Value)> ToRows()
    {
        yield return ("records read", Number(Records));
        yield return ("statements given", Number(Statements));
        yield return ("statements appended (the rest was known)", Number(Appended));
        yield return ("records rejected", Number(RejectedRecords));
        foreach ((string code, long count) in Rejections.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            yield return ("  " + code, Number(count));
        }

        if (Linkage is { } linkage)
        {
            yield return ("new records that joined an organisation", Number(linkage.Joined));
            yield return ("organisations merged", Number(linkage.Merged));
            yield return ("organisations split off", Number(linkage.Split));
            yield return ("doubtful pairs for a person to judge", Number(linkage.Doubtful));
            yield return ("judgements contradicted by others or by numbers", Number(linkage.Contradictions));
        }

        yield return ("organisations", Number(Overview.Count));
        foreach (Tally outcome in Overview.Outcomes)
        {
            yield return ($"  {outcome.Code}{(outcome.Label == outcome.Code ? "" : " – " + outcome.Label)}", Number(outcome.Count));
        }

        yield return ("equal to the published rating", $"{Number(Overview.Confirmed)} of {Number(Comparable)}");
        yield return ("as of", Day.Text(Overview.AsOf.ValidAt));
        yield return ("ledger size", Number(LedgerSize));
        yield return ("ledger root", LedgerRoot);
        foreach ((string name, string value) in Witnessed is { } round ? WitnessWords.ToRows(round) : [])
        {
            yield return (name, value);
        }

        yield return ("time", $"{Elapsed.TotalSeconds:0.0} s");
    }

    private static JsonObject Map(IReadOnlyDictionary<string, long> counts)
    {
        var json = new JsonObject();
        foreach ((string code, long count) in counts.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            json[code] = count;
        }

        return json;
    }

    private static string Number(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
