using System.CommandLine;
using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.Core.Accounting;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>sync --period 2024-09</c>: brings to accounting what is not there yet.</summary>
internal static class SyncCommand
{
    public static Command Create()
    {
        var period = PeriodOption.Required();
        var command = new Command("sync", "Bring the invoices of a period to the accounting system that it does not have yet.") { period };
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => RunAsync(context, result.GetRequiredValue(period), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        await context.Get<OutboxPump>().SendAsync(period, failedToo: true, cancellationToken).ConfigureAwait(false);
        await PeriodClose.DrainAsync(context, period, cancellationToken).ConfigureAwait(false);
        var entries = await context.Get<BillStore>().ListAsync<OutboxEntry>(period, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(entries, _ => { });
        foreach (var entry in entries.Where(e => e.State != SyncState.Confirmed))
        {
            Screen.Problem($"{entry.Number}: {entry.Error ?? "waits"}");
        }

        context.Screen.Notice($"{entries.Count(e => e.State == SyncState.Confirmed)} of {entries.Count} invoices of {period} are with accounting.");
        return entries.All(e => e.State == SyncState.Confirmed) ? ExitCode.Done : ExitCode.HeldOrFailed;
    }
}
