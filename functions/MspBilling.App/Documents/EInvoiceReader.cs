using MspBilling.Adapters.Documents.EInvoice;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Documents.EInvoice;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Documents;

/// <summary>Makes the electronic form of an issued invoice or credit note on demand.</summary>
/// <remarks>
/// It is not stored: the bill that the invoice was issued from and the settings that it was issued with are, under the hashes of their bytes, and the same two make the
/// same XML. So an invoice keeps the bank account of its own day, and a run that is killed leaves no half of one.
/// </remarks>
public sealed class EInvoiceReader(BillStore bills, StoredInvoices invoices, StoredCreditNotes notes)
{
    /// <returns>The XML, or all that keeps it from being made.</returns>
    public async Task<(byte[]? Xml, IReadOnlyList<EInvoiceProblem> Problems)> ReadAsync(IssuedInvoice issued, EInvoiceSyntax syntax, CancellationToken cancellationToken)
    {
        var bill = await bills.GetBillAsync(issued.Period, issued.ClientId, issued.BillHash, cancellationToken).ConfigureAwait(false);
        if (bill.References is not { } name || await bills.FindReferencesAsync(name, cancellationToken).ConfigureAwait(false) is not { } json)
        {
            return (null, [new EInvoiceProblem("BG-4", $"The settings that {issued.Number} was issued with are not in the storage any more.", "Restore them from a backup.")]);
        }

        var settings = RecordJson.Deserialize<IReadOnlyList<CapturedRecord>>(json).OfType<MspSettings>().Single();
        return Written(settings, PrintedInvoice.Of(settings, bill.DraftOf(issued.Currency, issued.Part)!, issued.Number, issued.PaidAtIssue), syntax);
    }

    /// <returns>The XML of a credit note, or all that keeps it from being made.</returns>
    public async Task<(byte[]? Xml, IReadOnlyList<EInvoiceProblem> Problems)> ReadAsync(IssuedCreditNote issued, EInvoiceSyntax syntax, CancellationToken cancellationToken)
    {
        var (note, invoice) = await notes.WholeAsync(issued.Period, issued.ClientId, issued.Number, cancellationToken).ConfigureAwait(false);
        var settings = (await invoices.DirectoryAsync(invoice.Issued, cancellationToken).ConfigureAwait(false)).Settings;
        return Written(settings, PrintedInvoice.Of(settings, note, invoice, issued.Number), syntax);
    }

    private static (byte[]? Xml, IReadOnlyList<EInvoiceProblem> Problems) Written(MspSettings settings, InvoiceDocument document, EInvoiceSyntax syntax)
    {
        var (invoice, problems) = EInvoiceMapping.Of(document, document.BillTo.Buyer?.Profile ?? settings.EInvoice?.Profile ?? EInvoiceProfile.En16931);
        return invoice is null ? (null, problems) : (syntax == EInvoiceSyntax.Cii ? CiiWriter.Write(invoice) : UblWriter.Write(invoice), []);
    }
}

/// <summary>The two forms that EN 16931 has.</summary>
public enum EInvoiceSyntax
{
    Ubl,
    Cii,
}
