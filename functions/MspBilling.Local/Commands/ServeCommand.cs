using System.CommandLine;
using System.Globalization;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Reports;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using MspBilling.Local.Sample;

namespace MspBilling.Local.Commands;

/// <summary>Without a command: brings everything up, closes the sample month where there is no other data, and serves the dashboard.</summary>
internal static class ServeCommand
{
    private static readonly Period SamplePeriod = Period.Month(2024, 9);

    public static RootCommand Create()
    {
        var port = PortOption.Create("--port", "Of the dashboard and the API, on 127.0.0.1.", 7071);
        var noServe = new Option<bool>("--no-serve") { Description = "Stop after the close." };
        var root = new RootCommand("Billing automation for managed service providers: closes a month and serves the dashboard.")
        {
            port, noServe, LocalOptions.DataOption, LocalOptions.StoragePortOption, LocalOptions.JsonOption,
        };
        root.SetAction((result, token) =>
        {
            var serve = !result.GetValue(noServe);
            return CommandContext.RunAsync(
                result, serve ? result.GetValue(port) : 0, context => RunAsync(context, result.GetValue(port), serve, token), token);
        });
        return root;
    }

    private static async Task<int> RunAsync(CommandContext context, int port, bool serve, CancellationToken cancellationToken)
    {
        var exitCode = ExitCode.Done;
        if (await LoadSampleAsync(context, cancellationToken).ConfigureAwait(false))
        {
            var run = await context.Get<RunStore>().FindAsync(SamplePeriod, cancellationToken).ConfigureAwait(false);
            var close = run?.State == RunState.Finished
                ? await PeriodClose.FinishAsync(context, SamplePeriod, cancellationToken).ConfigureAwait(false)
                : await PeriodClose.RunAsync(context, SamplePeriod, cancellationToken).ConfigureAwait(false);
            var summary = await CloseSummary.ReadAsync(context, SamplePeriod, close, cancellationToken).ConfigureAwait(false);
            context.Screen.Answer(summary, summary.Print);
            exitCode = summary.ExitCode;
        }
        else
        {
            await ShowNewestAsync(context, cancellationToken).ConfigureAwait(false);
        }

        if (serve)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
            await context.Host.ServeAsync(port, () => context.Screen.Notice($"Dashboard: {address}   API: {address}/api/health   Stop with Ctrl+C."), cancellationToken).ConfigureAwait(false);
        }

        return exitCode;
    }

    // The MSP's own months are closed when the MSP says so; here the last of them is only shown.
    private static async Task ShowNewestAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (await context.Get<ReportReader>().NewestPeriodAsync(cancellationToken).ConfigureAwait(false) is not { } period)
        {
            context.Screen.Answer(new { period = (string?)null }, console => console.Line($"No month has been closed yet. Close one with: close --period 2024-09"));
            return;
        }

        var summary = await CloseSummary.ReadAsync(context, period, null, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(summary, summary.Print);
    }

    /// <summary>Imports the sample where nothing was imported, into an emulator and not into somebody's account, or where its import was cut short.</summary>
    /// <returns>False where the MSP's own data is in the storage.</returns>
    private static async Task<bool> LoadSampleAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var all = await context.Get<RawPayloadStore>().ListAsync(cancellationToken).ConfigureAwait(false);
        var imported = all.Where(i => !i.IsPage).ToLookup(i => i.Hash);
        var sample = SampleMonth.Generate();
        if (all.Count > 0 && !sample.Any(file => imported.Contains(RecordJson.Hash(file.Content))))
        {
            return false;
        }

        if (all.Count == 0 && !context.Host.IsEmulated)
        {
            context.Screen.Notice("Nothing has been imported into this storage yet, and the sample is loaded into an emulator only. Import msp-settings.json and the PSA's files; see the README, \"Your own data\".");
            return false;
        }

        var imports = context.Get<ImportJob>();
        var open = sample.Where(file => !imported[RecordJson.Hash(file.Content)].Any(done => done.IsStored)).ToList();
        if (open.Count > 0)
        {
            context.Screen.Notice($"Importing the sample MSP ({open.Count} files)");
        }

        foreach (var file in open)
        {
            using var content = new MemoryStream(file.Content);
            var report = await imports.RunAsync(file.Name, null, content, cancellationToken).ConfigureAwait(false);
            if (report.State == ImportState.Refused)
            {
                throw new InvalidOperationException($"The sample's {file.Name} was refused: {report.Problems[0]}");
            }
        }

        return true;
    }
}
