using System.CommandLine;
using MspBilling.App.Invoicing;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using Spectre.Console;

namespace MspBilling.Local.Commands;

/// <summary><c>detail HL-002041 [--csv FILE]</c>: everything behind an invoice.</summary>
internal static class DetailCommand
{
    public static Command Create()
    {
        var number = new Argument<string>("number") { Description = "The invoice's number, such as HL-002041." };
        var csv = new Option<FileInfo?>("--csv") { Description = "Write it to this file, for a spreadsheet." };
        var command = new Command("detail", "Show each line of an invoice, why it costs what it does, and the work behind it.") { number, csv };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result, 0, context => RunAsync(context, result.GetRequiredValue(number), result.GetValue(csv), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string number, FileInfo? csv, CancellationToken cancellationToken)
    {
        var reader = context.Get<InvoiceDetailReader>();
        var invoice = await reader.FindAsync(number, cancellationToken).ConfigureAwait(false)
            ?? throw new BadInputException($"No invoice has the number {number}. 'report receivables' and the dashboard list those that there are.");
        var detail = await reader.DetailAsync(invoice, cancellationToken).ConfigureAwait(false);
        if (csv is not null)
        {
            await File.WriteAllBytesAsync(csv.FullName, detail.ToCsv(), cancellationToken).ConfigureAwait(false);
            context.Screen.Notice($"{detail.Number}: {detail.Lines.Count} lines are in {csv.FullName}.");
        }

        context.Screen.Answer(detail, console =>
        {
            if (csv is null)
            {
                Print(console, detail);
            }
        });
        return ExitCode.Done;
    }

    private static void Print(IAnsiConsole console, InvoiceDetail detail)
    {
        var table = Tables.Titled($"{detail.Number}, {detail.ClientName}");
        table.AddColumns(Tables.Number("No."), Tables.Word("Date"), new TableColumn("What"), new TableColumn("Who"), Tables.Number("Quantity"), Tables.Word("Unit"), Tables.Number("Net"));
        foreach (var line in detail.Lines)
        {
            var what = $"[bold]{Markup.Escape(line.Description)}[/]\n[grey]{Markup.Escape(line.Explanation)}[/]";
            table.AddRow(Texts.Of(line.Number), "", what, "", Texts.Of(line.Quantity), Markup.Escape(line.Unit), Texts.Of(line.Net));
            foreach (var activity in line.Activities)
            {
                var words = string.Join(' ', new[] { activity.Reference, activity.Description, activity.Treatment is { } treatment ? $"({treatment})" : null }.Where(part => !string.IsNullOrEmpty(part)));
                table.AddRow(
                    "", activity.Date is { } date ? Texts.Of(date) : "", Markup.Escape(words), Markup.Escape(activity.Who ?? ""), Texts.Of(activity.Quantity), Markup.Escape(activity.Unit),
                    activity.Share is { } share ? $"[grey]{Texts.Of(share)}[/]" : "");
            }
        }

        console.Write(table);
        console.Line($"Net {Texts.WithCurrency(detail.Net)}, tax {Texts.Of(detail.Tax)}, total {Texts.WithCurrency(detail.Total)}");
    }
}
