using System.CommandLine;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>close --period 2024-09</c>: bills every client of the period and brings the invoices to accounting.</summary>
internal static class CloseCommand
{
    public static Command Create()
    {
        var period = PeriodOption.Required();
        var command = new Command("close", "Close a period: bill every client, number and issue the invoices, hand them to accounting.") { period };
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => RunAsync(context, result.GetRequiredValue(period), token), token));
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
}
