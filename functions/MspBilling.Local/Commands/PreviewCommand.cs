using System.CommandLine;
using MspBilling.App.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using Spectre.Console;

namespace MspBilling.Local.Commands;

/// <summary><c>preview --period 2024-10</c>: what a close would bill now; nothing is stored.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var period = PeriodOption.Required();
        var client = new Option<string?>("--client") { Description = "One client, by its id or a part of its name." };
        var command = new Command("preview", "Show what a close would bill as things stand, without storing anything.") { period, client };
        command.SetAction((result, token) =>
            CommandContext.RunAsync(result, 0, context => RunAsync(context, result.GetRequiredValue(period), result.GetValue(client), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Period period, string? client, CancellationToken cancellationToken)
    {
        if (!await References.AreThereAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.BadInput;
        }

        var all = (await context.Get<BillPreview>().RunAsync(period, null, cancellationToken).ConfigureAwait(false)).Select(PreviewedBill.Of);
        var bills = all.Where(b => client is null || b.ClientId == client || b.ClientName.Contains(client, StringComparison.CurrentCultureIgnoreCase)).ToList();
        if (client is not null && bills.Count == 0)
        {
            Screen.Problem($"No client has the id {client} or a name with it.");
            return ExitCode.BadInput;
        }

        context.Screen.Answer(new { period, bills }, console => Print(console, bills));
        return bills.Any(b => b.Problem is not null) ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static void Print(IAnsiConsole console, List<PreviewedBill> bills)
    {
        foreach (var bill in bills)
        {
            if (bill.Problem is not null)
            {
                console.Line($"[red]{bill.ClientName} cannot be billed[/]: {bill.Problem}");
            }

            foreach (var invoice in bill.Invoices)
            {
                var table = Tables.Titled(bill.ClientName).AddColumns(
                    new TableColumn("Service"), new TableColumn("Line"), Tables.Number("Quantity"), Tables.Number($"Net {invoice.Currency.Code}"), new TableColumn("Why"));
                foreach (var line in invoice.Lines)
                {
                    table.AddRow(Markup.Escape(line.Service), Markup.Escape(line.Description), Markup.Escape($"{Texts.Of(line.Quantity)} {line.Unit}"), Texts.Of(line.Net), Markup.Escape(line.Explanation));
                }

                table.AddRow("", "[bold]Total with tax[/]", "", $"[bold]{Texts.Of(invoice.Total)}[/]", $"Tax {Texts.Of(invoice.Tax)}");
                console.Write(table);
            }
        }
    }
}
