using System.Numerics;

namespace Probity.Linkage;

/// <summary>An address as numbers of a <see cref="Lexicon"/>; −1 where a part is absent.</summary>
internal readonly record struct AddressWords(int Number, int Unit, int Direction, int[] Street, int Postcode, int City)
{
    /// <summary>An address that says nothing.</summary>
    public static AddressWords None { get; } = new(-1, -1, -1, [], -1, -1);
}

/// <summary>Compares two addresses part by part.</summary>
internal sealed class AddressComparison(Lexicon lexicon)
{
    /// <summary>How near two addresses are; never <see cref="AddressLevel.CrowdedPremises"/>, which only a corpus can tell.</summary>
    public AddressLevel Compare(in AddressWords a, in AddressWords b)
    {
        bool streets = a.Street.Length > 0 && b.Street.Length > 0;
        bool street = streets && SameStreet(a, b);
        bool numbers = a.Number >= 0 && b.Number >= 0;
        bool number = numbers && a.Number == b.Number;
        bool postcodes = a.Postcode >= 0 && b.Postcode >= 0;
        bool postcode = postcodes && a.Postcode == b.Postcode;
        if (street && number)
        {
            return postcodes && !postcode ? AddressLevel.OtherPostcode
                : a.Unit >= 0 && b.Unit >= 0 && a.Unit != b.Unit ? AddressLevel.OtherUnit
                : AddressLevel.SamePremises;
        }

        if (number && postcode)
        {
            return AddressLevel.SameNumberAndPostcode;
        }

        bool cities = a.City >= 0 && b.City >= 0;
        return street && !(postcodes && !postcode) ? (numbers ? AddressLevel.SameStreet : AddressLevel.StreetWithoutNumber)
            : postcode ? AddressLevel.SamePostcode
            : cities && a.City == b.City ? AddressLevel.SameCity
            : streets || postcodes || cities ? AddressLevel.Elsewhere
            : AddressLevel.Missing;
    }

    private bool SameStreet(in AddressWords a, in AddressWords b)
    {
        if (a.Direction >= 0 && b.Direction >= 0 && a.Direction != b.Direction)
        {
            return false;
        }

        int agree = 0;
        foreach (int word in a.Street)
        {
            foreach (int other in b.Street)
            {
                if (word == other || Near(word, other))
                {
                    agree++;
                    break;
                }
            }
        }

        return agree > 0 && agree * 2 >= Math.Min(a.Street.Length, b.Street.Length);
    }

    private bool Near(int x, int y)
    {
        string a = lexicon.Text(x);
        string b = lexicon.Text(y);
        int longest = Math.Max(a.Length, b.Length);
        return longest >= 5
            && BitOperations.PopCount(lexicon.Letters(x) ^ lexicon.Letters(y)) <= 4
            && lexicon.Kind(x) != WordKind.Number
            && lexicon.Kind(y) != WordKind.Number
            && EditDistance.Within(a, b, longest >= 8 ? 2 : 1);
    }
}
