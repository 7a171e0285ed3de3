using System.CommandLine;
using MspBilling.App.Invoicing;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>verify</c>: computes every stored invoice again from the files that were imported.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Compute every stored invoice again from the raw payloads and report any difference.");
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => RunAsync(context, token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var report = await context.Get<InvoiceVerification>().RunAsync(cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(report, _ => { });
        foreach (var difference in report.Differences)
        {
            Screen.Problem($"{string.Join(' ', new[] { difference.Period?.ToString(), difference.ClientName, difference.Invoice }.Where(part => part is not null))}: {difference.What}");
        }

        context.Screen.Notice(report.Differences.Count == 0
            ? $"{report.Invoices} invoices and {report.Bills} bills computed again from {report.Payloads} imported files: no difference."
            : $"{report.Differences.Count} differences in {report.Bills} bills.");
        return report.Differences.Count == 0 ? ExitCode.Done : ExitCode.HeldOrFailed;
    }
}
