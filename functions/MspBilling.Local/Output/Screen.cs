using System.Text.Json;
using MspBilling.App.Api;
using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>Where a command speaks: tables for people, or one JSON document on standard output with everything else on standard error.</summary>
internal sealed class Screen(bool json)
{
    private readonly IAnsiConsole _console = json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;

    public bool IsJson => json;

    public IAnsiConsole Messages => _console;

    public void Notice(string text) => _console.MarkupLineInterpolated($"[grey]{text}[/]");

    public static void Problem(string text)
    {
        var errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        errors.MarkupLineInterpolated($"[red]{text}[/]");
    }

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
}
