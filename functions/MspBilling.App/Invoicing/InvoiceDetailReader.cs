using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Finds an issued invoice by its number, with the bill that it was issued from.</summary>
public sealed class InvoiceDetailReader(BillStore bills, NumberStore numbers)
{
    /// <returns>Null where no invoice has the number.</returns>
    public async Task<IssuedInvoice?> FindAsync(string number, CancellationToken cancellationToken)
    {
        var intent = (await numbers.FindAsync(number, cancellationToken).ConfigureAwait(false))?.Intent;
        return intent is null ? null : await bills.InvoiceAsync(intent.Period, intent.ClientId, intent.Currency, cancellationToken).ConfigureAwait(false);
    }

    public async Task<InvoiceDraft> DraftAsync(IssuedInvoice invoice, CancellationToken cancellationToken)
    {
        var bill = await bills.GetBillAsync(invoice.Period, invoice.ClientId, invoice.BillHash, cancellationToken).ConfigureAwait(false);
        return bill.Invoices.Single(i => i.Currency == invoice.Currency);
    }

    public async Task<InvoiceDetail> DetailAsync(IssuedInvoice invoice, CancellationToken cancellationToken) =>
        InvoiceDetail.Of(invoice, await DraftAsync(invoice, cancellationToken).ConfigureAwait(false));
}
