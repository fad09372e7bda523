using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Which organisation each record belongs to, after all entries given to an <see cref="OrganisationResolver"/>. An organisation keeps
/// the identifier of its first record for ever; one that was merged into another redirects to it (HTTP 308).
/// </summary>
public sealed class Resolution
{
    private readonly Dictionary<RecordId, OrganisationId> _organisations;
    private readonly Dictionary<OrganisationId, OrganisationId> _redirects;

    internal Resolution(Dictionary<RecordId, OrganisationId> organisations, Dictionary<OrganisationId, OrganisationId> redirects) =>
        (_organisations, _redirects) = (organisations, redirects);

    /// <summary>How many records have an organisation.</summary>
    public int Records => _organisations.Count;

    /// <summary>Merged identifiers and the organisation each now stands for; empty while nothing was merged.</summary>
    public IReadOnlyDictionary<OrganisationId, OrganisationId> Redirects => _redirects;

    /// <summary>The organisation of a record; null where no identity statement names the record.</summary>
    public OrganisationId? Of(RecordId record) => _organisations.TryGetValue(record, out OrganisationId id) ? id : null;

    /// <summary>The organisation that an identifier stands for now: itself, or what it was merged into, and that in turn.</summary>
    public OrganisationId Current(OrganisationId id) => Follow(id, from => _redirects.TryGetValue(from, out OrganisationId into) ? into : null);

    /// <summary>Follows redirects to their end; of redirects that lead back, which no register makes, the first that was met before.</summary>
    /// <param name="id">Where to begin.</param>
    /// <param name="next">What an identifier redirects to; null where it does not.</param>
    public static OrganisationId Follow(OrganisationId id, Func<OrganisationId, OrganisationId?> next)
    {
        var met = new HashSet<OrganisationId>();
        while (met.Add(id) && next(id) is { } into)
        {
            id = into;
        }

        return id;
    }
}
