using System.CommandLine;
using MspBilling.App.Documents;
using MspBilling.App.Invoicing;
using MspBilling.Core.Documents.EInvoice;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>e-invoice HL-002041 [--syntax cii] [--out FILE]</c>: an issued invoice or credit note as XML.</summary>
internal static class EInvoiceCommand
{
    public static Command Create()
    {
        var number = new Argument<string>("number") { Description = "The number of the invoice or the credit note, such as HL-002041." };
        var syntax = new Option<EInvoiceSyntax>("--syntax") { Description = "ubl, or cii as Factur-X has it.", DefaultValueFactory = _ => EInvoiceSyntax.Ubl };
        var file = new Option<FileInfo?>("--out") { Description = "The file to write; the number with .xml where it is not given." };
        var command = new Command("e-invoice", "Write an invoice or a credit note as XML by EN 16931, for Peppol and the like, or tell what is missing for it.") { number, syntax, file };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result, 0, context => RunAsync(context, result.GetRequiredValue(number), result.GetValue(syntax), result.GetValue(file), token), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string number, EInvoiceSyntax syntax, FileInfo? file, CancellationToken cancellationToken)
    {
        var (xml, problems) = await ReadAsync(context, number, syntax, cancellationToken).ConfigureAwait(false);
        var written = xml is null ? null : file ?? new FileInfo(Uri.EscapeDataString(number) + ".xml");
        if (xml is not null)
        {
            await File.WriteAllBytesAsync(written!.FullName, xml, cancellationToken).ConfigureAwait(false);
        }

        context.Screen.Answer(new { number = number, file = written?.FullName, problems }, _ => { });
        foreach (var problem in problems)
        {
            Screen.Problem(problem.ToString());
        }

        context.Screen.Notice(written is null ? $"{number} cannot be written as an electronic document yet." : $"{number} is in {written.FullName}.");
        return written is null ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static async Task<(byte[]? Xml, IReadOnlyList<EInvoiceProblem> Problems)> ReadAsync(CommandContext context, string number, EInvoiceSyntax syntax, CancellationToken cancellationToken)
    {
        var reader = context.Get<EInvoiceReader>();
        if (await context.Get<StoredInvoices>().FindAsync(number, cancellationToken).ConfigureAwait(false) is { } invoice)
        {
            return await reader.ReadAsync(invoice, syntax, cancellationToken).ConfigureAwait(false);
        }

        return await context.Get<StoredCreditNotes>().FindAsync(number, cancellationToken).ConfigureAwait(false) is { } note
            ? await reader.ReadAsync(note, syntax, cancellationToken).ConfigureAwait(false)
            : throw new BadInputException($"No invoice or credit note has the number {number}. 'report receivables' and the dashboard list the invoices that there are.");
    }
}
