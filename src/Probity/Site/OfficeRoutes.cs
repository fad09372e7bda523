using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Antiforgery;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Pipeline;
using Probity.Register;

namespace Probity.Site;

/// <summary>Who judges on the case officer's pages.</summary>
/// <param name="Officer">Name and role, as they stand beside each judgement.</param>
/// <param name="DataFolder">The register's data folder.</param>
public sealed record Office(string Officer, string DataFolder);

/// <summary>
/// The case officer's pages: the queue of doubtful pairs, one pair side by side, and the form that judges it. They exist only where the program was started
/// as an office, which listens on this machine only; the public site has no address that writes.
/// </summary>
internal static class OfficeRoutes
{
    /// <summary>Probability from which a pair is doubtful.</summary>
    private const double Doubtful = 0.2;

    /// <summary>Where the officer begins.</summary>
    public const string Start = "/office";

    public static void Map(IEndpointRouteBuilder site, SiteOptions options, Office office)
    {
        var evidence = new PairEvidence(options.Reader);
        PageRoutes.Get(site, options, Start, (context, visit) => Uncached(context, () => Queue(context, visit, office)));
        PageRoutes.Get(site, options, "/office/pair", (context, visit) => Uncached(context, () => Pair(context, visit, (office, evidence), problem: "")));
        site.MapPost("/office/judgement", (HttpContext context) => Judge(context, options, (office, evidence)));
    }

