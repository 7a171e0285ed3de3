using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>Tables as all commands draw them: what is counted or looked up stays on one line, names and sentences may be broken.</summary>
internal static class Tables
{
    public static Table Titled(string title) => new Table().Border(TableBorder.Rounded).Title($"[bold]{Markup.Escape(title)}[/]");

    public static TableColumn Number(string header) => new TableColumn(Markup.Escape(header)).RightAligned().NoWrap();

    /// <summary>A code, a date, a state.</summary>
    public static TableColumn Word(string header) => new TableColumn(Markup.Escape(header)).NoWrap();
}
