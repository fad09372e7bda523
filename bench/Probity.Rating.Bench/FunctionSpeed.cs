using System.Diagnostics;
using System.Runtime.CompilerServices;
using Probity.Evidence.Analysis;

namespace Probity.Rating.Bench;

/// <summary>What the elementary functions of the language cost beside those of the machine's C library, on the same arguments in turn.</summary>
internal static class FunctionSpeed
{
    private const int Arguments = 1_000_000;
    private const int Rounds = 15;

    private interface IFunction
    {
        static abstract double Of(double x);
    }

    /// <summary>Prints nanoseconds a call: the middle of the rounds, ours and the machine's.</summary>
    public static void Run()
    {
        double[] arguments = [.. Enumerable.Range(1, Arguments).Select(i => 0.05 + (i * 0.618033988749894848 % 1 * 40))];
        Compare<Ours.Ln, Machine.Ln>("ln", arguments);
        Compare<Ours.Exp, Machine.Exp>("exp", arguments);
        Compare<Ours.Pow, Machine.Pow>("pow(x, 1.7)", arguments);
        Compare<Ours.Cbrt, Machine.Cbrt>("cbrt", arguments);
    }

    private static void Compare<TOurs, TMachine>(string name, double[] arguments)
        where TOurs : struct, IFunction
        where TMachine : struct, IFunction
    {
        var ours = new List<double>();
        var machine = new List<double>();
        for (int round = -3; round < Rounds; round++)
        {
            double one = NanosecondsOf<TOurs>(arguments);
            double other = NanosecondsOf<TMachine>(arguments);
            if (round >= 0)
            {
                ours.Add(one);
                machine.Add(other);
            }
        }

        ours.Sort();
        machine.Sort();
        Console.WriteLine($"{name,12}: {ours[Rounds / 2],6:N1} ns ({ours[0]:N1} to {ours[^1]:N1}), the machine's {machine[Rounds / 2]:N1} ns ({machine[0]:N1} to {machine[^1]:N1})");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double NanosecondsOf<T>(double[] arguments)
        where T : struct, IFunction
    {
        long start = Stopwatch.GetTimestamp();
        double sum = 0;
        foreach (double x in arguments)
        {
            sum += T.Of(x);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        return sum is double.NaN ? throw new InvalidOperationException("an argument has no result") : time.TotalNanoseconds / arguments.Length;
    }

    private static class Ours
    {
        public readonly struct Ln : IFunction
        {
            public static double Of(double x) => Elementary.Ln(x);
        }

        public readonly struct Exp : IFunction
        {
            public static double Of(double x) => Elementary.Exp(x);
        }

        public readonly struct Pow : IFunction
        {
            public static double Of(double x) => Elementary.Pow(x, 1.7);
        }

        public readonly struct Cbrt : IFunction
        {
            public static double Of(double x) => Elementary.Cbrt(x);
        }
    }

    private static class Machine
    {
        public readonly struct Ln : IFunction
        {
            public static double Of(double x) => Math.Log(x);
        }

        public readonly struct Exp : IFunction
        {
            public static double Of(double x) => Math.Exp(x);
        }

        public readonly struct Pow : IFunction
        {
            public static double Of(double x) => Math.Pow(x, 1.7);
        }

        public readonly struct Cbrt : IFunction
        {
            public static double Of(double x) => Math.Cbrt(x);
        }
    }
}
