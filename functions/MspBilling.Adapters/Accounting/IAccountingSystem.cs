using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Accounting;

/// <summary>Where issued invoices are booked.</summary>
public interface IAccountingSystem
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Brings one issued invoice there; the same invoice a second time changes nothing.</summary>
    /// <returns>What the accounting system calls it.</returns>
    /// <exception cref="PermanentAccountingException">It was refused, and would be again.</exception>
    Task<string> SendInvoiceAsync(string number, InvoiceDraft invoice, Period period, CancellationToken cancellationToken);
}
