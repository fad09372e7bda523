using System.Collections.Immutable;

namespace Probity.Demo;

/// <summary>Kittiwold, a country that does not exist: its towns, streets and kinds of business.</summary>
internal static class DemoCountry
{
    /// <summary>Its name.</summary>
    public const string Name = "Kittiwold";

    /// <summary>Its twelve towns, each its own authority; the larger stand first.</summary>
    public static readonly ImmutableArray<Town> Towns =
    [
        new("K01", "Quorrelbay", "QUO", 22, 2),
        new("K02", "Oddlemere", "ODD", 16, 0),
        new("K03", "Tumblewyck", "TUM", 12, 6),
        new("K04", "Umberzell", "UMB", 10, 3),
        new("K05", "Snibbleford", "SNI", 8, -2),
        new("K06", "Vintlegate", "VIN", 7, 9),
        new("K07", "Wimmerholt", "WIM", 6, 0),
        new("K08", "Yarrowmint", "YAR", 5, -4),
        new("K09", "Pranskate", "PRA", 5, 4),
        new("K10", "Grizzlethorn", "GRI", 4, 12),
        new("K11", "Hobnailcross", "HOB", 3, 1),
        new("K12", "Lumpenquay", "LUM", 2, -1),
    ];

    /// <summary>Parts of each town.</summary>
    public static readonly ImmutableArray<string> Quarters = ["Kettle Quarter", "Lantern Quarter", "Old Ropewalk", "Upper Teaspoon", "Lower Teaspoon", "Windmill Bottom"];

    /// <summary>First halves of street names.</summary>
    public static readonly ImmutableArray<string> StreetWords =
    [
        "Marzipan", "Pepperpot", "Turnip", "Bobbin", "Snuffbox", "Goosefeather", "Thimble", "Candlewax", "Button", "Gingerbread", "Puddle", "Teacup",
        "Barrelhoop", "Saddlebag", "Whistle", "Clogmaker", "Dumpling", "Inkwell", "Parsnip", "Weathercock",
    ];

    /// <summary>Second halves of street names.</summary>
    public static readonly ImmutableArray<string> StreetKinds = ["Street", "Lane", "Row", "Steps", "Square", "Parade", "Alley"];

    /// <summary>Kinds of business, with how common they are and what their names end in.</summary>
    public static readonly ImmutableArray<Trade> Trades =
    [
        new("Restaurant/Cafe/Canteen", 30, 4, ["Café", "Kitchen", "Dining Room", "Tea House", "Soup House", "Bistro"]),
        new("Takeaway/sandwich shop", 16, 12, ["Fryer", "Noodle Hatch", "Sandwich Bar", "Pie Window", "Dumpling Cart", "Hot Wraps"]),
        new("Pub/bar/nightclub", 13, 3, ["Arms", "Tavern", "Alehouse", "Cellar"]),
        new("Retailers - other", 17, 2, ["Grocery", "Greengrocer", "Bakery", "Corner Shop", "Sweet Shop", "Butchery"]),
        new("Retailers - supermarkets/hypermarkets", 3, -4, ["Foodhall", "Supermarket"]),
        new("School/college/university", 6, -10, ["School Canteen", "College Refectory"]),
        new("Hospitals/Childcare/Caring Premises", 6, -8, ["Nursery Kitchen", "Care Home Kitchen"]),
        new("Hotel/bed & breakfast/guest house", 4, 0, ["Guest House", "Hotel", "Inn"]),
        new("Mobile caterer", 3, 5, ["Waffle Van", "Coffee Bicycle", "Soup Wagon"]),
        new("Manufacturers/packers", 2, -3, ["Jam Works", "Creamery", "Pickle Works"]),
    ];

    /// <summary>First words of business names.</summary>
    public static readonly ImmutableArray<string> NameQualities =
    [
        "Gilded", "Wobbling", "Cheerful", "Thrifty", "Sleepy", "Velvet", "Crooked", "Humming", "Dapper", "Bashful", "Jolly", "Rusty", "Whispering", "Plump",
        "Peppered", "Tinkling", "Brave", "Giddy", "Mellow", "Frosty", "Nimble", "Quaint", "Merry", "Patient", "Speckled", "Twinkling", "Hasty", "Curious",
        "Buttered", "Lopsided",
    ];

    /// <summary>Second words of business names.</summary>
    public static readonly ImmutableArray<string> NameThings =
    [
        "Turnip", "Kettle", "Otter", "Ladle", "Pumpkin", "Heron", "Teaspoon", "Badger", "Artichoke", "Lantern", "Radish", "Walrus", "Colander", "Puffin",
        "Crumpet", "Hedgehog", "Saucepan", "Marrow", "Gherkin", "Moth", "Trombone", "Barnacle", "Whisk", "Beetroot", "Snail", "Thimble", "Pelican", "Quince",
        "Nutmeg", "Anchovy", "Umbrella", "Parsley", "Marmot", "Truffle", "Bellows", "Lobster",
    ];

    /// <summary>Names that several businesses of different towns share.</summary>
    public static readonly ImmutableArray<string> SharedNames = ["Zibberdash", "Plonkety", "Mumblecrust", "Snorkelby"];
}

/// <summary>A town of the fictional country.</summary>
/// <param name="Code">Its authority's code.</param>
/// <param name="Name">Its name.</param>
/// <param name="PostalCode">How its postcodes begin.</param>
/// <param name="Share">Its share of all establishments, in hundredths.</param>
/// <param name="Worse">How much worse its inspections are than elsewhere, in points of 100; negative for better.</param>
internal sealed record Town(string Code, string Name, string PostalCode, int Share, int Worse);

/// <summary>A kind of business.</summary>
/// <param name="Name">As the records call it.</param>
/// <param name="Share">Its share of all establishments, in hundredths.</param>
/// <param name="Worse">How much worse its inspections are than those of others, in points of 100; negative for better.</param>
/// <param name="Endings">What the names of such businesses end in.</param>
internal sealed record Trade(string Name, int Share, int Worse, ImmutableArray<string> Endings);
