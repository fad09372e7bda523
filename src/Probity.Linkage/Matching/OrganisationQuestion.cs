using System.Collections.Immutable;

namespace Probity.Linkage;

/// <summary>What is known of an organisation that is looked for; empty texts where nothing is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Number and street, perhaps with unit and postcode.</param>
/// <param name="Postcode">Its postcode.</param>
/// <param name="City">Its town.</param>
/// <param name="Telephone">Its telephone number.</param>
/// <param name="Web">Web site or e-mail address: only the domain counts.</param>
/// <param name="Identifiers">Code of an <see cref="IdentifierScheme"/> (or "vat") and number; one that fails its check is evidence for nothing.</param>
public sealed record OrganisationQuestion(
    string Name, string Address, string Postcode, string City, string Telephone, string Web, ImmutableArray<(string Scheme, string Number)> Identifiers)
{
    /// <summary>A question by name alone.</summary>
    public static OrganisationQuestion Named(string name) => new(name, "", "", "", "", "", []);

    /// <summary>The columns in which <see cref="Row"/> gives it.</summary>
    internal ImmutableArray<ColumnUse> Columns =>
    [
        new("name", ColumnRole.Name, ""), new("address", ColumnRole.Address, ""), new("postcode", ColumnRole.Postcode, ""), new("city", ColumnRole.City, ""),
        new("telephone", ColumnRole.Telephone, ""), new("web", ColumnRole.Web, ""), .. Identifiers.Select(identifier => new ColumnUse(identifier.Scheme, ColumnRole.Identifier, identifier.Scheme)),
    ];

    /// <summary>The question as a row of texts.</summary>
    internal string[] Row => [Name, Address, Postcode, City, Telephone, Web, .. Identifiers.Select(identifier => identifier.Number)];
}

/// <summary>A record that an index found for a question.</summary>
/// <param name="Record">The record.</param>
/// <param name="Probability">0 to 1: how sure it is that the question means this record's organisation.</param>
/// <param name="Waterfall">Why: the bits add up to log2(p / (1 − p)).</param>
public sealed record MatchCandidate(Evidence.RecordId Record, double Probability, ImmutableArray<WaterfallStep> Waterfall);
