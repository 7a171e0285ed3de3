using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Issued invoices by their numbers, with what is on them and the settings that they were printed with.</summary>
public sealed class StoredInvoices(BillStore bills, NumberStore numbers, RunStore runs)
{
    /// <summary>The invoice of a number; null when no invoice has it.</summary>
    public async Task<IssuedInvoice?> FindAsync(string number, CancellationToken cancellationToken)
    {
        var intent = (await numbers.FindAsync(number, cancellationToken).ConfigureAwait(false))?.Intent;
        var invoice = intent is null ? null : await bills.InvoiceAsync(intent.Period, intent.ClientId, intent.Currency, intent.Part, cancellationToken).ConfigureAwait(false);
        return invoice?.Number == number ? invoice : null;
    }

    /// <summary>All invoices of a client, oldest period first; none for who never had one.</summary>
    public async Task<IReadOnlyList<IssuedInvoice>> OfClientAsync(string clientId, CancellationToken cancellationToken)
    {
        var closed = await runs.ListAsync(cancellationToken).ConfigureAwait(false);
        var rows = await Task.WhenAll(closed.OrderBy(run => run.Period.Start).Select(run => bills.ClientRowsAsync(run.Period, clientId, cancellationToken))).ConfigureAwait(false);
        return [.. rows.SelectMany(each => each.Invoices)];
    }

    public async Task<WholeInvoice> WholeAsync(IssuedInvoice invoice, CancellationToken cancellationToken)
    {
        var bill = await bills.GetBillAsync(invoice.Period, invoice.ClientId, invoice.BillHash, cancellationToken).ConfigureAwait(false);
        return new WholeInvoice(invoice, bill.DraftOf(invoice.Currency, invoice.Part)!);
    }

    public async Task<InvoiceDetail> DetailAsync(IssuedInvoice invoice, CancellationToken cancellationToken) =>
        InvoiceDetail.Of(invoice, (await WholeAsync(invoice, cancellationToken).ConfigureAwait(false)).Draft);

    /// <summary>Who was who at the time of the invoice, so that whatever is printed about it later comes from the same MSP.</summary>
    /// <exception cref="InvalidOperationException">The records are not kept any more.</exception>
    public async Task<ClientDirectory> DirectoryAsync(IssuedInvoice invoice, CancellationToken cancellationToken)
    {
        var bill = await bills.GetBillAsync(invoice.Period, invoice.ClientId, invoice.BillHash, cancellationToken).ConfigureAwait(false);
        var json = bill.References is { } name ? await bills.FindReferencesAsync(name, cancellationToken).ConfigureAwait(false) : null;
        return json is null
            ? throw new InvalidOperationException($"The reference records of {invoice.Number} are not in the storage any more. Restore them from a backup; without them it cannot be credited.")
            : ClientDirectory.Of(RecordJson.Deserialize<IReadOnlyList<CapturedRecord>>(json));
    }
}
