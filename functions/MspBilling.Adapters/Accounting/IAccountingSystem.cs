using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Accounting;

/// <summary>Where issued invoices and credit notes are booked.</summary>
public interface IAccountingSystem
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Brings one issued invoice there; the same invoice a second time changes nothing.</summary>
    /// <returns>What the accounting system calls it.</returns>
    /// <exception cref="PermanentAccountingException">It was refused, and would be again.</exception>
    Task<string> SendInvoiceAsync(string number, InvoiceDraft invoice, Period period, CancellationToken cancellationToken);

    /// <summary>Brings one credit note there; the same a second time changes nothing.</summary>
    /// <param name="note">The lines that are credited, above zero as they were charged.</param>
    /// <param name="invoice">The number of the invoice that it credits.</param>
    /// <returns>What the accounting system calls it.</returns>
    /// <exception cref="PermanentAccountingException">It was refused, and would be again.</exception>
    Task<string> SendCreditNoteAsync(string number, InvoiceDraft note, string invoice, Period period, CancellationToken cancellationToken);
}
