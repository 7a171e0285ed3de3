using System.CommandLine;
using MspBilling.App.Documents;
using MspBilling.App.Invoicing;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>e-invoice HL-002041 [--syntax cii] [--out FILE]</c>: an issued invoice as XML.</summary>
internal static class EInvoiceCommand
{
    public static Command Create()
    {
        var number = new Argument<string>("number") { Description = "The invoice's number, such as HL-002041." };
        var syntax = new Option<EInvoiceSyntax>("--syntax") { Description = "ubl, or cii as Factur-X has it.", DefaultValueFactory = _ => EInvoiceSyntax.Ubl };
        var file = new Option<FileInfo?>("--out") { Description = "The file to write; the number with .xml where it is not given." };
        var command = new Command("e-invoice", "Write an invoice as XML by EN 16931, for Peppol and the like, or tell what is missing for it.") { number, syntax, file };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result, 0, context => RunAsync(context, result.GetRequiredValue(number), result.GetValue(syntax), result.GetValue(file), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string number, EInvoiceSyntax syntax, FileInfo? file, CancellationToken cancellationToken)
    {
        var issued = await context.Get<InvoiceDetailReader>().FindAsync(number, cancellationToken).ConfigureAwait(false)
            ?? throw new BadInputException($"No invoice has the number {number}. 'report receivables' and the dashboard list those that there are.");
        var (xml, problems) = await context.Get<EInvoiceReader>().ReadAsync(issued, syntax, cancellationToken).ConfigureAwait(false);
        var written = xml is null ? null : file ?? new FileInfo(Uri.EscapeDataString(issued.Number) + ".xml");
        if (xml is not null)
        {
            await File.WriteAllBytesAsync(written!.FullName, xml, cancellationToken).ConfigureAwait(false);
        }

        context.Screen.Answer(new { number = issued.Number, file = written?.FullName, problems }, _ => { });
        foreach (var problem in problems)
        {
            Screen.Problem(problem.ToString());
        }

        context.Screen.Notice(written is null ? $"{issued.Number} cannot be written as an electronic invoice yet." : $"{issued.Number} is in {written.FullName}.");
        return written is null ? ExitCode.HeldOrFailed : ExitCode.Done;
    }
}
