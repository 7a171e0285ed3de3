using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MspBilling.App.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>close --period 2024-09</c> bills every client of the period and brings the invoices to accounting; <c>close --due</c> does so for whoever is due, <c>close --client NAME --now</c> for one client up to today.</summary>
internal static class CloseCommand
{
    public static Command Create()
    {
        var period = PeriodOption.Any();
        var due = new Option<bool>("--due") { Description = "Bill whoever is due by the settings and was not billed yet, days that were missed too." };
        var on = new Option<DateOnly?>("--on") { Description = "With --due and --now: as on this day, such as 2024-10-04, at every client; today where it is left out.", CustomParser = DayOf };
        var client = new Option<string?>("--client") { Description = "With --now: one client, by its id or a part of its name." };
        var now = new Option<bool>("--now") { Description = "Bill a client's work up to yesterday now; its next period begins today." };
        var command = new Command("close", "Close a period, or whatever is due: bill clients, number and issue the invoices, hand them to accounting.") { period, due, client, now, on };
        command.Validators.Add(result =>
        {
            var (isPeriod, isDue, isNow) = (result.GetResult(period) is not null, result.GetValue(due), result.GetValue(now));
            if (new[] { isPeriod, isDue, isNow }.Count(asked => asked) != 1 || (isPeriod && result.GetResult(on) is not null) || isNow != (result.GetResult(client) is not null))
            {
                result.AddError("Say which period to close with --period, such as 2024-09, or bill whoever is due with --due, as on a day with --on, or one client with --client NAME --now.");
            }
        });
        command.SetAction((result, token) => CommandContext.RunAsync(
            result, 0, context => (result.GetValue(period), result.GetValue(client)) switch
            {
                ({ } asked, _) => RunAsync(context, asked, token),
                (_, { } name) => NowAsync(context, name, result.GetValue(on), token),
                _ => DueAsync(context, result.GetValue(on), token),
            },
            token));
        return command;
    }

    public static async Task<int> RunAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        if (!await References.AreThereAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.BadInput;
        }

        var close = await PeriodClose.RunAsync(context, period, cancellationToken).ConfigureAwait(false);
        var summary = await CloseSummary.ReadAsync(context, period, close, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(summary, summary.Print);
        return summary.ExitCode;
    }

    private static async Task<int> DueAsync(CommandContext context, DateOnly? on, CancellationToken cancellationToken)
    {
        if (!await References.AreThereAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.BadInput;
        }

        var summaries = new List<CloseSummary>();
        foreach (var due in await context.Get<DueRuns>().RunAsync(on, cancellationToken).ConfigureAwait(false))
        {
            var close = await PeriodClose.DeliverAsync(context, due.Period, cancellationToken).ConfigureAwait(false);
            summaries.Add(await CloseSummary.ReadAsync(context, due.Period, close, cancellationToken).ConfigureAwait(false));
        }

        if (summaries.Count == 0)
        {
            context.Screen.Notice("Nobody is due who was not billed. From when on clients are billed by themselves stands under billing in the settings.");
        }

        context.Screen.Answer(new { closed = summaries }, console => summaries.ForEach(summary => summary.Print(console)));
        return summaries.Count == 0 ? ExitCode.Done : summaries.Max(summary => summary.ExitCode);
    }

    private static async Task<int> NowAsync(CommandContext context, string name, DateOnly? on, CancellationToken cancellationToken)
    {
        if (!await References.AreThereAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.BadInput;
        }

        var report = await context.Get<InvoiceNow>().RunAsync(await context.ClientIdAsync(name, cancellationToken).ConfigureAwait(false), on, cancellationToken).ConfigureAwait(false);
        if (report.Period is not { } period)
        {
            Screen.Problem(report.Problem!);
            return ExitCode.HeldOrFailed;
        }

        var close = await PeriodClose.DeliverAsync(context, period, cancellationToken).ConfigureAwait(false);
        var summary = await CloseSummary.ReadAsync(context, period, close, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(summary, summary.Print);
        return summary.ExitCode;
    }

    private static DateOnly? DayOf(ArgumentResult argument)
    {
        if (argument.Tokens is [var token] && DateOnly.TryParseExact(token.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        argument.AddError("--on: write a day as 2024-10-04.");
        return null;
    }
}
