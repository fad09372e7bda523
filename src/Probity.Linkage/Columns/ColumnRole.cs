namespace Probity.Linkage;

/// <summary>What a column of an input means to linkage.</summary>
public enum ColumnRole
{
    /// <summary>Not used.</summary>
    Ignored,

    /// <summary>The record's identifier in its source: unique and never empty.</summary>
    Id,

    /// <summary>The organisation's name.</summary>
    Name,

    /// <summary>A further name: trading name, former name. Used where the name is empty.</summary>
    OtherName,

    /// <summary>A line of the address; several are joined in their order.</summary>
    Address,

    /// <summary>Postcode or ZIP code.</summary>
    Postcode,

    /// <summary>Town or city.</summary>
    City,

    /// <summary>Telephone number.</summary>
    Telephone,

    /// <summary>Web site or e-mail address: only its domain counts.</summary>
    Web,

    /// <summary>The day or year when the organisation was founded or incorporated.</summary>
    Founded,

    /// <summary>A number of one <see cref="IdentifierScheme"/>.</summary>
    Identifier,
}

/// <summary>What was decided about one column.</summary>
/// <param name="Column">The column's name as the input gives it.</param>
/// <param name="Role">What it means.</param>
/// <param name="Scheme">The scheme's code for an identifier; else empty. "vat" stands for the scheme of each number's own country letters.</param>
public sealed record ColumnUse(string Column, ColumnRole Role, string Scheme);
