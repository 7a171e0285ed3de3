using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>Lines of text: broken between words on a terminal, and not at all in a file or a pipe, where others search them.</summary>
internal static class Lines
{
    private const int Unbroken = 100_000;

    public static void Line(this IAnsiConsole console, FormattableString markup)
    {
        if (console.Profile.Out.IsTerminal)
        {
            console.MarkupLineInterpolated(markup);
        }
        else
        {
            console.WholeLine(markup);
        }
    }

    /// <summary>A line with something to copy in it, such as a path: left to the terminal to break.</summary>
    public static void WholeLine(this IAnsiConsole console, FormattableString markup)
    {
        var width = console.Profile.Width;
        console.Profile.Width = Unbroken;
        console.MarkupLineInterpolated(markup);
        console.Profile.Width = width;
    }

    /// <summary>Text that has its own columns, as it is: left to the terminal to break.</summary>
    public static void Plain(this IAnsiConsole console, string text) => console.Profile.Out.Writer.Write(text);
}
