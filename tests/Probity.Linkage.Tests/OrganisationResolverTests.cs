using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class OrganisationResolverTests
{
    private static readonly Provenance Food = new("fhrs", "food", "Food Law Code of Practice", "public information");
    private static readonly RecordId Cafe = new("fhrs", "592");
    private static readonly RecordId Bakery = new("fhrs", "593");

    [Fact]
    public void Each_record_with_an_identity_is_one_organisation()
    {
        Resolution resolution = Read(Identity(Cafe), Identity(Bakery), Identity(Cafe)).Resolve();
        Assert.Equal(2, resolution.Records);
        Assert.Equal(OrganisationId.FirstSeenAs(Cafe), resolution.Of(Cafe));
        Assert.Equal(OrganisationId.FirstSeenAs(Bakery), resolution.Of(Bakery));
        Assert.Null(resolution.Of(new RecordId("fhrs", "594")));
        Assert.Empty(resolution.Redirects);
    }

    [Fact]
    public void A_dossier_holds_its_records_statements_in_ledger_order_also_those_before_the_identity()
    {
        Dossier[] dossiers = [.. Read(Finding(Bakery), Identity(Cafe), Finding(Cafe), Identity(Bakery), Finding(Cafe)).Dossiers()];
        Assert.Equal([OrganisationId.FirstSeenAs(Cafe), OrganisationId.FirstSeenAs(Bakery)], dossiers.Select(dossier => dossier.Organisation));
        Assert.Equal([1, 2, 4], dossiers[0].Entries.Select(entry => entry.Index));
        Assert.Equal([0, 3], dossiers[1].Entries.Select(entry => entry.Index));
    }

    [Fact]
    public void The_same_record_number_of_two_sources_is_two_organisations()
    {
        Resolution resolution = Read(Identity(Cafe), Identity(new RecordId("ratings", "592"))).Resolve();
        Assert.NotEqual(resolution.Of(Cafe), resolution.Of(new RecordId("ratings", "592")));
    }

    [Fact]
    public void A_finding_about_nobody_is_shown_as_unresolved()
    {
        OrganisationResolver resolver = Read(Finding(Bakery), Identity(Cafe));
        Assert.Equal(0, Assert.Single(resolver.Unresolved()).Index);
        Assert.Equal(OrganisationId.FirstSeenAs(Cafe), Assert.Single(resolver.Dossiers()).Organisation);
    }

    [Fact]
    public void Publications_and_runs_belong_to_no_dossier()
    {
        var occasion = Occasion.Of("methodology", null);
        OrganisationResolver resolver = Read(Identity(Cafe), Statement.Of(StatementKind.Publication, Food, Cafe, occasion, Fields.Empty));
        Assert.Single(Assert.Single(resolver.Dossiers()).Entries);
        Assert.Empty(resolver.Unresolved());
    }

    [Fact]
    public void Entries_out_of_order_are_a_broken_invariant()
    {
        OrganisationResolver resolver = Read(Identity(Cafe));
        Assert.Throws<ArgumentException>(() => resolver.Add(new Entry(0, Finding(Cafe))));
    }

    [Fact]
    public void A_record_belongs_to_the_organisation_of_its_latest_membership_and_its_entries_with_it()
    {
        OrganisationResolver resolver = Read(Identity(Cafe), Finding(Bakery), Identity(Bakery), Member(Bakery, Cafe));
        Dossier dossier = Assert.Single(resolver.Dossiers());
        Assert.Equal((OrganisationId.FirstSeenAs(Cafe), 3), (dossier.Organisation, dossier.Entries.Length));
        Assert.Equal(resolver.Resolve().Of(Cafe), resolver.Resolve().Of(Bakery));
        Assert.Equal(2, Read(Identity(Cafe), Identity(Bakery), Member(Bakery, Cafe), Member(Bakery, Bakery)).Dossiers().Count());
    }

    [Fact]
    public void A_merged_identifier_redirects_for_ever_and_on_to_where_that_went()
    {
        OrganisationId[] ids = [.. new[] { Cafe, Bakery, new RecordId("fhrs", "594") }.Select(OrganisationId.FirstSeenAs)];
        Resolution resolution = Read(
            ContinuationStatement.Of(new ContinuationEvent.Merged(ids[0], ids[1]), Food),
            ContinuationStatement.Of(new ContinuationEvent.Merged(ids[1], ids[2]), Food)).Resolve();
        Assert.Equal([ids[2], ids[2], ids[2]], ids.Select(resolution.Current));
    }

    [Fact]
    public void A_membership_of_an_identifier_that_its_founder_does_not_give_says_nothing()
    {
        Statement true_ = Member(Bakery, Cafe);
        Statement forged = Statement.Of(StatementKind.Linkage, Food, Bakery, Occasion.Of("member", null), Fields.Of(
            ("organisation", Value.Of(OrganisationId.FirstSeenAs(Bakery).ToString())), ("founder", true_.Body["founder"]!)));
        Assert.NotNull(Membership.Of(true_));
        Assert.Null(Membership.Of(forged));
        Assert.Equal(2, Read(Identity(Cafe), Identity(Bakery), forged).Dossiers().Count());
    }

    [Fact]
    public void A_membership_and_a_judgement_say_the_same_when_read_back()
    {
        var ground = new LinkGround(Cafe, 0.99995, Judged: false, [new WaterfallStep("prior", "two records at random", -12.25), new WaterfallStep("name", "the same", 26.5)], new LinkRules(0.999, Digest.Of([1]), Digest.Of([2])));
        Membership read = Membership.Of(new Membership(Bakery, Cafe, ground).ToStatement(Food))!;
        Assert.Equal((Bakery, Cafe, ground.Probability, ground.Rules, Cafe), (read.Record, read.Founder, read.Ground.Probability, read.Ground.Rules, read.Ground.Partner));
        Assert.Equal(ground.Waterfall.AsEnumerable(), read.Ground.Waterfall);
        var judgement = new RecordJudgement(Bakery, Cafe, Verdict.NotSame, "A. Clerk, registrar", "two owners", 7, Revoked: false);
        RecordJudgement back = JudgementStatement.Read(new Entry(7, JudgementStatement.Of(judgement, Food, "2026-05-12T10:00:00Z")))!;
        Assert.Equal(judgement with { One = Cafe, Other = Bakery }, back);
    }

    private static Statement Member(RecordId record, RecordId founder) =>
        new Membership(record, founder, new LinkGround(founder, 0.2, Judged: true, [], new LinkRules(0.999, default, default))).ToStatement(Food);

    private static OrganisationResolver Read(params Statement[] statements)
    {
        var resolver = new OrganisationResolver();
        for (int i = 0; i < statements.Length; i++)
        {
            resolver.Add(new Entry(i, statements[i]));
        }

        return resolver;
    }

    private static Statement Identity(RecordId record) => Statement.Identity(Food, record, SubjectKind.Establishment, Fields.Empty);

    private static Statement Finding(RecordId record) =>
        Statement.Finding(Food, record, SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 2, 12)), Fields.Empty);
}
