using System.Globalization;

namespace Probity.Bench;

/// <summary>Invented establishments, always the same for a number of them: two inspections and the published rating each.</summary>
internal static class GeneratedEstablishments
{
    private static readonly string[] Adjectives = ["Golden", "Silver", "Little", "Royal", "Corner", "Green", "Blue", "Old", "New", "Happy", "Sunny", "Quiet", "Grand", "River", "Hill", "Market", "Station", "Garden", "Harbour", "Castle"];
    private static readonly string[] Things = ["Lantern", "Spoon", "Kettle", "Olive", "Bakery", "Kitchen", "Table", "Oven", "Anchor", "Mill", "Orchard", "Bridge", "Fox", "Heron", "Barrel", "Basket", "Pantry", "Hearth", "Cellar", "Terrace"];
    private static readonly string[] Kinds = ["Cafe", "Restaurant", "Takeaway", "Bar", "Foods", "Stores", "Catering", "Canteen", "Grill", "Deli"];
    private static readonly string[] Types = ["Restaurant/Cafe/Canteen", "Retailers - other", "Takeaway/sandwich shop", "Pub/bar/nightclub", "Caring Premises"];
    private static readonly int[] Scores = [0, 0, 0, 5, 5, 5, 5, 10, 10, 15, 20, 25];
    private static readonly int[] Confidences = [0, 0, 5, 5, 5, 10, 10, 20, 30];

    /// <summary>Writes them as CSV.</summary>
    public static void Write(string file, int count)
    {
        using var output = new StreamWriter(file, false, new System.Text.UTF8Encoding(false), 1 << 20);
        output.WriteLine("FHRSID,LocalAuthorityBusinessID,BusinessName,BusinessType,AddressLine1,AddressLine4,PostCode,LocalAuthorityCode,LocalAuthorityName,RatingValue,RatingKey,RatingDate,Hygiene,Structural,ConfidenceInManagement,SchemeType,NewRatingPending,EarlierDate,EarlierHygiene,EarlierStructural,EarlierConfidence");
        ulong state = 20_260_512;
        for (int i = 1; i <= count; i++)
        {
            output.WriteLine(Row(i, ref state));
        }
    }

    private static string Row(int i, ref ulong state)
    {
        string name = $"{Pick(Adjectives, ref state)} {Pick(Things, ref state)} {Surname(ref state)} {Pick(Kinds, ref state)}";
        int authority = (int)(Next(ref state) % 350);
        int hygiene = Pick(Scores, ref state);
        int structural = Pick(Scores, ref state);
        int confidence = Pick(Confidences, ref state);
        var day = new DateOnly(2023, 1, 1).AddDays((int)(Next(ref state) % 1_000));
        string rating = Rating(hygiene + structural + confidence, Math.Max(hygiene, Math.Max(structural, confidence)));
        return string.Create(CultureInfo.InvariantCulture, $"{1_000_000 + i},LB{i},{name},{Pick(Types, ref state)},{Next(ref state) % 200} {Surname(ref state)} Street,{Surname(ref state)}ton,{(char)('A' + (authority % 26))}{(char)('A' + (i % 26))}{Next(ref state) % 90} {Next(ref state) % 9}{(char)('A' + (i % 23))}B,{authority},Authority {authority},{rating},fhrs_{rating}_en-gb,{day:yyyy-MM-dd}T00:00:00,{hygiene},{structural},{confidence},FHRS,False,{day.AddDays(-600):yyyy-MM-dd},{Pick(Scores, ref state)},{Pick(Scores, ref state)},{Pick(Confidences, ref state)}");
    }

    private static string Rating(int total, int worst) => (total, worst) switch
    {
        ( <= 15, <= 5) => "5",
        ( <= 20, <= 10) => "4",
        ( <= 30, <= 10) => "3",
        ( <= 40, <= 15) => "2",
        ( <= 50, <= 20) => "1",
        _ => "0",
    };

    private static string Surname(ref ulong state)
    {
        const string consonants = "bdfghklmnprstvw";
        const string vowels = "aeiou";
        ulong bits = Next(ref state);
        return string.Create(6, bits, static (text, bits) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                string letters = i % 2 == 0 ? consonants : vowels;
                text[i] = letters[(int)(bits % (ulong)letters.Length)];
                bits /= 17;
            }

            text[0] = char.ToUpperInvariant(text[0]);
        });
    }

    private static T Pick<T>(T[] from, ref ulong state) => from[Next(ref state) % (ulong)from.Length];

    /// <summary>SplitMix64.</summary>
    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
