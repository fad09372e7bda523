using System.Diagnostics;

namespace Probity.Rating.Bench;

/// <summary>How long something took in several rounds, in milliseconds: by the clock, and of processor time of all threads.</summary>
internal sealed class Timed(string what)
{
    private const int Uncounted = 3;
    private readonly List<double> _clock = [];
    private readonly List<double> _processor = [];

    /// <summary>The middle of the rounds by the clock.</summary>
    public double Middle => MiddleOf(_clock);

    /// <summary>The least processor time of a round: what other work on the machine disturbs least.</summary>
    public double Processor => _processor.Min();

    /// <summary>Does things in turn, round after round, so that whatever else the machine does falls on all of them; the first rounds do not count.</summary>
    /// <returns>The times of each, which are also printed.</returns>
    public static Timed[] InTurn(int rounds, params (string What, Action Act)[] things)
    {
        Timed[] times = [.. things.Select(thing => new Timed(thing.What))];
        for (int round = -Uncounted; round < rounds; round++)
        {
            for (int i = 0; i < things.Length; i++)
            {
                times[i].Take(things[i].Act, counts: round >= 0);
            }
        }

        foreach (Timed time in times)
        {
            Console.WriteLine(time);
        }

        return times;
    }

    /// <summary>The middle of the rounds' ratios by the clock, of this to another that was done in turn with it.</summary>
    public double Over(Timed other) => MiddleOf([.. _clock.Zip(other._clock, (one, another) => one / another)]);

    /// <inheritdoc/>
    public override string ToString() => $"{Middle,10:N1} ms  {what}  ({_clock.Min():N1} to {_clock.Max():N1} by the clock; processor time {Processor:N0} at least, {MiddleOf(_processor):N0} in the middle)";

    private static double MiddleOf(IEnumerable<double> times) => times.Order().ElementAt(times.Count() / 2);

    private void Take(Action act, bool counts)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        act();
        double clock = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        process.Refresh();
        if (counts)
        {
            _clock.Add(clock);
            _processor.Add((process.TotalProcessorTime - before).TotalMilliseconds);
        }
    }
}
