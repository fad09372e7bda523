namespace Probity.Linkage;

/// <summary>Compares two addresses part by part.</summary>
internal sealed class AddressComparison(Lexicon lexicon)
{
    /// <summary>How near two addresses are.</summary>
    public AddressLevel Compare(RecordView one, RecordView other)
    {
        ref readonly LinkFacts a = ref one.Facts;
        ref readonly LinkFacts b = ref other.Facts;
        bool number = a.Number != 0 && a.Number == b.Number;
        bool postcodes = a.Postcode != 0 && b.Postcode != 0;
        bool postcode = postcodes && a.Postcode == b.Postcode;
        bool cities = a.City != 0 && b.City != 0;
        bool streets = a.StreetWords > 0 && b.StreetWords > 0;
        bool street = streets && (number || !postcodes || postcode) && SameStreet(one, other);
        if (street && number)
        {
            return postcodes && !postcode ? (cities && a.City != b.City ? AddressLevel.Elsewhere : AddressLevel.OtherPostcode)
                : a.Unit != 0 && b.Unit != 0 && a.Unit != b.Unit ? AddressLevel.OtherUnit
                : a.IsCrowded && b.IsCrowded ? AddressLevel.CrowdedPremises
                : AddressLevel.SamePremises;
        }

        if (number && postcode)
        {
            return a.StreetWords == 0 && b.StreetWords == 0 ? AddressLevel.SamePremises : AddressLevel.SameNumberAndPostcode;
        }

        return street && !(postcodes && !postcode) ? (a.Number != 0 && b.Number != 0 ? AddressLevel.SameStreet : AddressLevel.StreetWithoutNumber)
            : postcode ? (streets || (a.Number != 0 && b.Number != 0) ? AddressLevel.OtherInPostcode : AddressLevel.SamePostcode)
            : cities && a.City == b.City ? (streets || postcodes ? AddressLevel.OtherInCity : AddressLevel.SameCity)
            : streets || postcodes || cities ? AddressLevel.Elsewhere
            : AddressLevel.Missing;
    }

    private bool SameStreet(RecordView one, RecordView other)
    {
        ref readonly LinkFacts a = ref one.Facts;
        ref readonly LinkFacts b = ref other.Facts;
        if (a.Direction != 0 && b.Direction != 0 && a.Direction != b.Direction)
        {
            return false;
        }

        int agree = 0;
        foreach (WordUse word in one.Street)
        {
            foreach (WordUse another in other.Street)
            {
                if (word.Id == another.Id || Near(word, another))
                {
                    agree++;
                    break;
                }
            }
        }

        return agree > 0 && agree * 2 >= Math.Min(a.StreetWords, b.StreetWords);
    }

    private bool Near(in WordUse x, in WordUse y)
    {
        int longest = Math.Max(x.Length, y.Length);
        int most = longest >= 8 ? 2 : 1;
        return longest >= 5
            && !WordUse.Far(x, y, most)
            && x.Kind != WordKind.Number
            && y.Kind != WordKind.Number
            && EditDistance.Within(lexicon.Text(x.Id), lexicon.Text(y.Id), most);
    }
}