    private static Task Queue(HttpContext context, Visit visit, Office office)
    {
        RegisterReader reader = visit.Site.Reader;
        IReadOnlyList<DoubtfulPair> waiting = DoubtfulPair.Asked(reader);
        int pages = Math.Max(1, (waiting.Count + OfficePage.PairsAPage - 1) / OfficePage.PairsAPage);
        int page = int.TryParse(context.Request.Query["page"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Clamp(asked, 1, pages) : 1;
        RecordJudgement[] judgements = [.. reader.Linkage.Judgements(reader.Current).Reverse()];
        var judging = new Judging(reader, office.DataFolder, visit.Site.Clock);
        IEnumerable<RecordId> shown = waiting.Skip((page - 1) * OfficePage.PairsAPage).Take(OfficePage.PairsAPage).SelectMany(pair => new[] { pair.One, pair.Other })
            .Concat(judgements.Take(OfficePage.JudgementsShown).SelectMany(judged => new[] { judged.One, judged.Other }));
        IReadOnlyDictionary<RecordId, string> names = shown.Distinct().ToDictionary(record => record, record => DoubtfulPair.NameAndPlaceOf(judging.Find(record)));
        JsonArray contradictions = reader.Linkage.LastRun(reader.Current)?.Report["contradictions"]?.AsArray() ?? [];
        return PageRoutes.Page<OfficePage>(
            context, visit, ("Waiting", waiting), ("Names", names), ("Page", page), ("Judgements", judgements), ("Contradicted", contradictions), ("Recorded", context.Request.Query["recorded"].ToString()));
    }

    private static Task Pair(HttpContext context, Visit visit, (Office Office, PairEvidence Evidence) at, string problem)
    {
        RegisterReader reader = visit.Site.Reader;
        IFormCollection? form = context.Request.HasFormContentType ? context.Request.Form : null;
        string Asked(string name) => form is null ? context.Request.Query[name].ToString() : form[name].ToString();
        var judging = new Judging(reader, at.Office.DataFolder, visit.Site.Clock);
        if (!RecordId.TryParse(Asked("one"), out RecordId one) || !RecordId.TryParse(Asked("other"), out RecordId other) || judging.Find(one) is not { } first || judging.Find(other) is not { } second || one == other)
        {
            return Messages.NotFound(visit.Site, context);
        }

        RecordJudgement[] judged = [.. reader.Linkage.Judgements(reader.Current).Where(judgement => new[] { judgement.One, judgement.Other }.Order().SequenceEqual(new[] { one, other }.Order()))];
        var same = new RecordJudgement(one, other, Verdict.Same, at.Office.Officer, "", 0, Revoked: false);
        AntiforgeryTokenSet tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var sheet = new PairSheet(first, second, EvidenceOf(reader, first, second, at.Evidence), judged, at.Office.Officer)
        {
            Token = (tokens.FormFieldName, tokens.RequestToken!),
            Problem = problem,
            Typed = problem.Length == 0 ? ("", "") : (Asked("verdict"), Asked("reason")),
            Contradicted = judging.ClashOf(same) is { } clash ? Judging.Said(clash, same) : "",
        };
        return PageRoutes.Page<PairPage>(context, visit, ("Sheet", sheet));
    }

    /// <summary>The evidence between two records: as the report of the last run lists it, as the conclusion about one of them states it, or else as it is now.</summary>
    private static ShownEvidence EvidenceOf(RegisterReader reader, JudgedRecord one, JudgedRecord other, PairEvidence evidence)
    {
        LinkageStated? stated = reader.Linkage.LastRun(reader.Current);
        if (stated is not null && DoubtfulPair.Waiting(stated, []).FirstOrDefault(pair => (pair.One == one.Record && pair.Other == other.Record) || (pair.One == other.Record && pair.Other == one.Record)) is { } doubtful)
        {
            return new ShownEvidence("", doubtful.Waterfall, doubtful.Probability);
        }

        if (reader.Find(one.Organisation, reader.Current)?.Records.FirstOrDefault(record => Joins(record, one.Record, other.Record))?.Membership?.Ground is { } ground)
        {
            return new ShownEvidence(ground.Judged ? "A person's judgement joined these two." : "The last run joined these two.", ground.Waterfall, ground.Probability);
        }

        (LinkedPair? pair, string whyNone) = evidence.Of(one, other);
        return pair is null
            ? new ShownEvidence("The last run did not list this pair. " + whyNone, [], null)
            : new ShownEvidence(WhyUnlisted(pair, one.Organisation == other.Organisation, (double)stated!.Report["threshold"]!) + " Between the two alone:", pair.Waterfall, pair.Probability);
    }

    /// <summary>Why a pair is neither listed as doubtful nor what a conclusion rests on.</summary>
    private static string WhyUnlisted(LinkedPair pair, bool joined, double threshold) =>
        joined ? "The two are one organisation by way of other records, or by another judgement."
        : pair.Waterfall.Any(step => step.Field == "veto") ? "The two are not one organisation: a veto decides, and nobody is asked."
        : pair.Probability >= threshold ? "The two alike would be one organisation; what is known of their organisations' other records, or a person's judgement, keeps them apart."
        : pair.Probability < Doubtful ? "The two have too little in common for anybody to be asked."
        : "Nobody is asked about these two: they were judged, or a thousand other pairs are likelier.";

    /// <summary>True where the last conclusion about one of the two records rests on the other.</summary>
    private static bool Joins(LinkedRecord record, RecordId one, RecordId other) =>
        (record.Record == one && record.Membership?.Ground.Partner == other) || (record.Record == other && record.Membership?.Ground.Partner == one);

    private static async Task Judge(HttpContext context, SiteOptions options, (Office Office, PairEvidence Evidence) at)
    {
        (Visit? visit, string problem) = Visit.Of(options, context.Request);
        if (visit is null || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            await Messages.WrongUse(options, context, visit is null ? problem : "This form was not sent from the office's own page, or is too old. Open the pair again and send it from there.");
            return;
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string word = form["verdict"].ToString();
        bool revoked = word == "revoked";
        Verdict verdict = Verdict.Unsure;
        if ((!revoked && !JudgementStatement.TryParse(word, out verdict)) || !RecordId.TryParse(form["one"].ToString(), out RecordId one) || !RecordId.TryParse(form["other"].ToString(), out RecordId other))
        {
            await Uncached(context, () => Pair(context, visit, at, "Choose one of the answers."));
            return;
        }

        var judging = new Judging(options.Reader, at.Office.DataFolder, options.Clock);
        (long index, JudgementRefusal? refusal) = judging.Record(new RecordJudgement(one, other, verdict, at.Office.Officer, form["reason"].ToString().Trim(), 0, revoked));
        if (refusal is not null)
        {
            await Uncached(context, () => Pair(context, visit, at, Sentence(refusal.Reason)));
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"/office?recorded={index}";
    }

    private static Task Uncached(HttpContext context, Func<Task> answer)
    {
        context.Items[PageWriter.Uncached] = true;
        return answer();
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}

/// <summary>A pair side by side, as the case officer sees it.</summary>
/// <param name="One">A record.</param>
/// <param name="Other">Another.</param>
/// <param name="Evidence">The evidence between them.</param>
/// <param name="Judged">What was judged of them so far, in ledger order.</param>
/// <param name="Officer">Who judges.</param>
public sealed record PairSheet(JudgedRecord One, JudgedRecord Other, ShownEvidence Evidence, IReadOnlyList<RecordJudgement> Judged, string Officer)
{
    /// <summary>The name and value of the field that proves that the form came from this page.</summary>
    public required (string Name, string Value) Token { get; init; }

    /// <summary>Why the judgement was not recorded; empty where it was not tried.</summary>
    public required string Problem { get; init; }

    /// <summary>The answer and the reason that were sent where they were not recorded, so that nothing typed is lost; else empty.</summary>
    public required (string Verdict, string Reason) Typed { get; init; }

    /// <summary>The numbers by which "same" would join nothing, in words; empty where there are none.</summary>
    public required string Contradicted { get; init; }

    /// <summary>Whether "the same" is in force.</summary>
    public bool IsJudgedSame => IsJudged && Judged[^1].Verdict == Verdict.Same;

    /// <summary>Whether a judgement of the two is in force.</summary>
    public bool IsJudged => Judged.Count > 0 && !Judged[^1].Revoked;
}

/// <summary>The evidence of a pair as it is shown.</summary>
/// <param name="Words">How it bears on the two, or why there is none; empty where it is what somebody is asked about.</param>
/// <param name="Waterfall">Step by step; empty where there is none.</param>
/// <param name="Probability">What it comes to, 0 to 1; null where there is none.</param>
public sealed record ShownEvidence(string Words, ImmutableArray<WaterfallStep> Waterfall, double? Probability);
