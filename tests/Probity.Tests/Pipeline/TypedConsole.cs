using Spectre.Console;
using Spectre.Console.Rendering;

namespace Probity.Tests.Pipeline;

/// <summary>A console at which somebody types the given lines, and which keeps what it says. It moves no cursor.</summary>
internal sealed class TypedConsole : IAnsiConsole, IAnsiConsoleInput, IDisposable
{
    private readonly StringWriter _said = new();
    private readonly Queue<ConsoleKeyInfo> _keys;
    private readonly IAnsiConsole _console;

    public TypedConsole(params IEnumerable<string> lines)
    {
        _keys = new(lines.SelectMany(line => line.Select(Key).Append(new ConsoleKeyInfo('\r', ConsoleKey.Enter, shift: false, alt: false, control: false))));
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_said), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes });
        _console.Profile.Width = 120;
    }

    public string Said => _said.ToString();

    public TextWriter Writer => _said;

    public Profile Profile => _console.Profile;

    public IAnsiConsoleCursor Cursor => _console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;

    public RenderPipeline Pipeline => _console.Pipeline;

    public void Clear(bool home) => _console.Clear(home);

    public void Write(IRenderable renderable) => _console.Write(renderable);

    public void WriteAnsi(Action<AnsiWriter> action) => _console.WriteAnsi(action);

    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => Next();

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult<ConsoleKeyInfo?>(Next());

    public void Dispose() => _said.Dispose();

    private ConsoleKeyInfo Next() => _keys.TryDequeue(out ConsoleKeyInfo key) ? key : throw new InvalidOperationException("more was asked than is answered:\n" + Said);

    private static ConsoleKeyInfo Key(char letter) => new(letter, ConsoleKey.None, char.IsUpper(letter), alt: false, control: false);
}
