using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Linkage;

namespace Probity.Pipeline;

/// <summary>What a register's linkage came to, as the report that its ledger entry names and the page /linkage shows (formats/linkage.md).</summary>
internal sealed class LinkageReportText
{
    private const int MostPairs = 1_000;
    private const int MostClusters = 20;

    private readonly LinkageQuestion _question;

    /// <summary>Makes the report, after what was concluded was added to what the question says was before.</summary>
    public LinkageReportText(LinkageQuestion question, Relinking linked, LinkageConclusion conclusion, bool weightsChanged, DateTimeOffset at)
    {
        _question = question;
        Merged = conclusion.Events.Count(one => one is ContinuationEvent.Merged);
        Split = conclusion.Events.Count - Merged;
        Joined = conclusion.Joined;
        HashSet<(RecordId, RecordId)> apart = [.. RecordJudgement.InForce(question.Judgements.OrderBy(one => one.Order))
            .Where(one => one.Verdict == Verdict.NotSame).Select(one => HomesOf(one.One, one.Other))];
        LinkedPair[] doubtful = [.. linked.Doubtful((one, other) => FounderOf(one) != FounderOf(other)).Where(pair => !apart.Contains(HomesOf(pair.One, pair.Other)))];
        Doubtful = doubtful.Length;
        RecordId[][] organisations = [.. question.Records.GroupBy(record => FounderOf(record.Id)).Select(group => group.Select(record => record.Id).Order().ToArray())];
        var report = new JsonObject
        {
            ["at"] = at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["records"] = question.Records.Count,
            ["organisations"] = organisations.Length,
            ["threshold"] = question.Specification.Threshold,
            ["weights_changed"] = weightsChanged,
            ["blocking_recall_estimate"] = linked.BlockingRecall,
            ["pairs_compared"] = linked.Compared,
            ["everything_compared"] = linked.IsEverythingCompared,
            ["joins_refused"] = linked.JoinsRefused,
            ["joined"] = Joined,
            ["merged"] = Events(conclusion.Events.OfType<ContinuationEvent.Merged>().Select(one => (one.From, one.Into))),
            ["split"] = Events(conclusion.Events.OfType<ContinuationEvent.Split>().Select(one => (one.From, one.New))),
            ["bands"] = Bands(linked),
            ["calibration"] = Of(linked.Calibrate()),
            ["doubtful_pairs"] = Doubtful,
            ["doubtful"] = new JsonArray([.. doubtful.Take(MostPairs).Select(Of)]),
            ["biggest"] = Clusters(organisations.Where(one => one.Length > 1).OrderByDescending(one => one.Length).ThenBy(one => one[0])),
            ["weakest"] = Clusters(organisations.Where(one => WeakestOf(one) is not null).OrderBy(WeakestOf).ThenBy(one => one[0])),
            ["placeholders"] = new JsonArray([.. linked.Placeholders.Select(one => (JsonNode)one)]),
            ["without_name"] = linked.Unnamed,
            ["failed_checks"] = new JsonObject(linked.FailedChecks.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
            ["contradictions"] = new JsonArray([.. linked.Contradictions.Select(Of)]),
        };
        Json = JsonNode.Parse(report.ToJsonString())!.AsObject(); // as every reader of it sees it, also in this process
    }

    /// <summary>The report.</summary>
    public JsonObject Json { get; }

    /// <summary>Records that were new and joined an organisation of others.</summary>
    public int Joined { get; }

    /// <summary>Identifiers that redirect from now on.</summary>
    public int Merged { get; }

    /// <summary>Organisations that records of others became.</summary>
    public int Split { get; }

    /// <summary>Pairs that wait for a person's judgement.</summary>
    public int Doubtful { get; }

    /// <summary>Contradictions between judgements.</summary>
    public int Contradictions => Json["contradictions"]!.AsArray().Count;

    /// <summary>A pair with its waterfall.</summary>
    public static JsonObject Of(LinkedPair pair) => new()
    {
        ["one"] = Of(pair.One),
        ["other"] = Of(pair.Other),
        ["probability"] = Rounded(pair.Probability),
        ["waterfall"] = Of(pair.Waterfall),
    };

    private static JsonArray Of(IEnumerable<WaterfallStep> waterfall) =>
        new([.. waterfall.Select(step => (JsonNode)new JsonObject { ["field"] = step.Field, ["outcome"] = step.Outcome, ["bits"] = Math.Round(step.Bits, 2, MidpointRounding.ToEven) })]);

    private static JsonObject Of(Calibration calibration) => new()
    {
        ["judged_pairs"] = calibration.Pairs,
        ["brier_score"] = calibration.Brier is { } score ? Rounded(score) : null,
        ["bands"] = new JsonArray([.. calibration.Bands.Select(band =>
            (JsonNode)new JsonObject { ["from"] = band.From, ["pairs"] = band.Pairs, ["mean_probability"] = Rounded(band.MeanProbability), ["same"] = band.Same })]),
    };

    private static JsonObject Of(RecordId record) => new() { ["source"] = record.Source, ["record"] = record.Record };

    private static JsonObject Of(Contradiction contradiction)
    {
        (string key, JsonObject against) = contradiction switch
        {
            Contradiction.OfJudgements one => ("not_same", Of(one.NotSame)),
            Contradiction.OfNumbers one => ("numbers", Of(one.Numbers)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new JsonObject { [key] = against, ["chain"] = new JsonArray([.. contradiction.Chain.Select(one => (JsonNode)Of(one))]) };
    }

    private static JsonObject Of(NumberClash clash) => new()
    {
        ["scheme"] = clash.Scheme,
        ["one"] = Of(clash.One),
        ["number"] = clash.Number,
        ["other"] = Of(clash.Other),
        ["other_number"] = clash.OtherNumber,
    };

    private static JsonObject Of(RecordJudgement judgement) => new()
    {
        ["entry"] = judgement.Order,
        ["one"] = Of(judgement.One),
        ["other"] = Of(judgement.Other),
        ["author"] = judgement.Author,
        ["reason"] = judgement.Reason,
    };

    private static JsonArray Events(IEnumerable<(OrganisationId From, OrganisationId To)> events) =>
        new([.. events.Select(one => (JsonNode)new JsonObject { ["from"] = one.From.ToString(), ["to"] = one.To.ToString() })]);

    /// <summary>The two organisations of a pair, by the records that founded them, the earlier first.</summary>
    private (RecordId, RecordId) HomesOf(RecordId one, RecordId other) =>
        FounderOf(one).CompareTo(FounderOf(other)) < 0 ? (FounderOf(one), FounderOf(other)) : (FounderOf(other), FounderOf(one));

    private RecordId FounderOf(RecordId record) => _question.Before.FounderOf(record);

    private JsonArray Bands(Relinking linked)
    {
        long[] pairs = new long[10];
        long[] together = new long[10];
        foreach ((RecordId one, RecordId other, double probability) in linked.PairProbabilities())
        {
            int band = Math.Min(9, (int)(probability * 10));
            pairs[band]++;
            together[band] += FounderOf(one) == FounderOf(other) ? 1 : 0;
        }

        return new JsonArray([.. Enumerable.Range(2, 8).Select(band => (JsonNode)new JsonObject { ["from"] = band / 10m, ["pairs"] = pairs[band], ["linked"] = together[band] })]);
    }

    private JsonArray Clusters(IEnumerable<RecordId[]> organisations) => new([.. organisations.Take(MostClusters).Select(records => (JsonNode)new JsonObject
    {
        ["organisation"] = OrganisationId.FirstSeenAs(FounderOf(records[0])).ToString(),
        ["records"] = records.Length,
        ["weakest_link"] = WeakestOf(records) is { } weakest ? Rounded(weakest) : null,
        ["judged"] = GroundsOf(records).Count(ground => ground.Judged),
    })]);

    /// <summary>The least probability by which the score ties a record to its organisation; null where people's judgements tie all.</summary>
    private double? WeakestOf(RecordId[] records) => GroundsOf(records).Where(ground => !ground.Judged).Min(ground => ground.Probability);

    /// <summary>Why each record belongs to its organisation; the one that founded it has no ground.</summary>
    private IEnumerable<LinkGround> GroundsOf(RecordId[] records) =>
        records.Select(record => _question.Before.Memberships.GetValueOrDefault(record)?.Ground).OfType<LinkGround>().Where(ground => ground.Partner is not null);

    private static double Rounded(double probability) => Math.Round(probability, 6, MidpointRounding.ToEven);
}
