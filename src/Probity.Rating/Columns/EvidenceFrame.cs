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
    private ImmutableArray<bool> _rated;

    /// <summary>The same organisations of the same kinds, some of them changed.</summary>
    /// <param name="under">The organisations as they were.</param>
    /// <param name="layers">Where their statements stand.</param>
    public EvidenceFrame(EvidenceFrame under, Layers layers)
        : this(under.Kind, under.Organisations, under.Subjects, []) => (_rated, Layers) = (under.Rated, layers);

    /// <summary>How many organisations.</summary>
    public int Count => organisations.Length;

    /// <summary>The kind of subject the methodology rates.</summary>
    public SubjectKind Kind => kind;

    /// <summary>Identifiers, ascending.</summary>
    public ImmutableArray<OrganisationId> Organisations => organisations;

    /// <summary>What kind each organisation is.</summary>
    public ImmutableArray<SubjectKind> Subjects => subjects;

    /// <summary>The columns by evidence type, in the order of their names.</summary>
    public ImmutableArray<EvidenceColumns> Types => types;

    /// <summary>For each organisation whether it is of the kind the methodology rates; made when first asked for.</summary>
    public ImmutableArray<bool> Rated => _rated.IsDefault ? _rated = [.. subjects.Select(subject => subject == kind)] : _rated;

    /// <summary>Where the statements stand, if not all in <see cref="Types"/>; null where they do.</summary>
    public Layers? Layers { get; init; }

    /// <summary>The place of an organisation; negative where it is not here.</summary>
    public int PlaceOf(OrganisationId organisation) => organisations.BinarySearch(organisation);
}
