using System.CommandLine;
using MspBilling.App.Reports;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using Spectre.Console;

namespace MspBilling.Local.Commands;

/// <summary><c>report revenue|receivables|leakage|reconciliation --period 2024-09</c></summary>
internal static class ReportCommand
{
    public static Command Create() => new("report", "Show a report: revenue, receivables, leakage or reconciliation.")
    {
        Report("revenue", "What was invoiced, by client and service.", RevenueAsync),
        Report("receivables", "What clients have to pay at the end of the period, by age.", ReceivablesAsync),
        Report("leakage", "Where captured work went, what is held, and what looks like a leak.", LeakageAsync),
        ReconcileCommand.Report(),
    };

    private static Command Report(string name, string description, Func<CommandContext, Period, CancellationToken, Task> show)
    {
        var period = PeriodOption.Required();
        var command = new Command(name, description) { period };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                await show(context, result.GetRequiredValue(period), token).ConfigureAwait(false);
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static async Task RevenueAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        var report = await context.Get<ReportReader>().RevenueAsync(period, null, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(report, console =>
        {
            if (report.ByClientAndService.Count == 0)
            {
                console.Line($"Nothing was invoiced in {period}.");
                return;
            }

            var table = Table($"Revenue of {period}", "Client", "Service", "Net");
            foreach (var row in report.ByClientAndService)
            {
                table.AddRow(Markup.Escape(row.ClientName), Markup.Escape(row.Service), Texts.WithCurrency(row.Net));
            }

            console.Write(table);
        });
    }

    private static async Task ReceivablesAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        var report = await context.Get<ReportReader>().ReceivablesAsync(period.End, null, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(report, console =>
        {
            if (report.Rows.Count == 0)
            {
                console.Line($"Nothing was open on {Texts.Of(report.AsOf)}.");
                return;
            }

            var table = Table($"Receivables on {Texts.Of(report.AsOf)}", ["Client", .. report.Buckets, "Total"]);
            foreach (var row in report.Rows)
            {
                table.AddRow([Markup.Escape(row.ClientName), .. row.Amounts.Select(Texts.Of), Texts.WithCurrency(row.Total)]);
            }

            console.Write(table);
        });
    }

    private static async Task LeakageAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        var report = await context.Get<LeakReader>().ReadAsync(period, null, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(report, console =>
        {
            if (report.ByDisposition.All(d => d.Activities == 0))
            {
                console.Line($"Nothing was captured for {period}, or it was not closed yet.");
                return;
            }

            Leaks.Print(console, report.ByDisposition, report.Held);
            Leaks.Print(console, report.Findings);
        });
    }

    private static Table Table(string title, params string[] headers)
    {
        var table = Tables.Titled(title);
        foreach (var header in headers)
        {
            table.AddColumn(header is "Client" or "Service" ? new TableColumn(header) : Tables.Number(header));
        }

        return table;
    }
}
