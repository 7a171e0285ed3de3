using MspBilling.App.Invoicing;
using MspBilling.Core.Time;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MspBilling.Local.Output;

/// <summary>The live progress of a close: clients done, invoices, money, time left.</summary>
internal static class ProgressView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    public static async Task ShowAsync(Screen screen, Period period, RunProgress progress, Task run, CancellationToken cancellationToken)
    {
        if (!screen.Messages.Profile.Capabilities.Interactive)
        {
            screen.Notice($"Closing {period}");
            await run.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await screen.Messages.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new CountsColumn(progress))
            .StartAsync(async view =>
            {
                var bar = view.AddTask($"Closing {period}", maxValue: 1);
                while (!run.IsCompleted)
                {
                    Update(bar, progress);
                    await Task.WhenAny(run, Task.Delay(Refresh, cancellationToken)).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                Update(bar, progress);
                await run.ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    // Rating and issuing are each one half of the bar; how many there are to issue is known when all are rated.
    private static void Update(ProgressTask bar, RunProgress progress)
    {
        bar.MaxValue = Math.Max(1, 2 * progress.Clients);
        var issued = progress.ClientsToIssue == 0 ? 0 : (double)progress.IssuedClients / progress.ClientsToIssue;
        bar.Value = progress.Drafted + issued * progress.Clients;
    }

    private sealed class CountsColumn(RunProgress progress) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(
            $"{progress.Drafted}/{progress.Clients} clients  {progress.Invoices} invoices  {Texts.Of(progress.Billed)}");
    }
}
