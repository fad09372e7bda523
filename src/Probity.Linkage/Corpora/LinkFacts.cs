namespace Probity.Linkage;

/// <summary>A number of a checked scheme that a record carries.</summary>
/// <param name="Scheme">Place of the scheme in the corpus's list.</param>
/// <param name="Value">Number of the value in the corpus's lexicon.</param>
internal readonly record struct RecordIdentifier(short Scheme, int Value);

/// <summary>A record, taken apart for comparison. Numbers are those of the corpus's lexicons; −1 or 0 where a part is absent.</summary>
internal sealed class LinkFacts
{
    /// <summary>The name; no words where it is empty.</summary>
    public required NameWords Name { get; init; }

    /// <summary>The address.</summary>
    public required AddressWords Address { get; init; }

    /// <summary>The last nine digits of the telephone number, with a leading 1 that keeps zeros; 0 where there is none.</summary>
    public required ulong Telephone { get; init; }

    /// <summary>The web domain; −1 where there is none.</summary>
    public required int Domain { get; init; }

    /// <summary>Identifiers that passed their check, in the order of the columns.</summary>
    public required RecordIdentifier[] Identifiers { get; set; }

    /// <summary>How many records share the telephone number; 0 where there is none.</summary>
    public int TelephoneRecords { get; set; }

    /// <summary>How many records share the domain; 0 where there is none.</summary>
    public int DomainRecords { get; set; }

    /// <summary>How many records share house number, street and postcode.</summary>
    public int PremisesRecords { get; set; }
}
