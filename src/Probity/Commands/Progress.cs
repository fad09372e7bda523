using Spectre.Console;

namespace Probity.Commands;

/// <summary>Progress of long work: bars on a terminal, one line a stage elsewhere.</summary>
internal static class Progress
{
    /// <summary>Does work that tells its stage and how far that is, 0 to 1.</summary>
    public static T Show<T>(Terminal terminal, Func<Action<string, double>, T> work)
    {
        if (!terminal.Messages.Profile.Out.IsTerminal || terminal.Json)
        {
            return work(Lines(terminal));
        }

        return terminal.Messages.Progress().AutoClear(false).Start(context =>
        {
            var stages = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
            return work((stage, share) =>
            {
                lock (stages)
                {
                    if (!stages.TryGetValue(stage, out ProgressTask? task))
                    {
                        stages.Add(stage, task = context.AddTask(stage, maxValue: 1));
                    }

                    task.Value = share;
                }
            });
        });
    }

    private static Action<string, double> Lines(Terminal terminal)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        return (stage, _) =>
        {
            lock (told)
            {
                if (told.Add(stage) && !terminal.Json)
                {
                    terminal.Messages.WriteLine(stage + " …");
                }
            }
        };
    }
}
