using System.Globalization;

namespace Probity.Verifier;

/// <summary>Progress of long work on standard error: a bar on a terminal, one line a stage elsewhere, nothing with --json.</summary>
/// <param name="error">Where it is shown.</param>
/// <param name="isTerminal">Whether that is a terminal.</param>
/// <param name="isQuiet">Whether nothing is shown.</param>
internal sealed class ProgressLine(TextWriter error, bool isTerminal, bool isQuiet)
{
    private const int Width = 30;
    private string _stage = "";
    private int _shown = -1;

    /// <summary>Shows how far a stage is, 0 to 1.</summary>
    public void Show(string stage, double share)
    {
        int percent = (int)(Math.Clamp(share, 0, 1) * 100);
        if (isQuiet || (stage == _stage && (percent == _shown || !isTerminal)))
        {
            return;
        }

        if (!isTerminal)
        {
            error.WriteLine(stage + " …");
        }
        else
        {
            End(stage);
            int filled = percent * Width / 100;
            error.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} % {stage}"));
        }

        (_stage, _shown) = (stage, percent);
    }

    /// <summary>Goes to a new line where another stage, or something else, is shown next.</summary>
    public void End(string next)
    {
        if (isTerminal && !isQuiet && _stage.Length > 0 && _stage != next)
        {
            error.WriteLine();
        }
    }
}
