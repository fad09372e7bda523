namespace Probity.Linkage;

/// <summary>A number of a checked scheme that a record carries.</summary>
/// <param name="Scheme">Place of the scheme in <see cref="IdentifierSchemes.All"/>; −1 for a placeholder, which is evidence for nothing.</param>
/// <param name="Value">Number of the value in the corpus's lexicon.</param>
internal readonly record struct RecordIdentifier(short Scheme, int Value);

/// <summary>A record, taken apart for comparison, on one line of a processor's cache. Texts are <see cref="TextKey"/>s; 0 where a part is absent.</summary>
internal struct LinkFacts
{
    /// <summary>The house number.</summary>
    public ulong Number;

    /// <summary>The unit within the house: <see cref="AddressReading.Unit"/>.</summary>
    public uint Unit;

    /// <summary>When the organisation was founded: <see cref="FoundingDate.Of"/>.</summary>
    public int Founded;

    /// <summary>The postcode.</summary>
    public ulong Postcode;

    /// <summary>The town.</summary>
    public ulong City;

    /// <summary>The last nine digits of the telephone number, with a leading 1 that keeps zeros.</summary>
    public ulong Telephone;

    /// <summary>The web domain.</summary>
    public ulong Domain;

    /// <summary>Where the record's words begin: those of the name, then those of the street.</summary>
    public int WordsAt;

    /// <summary>Where the record's identifiers begin.</summary>
    public int IdentifiersAt;

    /// <summary>How many words the name has; 0 where it is empty.</summary>
    public byte NameWords;

    /// <summary>How many words the street has.</summary>
    public byte StreetWords;

    /// <summary>How many identifiers passed their check.</summary>
    public byte Identifiers;

    /// <summary>The class of the name's legal form.</summary>
    public LegalFormClass Form;

    /// <summary>The street's side of town: n, e, s, w.</summary>
    public byte Direction;

    /// <summary>How many share the telephone number: <see cref="FieldLevels.OfShared"/>.</summary>
    public byte TelephoneShare;

    /// <summary>How many share the domain: <see cref="FieldLevels.OfShared"/>.</summary>
    public byte DomainShare;

    /// <summary>True where so many records share the premises that these say little.</summary>
    public bool IsCrowded;
}

/// <summary>A record with its words and identifiers, wherever they are kept.</summary>
/// <param name="facts">Its parts.</param>
/// <param name="words">Words of the name, then of the street.</param>
/// <param name="identifiers">Its identifiers.</param>
internal readonly ref struct RecordView(ref readonly LinkFacts facts, ReadOnlySpan<WordUse> words, ReadOnlySpan<RecordIdentifier> identifiers)
{
    private readonly ReadOnlySpan<WordUse> _words = words;

    /// <summary>Its parts.</summary>
    public readonly ref readonly LinkFacts Facts = ref facts;

    /// <summary>Identifiers that passed their check, in the order of the columns.</summary>
    public readonly ReadOnlySpan<RecordIdentifier> Identifiers = identifiers;

    /// <summary>The name.</summary>
    public NameWords Name => new(_words[..Facts.NameWords], Facts.Form);

    /// <summary>The words of the street.</summary>
    public ReadOnlySpan<WordUse> Street => _words[Facts.NameWords..];
}
