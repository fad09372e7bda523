using System.Collections.Immutable;
using System.Globalization;

namespace Probity.Demo;

/// <summary>Makes the lives of the fictional establishments. The same number always has the same life.</summary>
internal static class DemoHistory
{
    /// <summary>How many establishments there are in all four years.</summary>
    public const int Count = 5_000;

    private const ulong Seed = 0x4B49545449; // "KITTI"
    private const int OpenBefore2022 = 4_280;
    private static readonly DateOnly Start = new(2022, 1, 1);
    private static readonly DateOnly End = new(2025, 12, 31);

    /// <summary>All establishments, by number.</summary>
    public static ImmutableArray<DemoEstablishment> All() => [.. Enumerable.Range(1, Count).Select(Make)];

    private static DemoEstablishment Make(int number)
    {
        var chance = new SplitMix64(Seed, number);
        Town town = Weighted(DemoCountry.Towns, one => one.Share, chance);
        Trade trade = Weighted(DemoCountry.Trades, one => one.Share, chance);
        DateOnly opened = OpenedOn(number, chance);
        Openness openness = OpennessOf(trade, chance);
        DateOnly? closed = chance.Chance(110) ? Start.AddDays(chance.Between(200, 1_440)) : null;
        string street = string.Create(CultureInfo.InvariantCulture, $"{chance.Between(1, 148)} {chance.Pick(DemoCountry.StreetWords)} {chance.Pick(DemoCountry.StreetKinds)}");
        var made = new DemoEstablishment
        {
            Number = number,
            Town = town,
            Trade = trade,
            Street = street,
            Quarter = chance.Pick(DemoCountry.Quarters),
            Postcode = string.Create(CultureInfo.InvariantCulture, $"{town.PostalCode}-{chance.Between(100, 139)}"),
            Opened = opened,
            Closed = closed > opened ? closed : null,
            Names = NamesOf(trade, opened, chance),
            Openness = openness,
            Inspections = openness == Openness.Exempt ? [] : InspectionsOf(town.Worse + trade.Worse, opened, chance),
        };
        return DemoExceptions.Apply(made);
    }

    /// <summary>Most opened before the first extract's year; the others spread over the four years in the order of their numbers.</summary>
    private static DateOnly OpenedOn(int number, SplitMix64 chance) => number <= OpenBefore2022
        ? Start.AddDays(-chance.Between(30, 4_000))
        : Start.AddDays((number - OpenBefore2022) * 1_455 / (Count - OpenBefore2022));

    private static Openness OpennessOf(Trade trade, SplitMix64 chance) =>
        trade.Name == "Retailers - other" && chance.Chance(110) ? Openness.Exempt
        : chance.Chance(25) ? Openness.RatingOnly
        : Openness.Scores;

    private static ImmutableArray<(DateOnly From, string Name)> NamesOf(Trade trade, DateOnly opened, SplitMix64 chance)
    {
        (DateOnly, string) first = (opened, NameOf(trade, chance));
        return chance.Chance(60) ? [first, (Start.AddDays(chance.Between(380, 1_400)), NameOf(trade, chance))] : [first];
    }

    private static string NameOf(Trade trade, SplitMix64 chance)
    {
        string ending = chance.Pick(trade.Endings);
        return chance.Chance(25)
            ? $"{chance.Pick(DemoCountry.SharedNames)} {ending}"
            : $"The {chance.Pick(DemoCountry.NameQualities)} {chance.Pick(DemoCountry.NameThings)} {ending}";
    }

    /// <summary>The worse an inspection, the sooner the next, and the more is put right until then; else things drift.</summary>
    private static ImmutableArray<DemoInspection> InspectionsOf(int worse, DateOnly opened, SplitMix64 chance)
    {
        var inspections = ImmutableArray.CreateBuilder<DemoInspection>();
        int draw = chance.Below(100);
        int wrong = Math.Max(0, (draw * draw * draw / 14_000) + worse);
        DateOnly day = Workday(opened < Start ? Start.AddDays(chance.Between(3, 310)) : opened.AddDays(chance.Between(25, 150)));
        while (day <= End)
        {
            DemoScores scores = DemoScores.Of(wrong, chance);
            inspections.Add(new DemoInspection(day, Workday(day.AddDays(chance.Between(14, 35))), scores));
            (int first, int last) = scores.Rating switch { >= 4 => (330, 720), 3 => (270, 480), _ => (90, 240) };
            day = Workday(day.AddDays(chance.Between(first, last)));
            int drift = chance.Between(-8, 10) + (chance.Chance(70) ? chance.Between(20, 80) : 0) - (wrong / 10);
            wrong = Math.Clamp((scores.Rating < 3 ? wrong * 17 / 20 : wrong) + drift, 0, 110);
        }

        return inspections.DrainToImmutable();
    }

    private static DateOnly Workday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static T Weighted<T>(ImmutableArray<T> all, Func<T, int> share, SplitMix64 chance)
    {
        int left = chance.Below(all.Sum(share));
        foreach (T one in all)
        {
            left -= share(one);
            if (left < 0)
            {
                return one;
            }
        }

        throw new System.Diagnostics.UnreachableException("the shares add up to what was drawn from");
    }
}
