namespace Probity.Linkage;

/// <summary>How near two addresses are, from one premises to elsewhere. One scale for number, street, unit, postcode and city, because they are one fact.</summary>
internal enum AddressLevel : byte
{
    /// <summary>Nothing to compare.</summary>
    Missing,

    /// <summary>Number and street agree; unit and postcode do not differ.</summary>
    SamePremises,

    /// <summary>The same, but at an address that many records share: a business centre, a registration agent.</summary>
    CrowdedPremises,

    /// <summary>Number and street agree, units differ.</summary>
    OtherUnit,

    /// <summary>Number and street agree, postcodes differ.</summary>
    OtherPostcode,

    /// <summary>Number and postcode agree, streets do not.</summary>
    SameNumberAndPostcode,

    /// <summary>Streets agree, numbers differ.</summary>
    SameStreet,

    /// <summary>Streets agree, a number is missing.</summary>
    StreetWithoutNumber,

    /// <summary>Postcodes agree, the rest is missing.</summary>
    SamePostcode,

    /// <summary>Cities agree, the rest is missing.</summary>
    SameCity,

    /// <summary>Nothing agrees.</summary>
    Elsewhere,

    /// <summary>Postcodes agree, numbers or streets differ.</summary>
    OtherInPostcode,

    /// <summary>Cities agree, postcodes or streets differ.</summary>
    OtherInCity,
}
