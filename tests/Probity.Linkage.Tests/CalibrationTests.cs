namespace Probity.Linkage.Tests;

public sealed class CalibrationTests
{
    [Fact]
    public void The_score_and_the_bands_are_those_of_the_pairs()
    {
        Calibration calibration = Calibration.Of([(0.95, true), (0.91, false), (1, true), (0.3, false)]);
        Assert.Equal(((0.05 * 0.05) + (0.91 * 0.91) + (0.3 * 0.3)) / 4, calibration.Brier!.Value, 12);
        Assert.Equal([0.3, 0.9], calibration.Bands.Select(band => band.From));
        Assert.Equal((3, 2), (calibration.Bands[1].Pairs, calibration.Bands[1].Same));
        Assert.Equal((0.95 + 0.91 + 1) / 3, calibration.Bands[1].MeanProbability, 12);
    }

    [Fact]
    public void Of_no_pairs_nothing_is_said() => Assert.Equal((0, null), (Calibration.Of([]).Pairs, Calibration.Of([]).Brier));
}
