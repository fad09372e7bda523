using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Rating.Columns;

/// <summary>All evidence a methodology may use, of all organisations, as columns: what a ledger of a size says, for any day.</summary>
/// <param name="kind">The kind of subject the methodology rates.</param>
/// <param name="organisations">Identifiers, ascending.</param>
/// <param name="subjects">What kind each organisation is.</param>
/// <param name="types">The columns by evidence type, in the order of their names.</param>
internal sealed class EvidenceFrame(SubjectKind kind, ImmutableArray<OrganisationId> organisations, ImmutableArray<SubjectKind> subjects, ImmutableArray<EvidenceColumns> types)
{
    /// <summary>How many organisations.</summary>
    public int Count => organisations.Length;

    /// <summary>Identifiers, ascending.</summary>
    public ImmutableArray<OrganisationId> Organisations => organisations;

    /// <summary>What kind each organisation is.</summary>
    public ImmutableArray<SubjectKind> Subjects => subjects;

    /// <summary>The columns by evidence type, in the order of their names.</summary>
    public ImmutableArray<EvidenceColumns> Types => types;

    /// <summary>For each organisation whether it is of the kind the methodology rates.</summary>
    public ImmutableArray<bool> Rated { get; } = [.. subjects.Select(subject => subject == kind)];

    /// <summary>Where the statements stand, if not all in <see cref="Types"/>; null where they do.</summary>
    public Layers? Layers { get; init; }

    /// <summary>The place of an organisation; negative where it is not here.</summary>
    public int PlaceOf(OrganisationId organisation) => organisations.BinarySearch(organisation);
}
