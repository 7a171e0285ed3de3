using MspBilling.Adapters.Accounting.QuickBooks;
using MspBilling.Adapters.Accounting.Xero;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Accounting;

/// <summary>The accounting system that needs no account anywhere: import files for QuickBooks Online and Xero, one an invoice or credit note.</summary>
/// <remarks>Both files are made before the first is stored, so that an invoice that one of them refuses leaves none.</remarks>
/// <param name="files">Each is written once; the same content a second time is the same file.</param>
public sealed class ImportFileAccounting(AccountingFileStore files, ImportFileOptions options) : IAccountingSystem
{
    public string Name => "Import files";

    /// <returns>The files' names, separated by commas.</returns>
    public Task<string> SendInvoiceAsync(string number, InvoiceDraft invoice, Period period, CancellationToken cancellationToken) =>
        PutAllAsync(period, number, Files(number, invoice, options), cancellationToken);

    /// <returns>The files' names, separated by commas.</returns>
    public Task<string> SendCreditNoteAsync(string number, InvoiceDraft note, string invoice, Period period, CancellationToken cancellationToken) =>
        PutAllAsync(period, number, Files(number, note, options, invoice), cancellationToken);

    private async Task<string> PutAllAsync(Period period, string number, IReadOnlyList<(string System, byte[] Content)> made, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var (system, content) in made)
            names.Add(await PutAsync(system, period, number, content, cancellationToken).ConfigureAwait(false));
        return string.Join(", ", names);
    }

    private async Task<string> PutAsync(string system, Period period, string number, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            return await files.PutOnceAsync(system, period, number, content, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            // Another file in its place stays there however often it is tried.
            throw new PermanentAccountingException(e.Message);
        }
    }

    /// <param name="credits">The number of the invoice, for a credit note.</param>
    internal static IReadOnlyList<(string System, byte[] Content)> Files(
        string number, InvoiceDraft invoice, ImportFileOptions options, string? credits = null)
    {
        var made = new List<(string, byte[])>();
        if (options.QuickBooks is { } quickBooks)
            made.Add(("quickbooks", QuickBooksInvoiceFile.Write(number, invoice, quickBooks, credits)));
        if (options.Xero is { } xero)
            made.Add(("xero", XeroInvoiceFile.Write(number, invoice, xero, credits)));
        return made.Count > 0
            ? made
            : throw new PermanentAccountingException($"Invoice {number}: neither QuickBooks nor Xero is set up. Add one to the accounting settings and send the invoice again.");
    }
}
