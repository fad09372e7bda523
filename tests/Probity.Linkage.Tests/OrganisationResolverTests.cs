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
