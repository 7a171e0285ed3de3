using MspBilling.Adapters.Storage;
using MspBilling.App.Accounting;
using MspBilling.App.Invoicing;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary>Closes a period in front of the user: a progress bar, then accounting until its queue is empty, then the files.</summary>
internal static class PeriodClose
{
    // After this long the rest goes on when the host serves, or at the next close.
    private static readonly TimeSpan AccountingPatience = TimeSpan.FromSeconds(60);

    /// <param name="Took">Null when the period was closed before.</param>
    /// <param name="Folder">Where the period's files lie.</param>
    public sealed record Result(TimeSpan? Took, DirectoryInfo Folder);

    public static async Task<Result> RunAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        var clock = context.Get<TimeProvider>();
        var start = clock.GetTimestamp();
        var (run, progress) = context.Get<BillingRunner>().Start(period);
        await ProgressView.ShowAsync(context.Screen, period, progress, run, cancellationToken).ConfigureAwait(false);

        await progress.TimeAsync("Accounting", async () => { await DrainAsync(context, period, cancellationToken).ConfigureAwait(false); return 0; }).ConfigureAwait(false);
        var folder = await WriteFilesAsync(context, period, cancellationToken).ConfigureAwait(false);
        if (context.Get<WriteBackJob>() is { Writers.Count: > 0 } writeBack && (await writeBack.ListAsync(period, cancellationToken).ConfigureAwait(false)).Any(value => value.State == WriteBackState.Waiting))
        {
            context.Screen.Notice($"Not all time has its invoice's number at its source yet. The host goes on with it while it serves; at once: write-back --period {period}");
        }

        return new Result(clock.GetElapsedTime(start), folder);
    }

    /// <summary>Brings what was issued without a close to accounting and into the folder.</summary>
    public static async Task<Result> DeliverAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        await DrainAsync(context, period, cancellationToken).ConfigureAwait(false);
        return new Result(null, await WriteFilesAsync(context, period, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Ends what a close left open that was cut short after its last invoice: what accounting does not have, and files.</summary>
    public static async Task<Result> FinishAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        var sent = await context.Get<OutboxPump>().SendAsync(period, failedToo: false, cancellationToken).ConfigureAwait(false);
        if (sent > 0)
        {
            await DrainAsync(context, period, cancellationToken).ConfigureAwait(false);
        }

        var folder = await WriteFilesAsync(context, period, cancellationToken).ConfigureAwait(false);
        context.Screen.Notice(sent == 0
            ? $"{period} was closed before; nothing was done again. Files: {folder.FullName}"
            : $"{period} was closed before; {sent} of its invoices went to accounting now. Files: {folder.FullName}");
        return new Result(null, folder);
    }

    private static async Task<DirectoryInfo> WriteFilesAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        var output = new OutputFolder(context.Options.Output, context.Get<BillStore>(), context.Get<AccountingFileStore>());
        var (folder, missing) = await output.WriteAsync(period, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            Screen.Problem($"The documents of {string.Join(", ", missing)} are not in the storage any more. Restore them from a backup; verify names all that are missing.");
        }

        return folder;
    }

    /// <summary>Handles accounting messages until the period has none that waits.</summary>
    public static async Task DrainAsync(CommandContext context, Period period, CancellationToken cancellationToken)
    {
        var clock = context.Get<TimeProvider>();
        var (pump, bills) = (context.Get<AccountingPump>(), context.Get<BillStore>());
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < AccountingPatience)
        {
            if (await pump.PumpOnceAsync(cancellationToken).ConfigureAwait(false) > 0)
            {
                continue;
            }

            var entries = await bills.ListAsync<OutboxEntry>(period, cancellationToken).ConfigureAwait(false);
            if (entries.All(entry => entry.State != SyncState.Pending))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
