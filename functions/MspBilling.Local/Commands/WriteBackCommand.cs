using System.CommandLine;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>write-back --period 2024-09</c>: writes the numbers of a period's invoices on the time that they bill, at the source.</summary>
internal static class WriteBackCommand
{
    public static Command Create()
    {
        var period = PeriodOption.Required();
        var source = new Option<string?>("--source") { Description = "One source, such as connectwise; all whose settings ask for it where it is left out." };
        var command = new Command("write-back", "Write the numbers of a period's invoices on the time that they bill, at the PSA.") { period, source };
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => RunAsync(context, result.GetRequiredValue(period), result.GetValue(source), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Period period, string? source, CancellationToken cancellationToken)
    {
        var job = context.Get<WriteBackJob>();
        if (job.Writers.Count == 0)
        {
            throw new BadInputException(
                "No source takes invoice numbers by its settings. Set Sources__ConnectWise__InvoiceReference, Sources__Autotask__WriteInvoiceReference or Sources__HaloPsa__WriteInvoiceNumbers; see local.settings.sample.json.");
        }

        if (source is not null && job.Writers.All(writer => writer.Name != source))
        {
            throw new BadInputException($"--source: '{source}' takes no invoice numbers by its settings; those that do: {string.Join(", ", job.Writers.Select(writer => writer.Name))}.");
        }

        await context.Get<WriteBackRunner>().RunAsync(period, source, again: true, cancellationToken).ConfigureAwait(false);
        var all = (await job.ListAsync(period, cancellationToken).ConfigureAwait(false)).Where(value => source is null || value.Source == source).Select(ShownWriteBack.Of).ToList();
        context.Screen.Answer(new { writeBack = all }, _ => { });
        foreach (var value in all)
        {
            Show(context, value);
        }

        context.Screen.Notice($"{all.Sum(value => value.Written)} of {all.Sum(value => value.Entries ?? 0)} time entries have the number of their invoice of {period}.");
        return all.TrueForAll(value => value.State == WriteBackState.Written) ? ExitCode.Done : ExitCode.HeldOrFailed;
    }

    private static void Show(CommandContext context, ShownWriteBack value)
    {
        context.Screen.Notice($"{value.Source} {value.Number}: {value.Written} of {value.Entries?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "its"} time entries have it");
        if (value.Problem is { } problem)
        {
            Screen.Problem($"{value.Source} {value.Number} waits: {problem}");
        }

        foreach (var time in value.Left)
        {
            Screen.Problem($"{value.Source} {value.Number}, {time.Activity}: {time.Problem}");
        }
    }
}
