using System.Text.Json;
using MspBilling.App.Api;
using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>Where a command speaks: tables for people, or one JSON document on standard output with everything else on standard error.</summary>
internal sealed class Screen(bool json)
{
    // A file or a pipe has no width of its own; the tables need about this much.
    private const int RedirectedWidth = 160;

    private static readonly IAnsiConsole Errors = Open(Console.Error, Console.IsErrorRedirected);

    private readonly IAnsiConsole _console = json ? Errors : Open(Console.Out, Console.IsOutputRedirected);

    public IAnsiConsole Messages => _console;

    public void Notice(string text) => _console.Line($"[grey]{text}[/]");

    public static void Problem(string text) => Errors.Line($"[red]{text}[/]");

    /// <summary>Writes the answer as JSON, or for people.</summary>
    public void Answer<T>(T document, Action<IAnsiConsole> forPeople)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(document, ApiJson.Options));
        }
        else
        {
            forPeople(_console);
        }
    }

    private static IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (redirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
