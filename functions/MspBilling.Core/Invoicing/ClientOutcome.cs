using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

public enum ClientState
{
    /// <summary>It has an invoice that cannot be changed any more.</summary>
    Issued,

    /// <summary>There was nothing to invoice.</summary>
    NothingToInvoice,

    /// <summary>It could not be billed; the reason says why.</summary>
    Quarantined,

    /// <summary>Nobody who is billed: the MSP's own work, and work that no client is known for.</summary>
    NotAClient,
}

/// <summary>How a period stands for one client: what reports and runs read instead of the whole bill.</summary>
/// <param name="BillHash">Names the stored bill.</param>
/// <param name="Inputs">Hash of the bill's inputs: a close that finds the same does nothing.</param>
/// <param name="Activities">How many were captured.</param>
/// <param name="Totals">Everything captured, by what became of it.</param>
public sealed record ClientOutcome(
    Period Period, string ClientId, string ClientName, ClientState State, string? Problem, string BillHash, string Inputs, int Activities, IReadOnlyList<DispositionTotal> Totals);

/// <summary>All activities of one disposition and reason.</summary>
/// <param name="Values">What they are worth, one amount a currency; what is billed is worth what is invoiced.</param>
public sealed record DispositionTotal(DispositionKind Kind, Reason? Reason, int Activities, decimal Hours, decimal Units, IReadOnlyList<Money> Values)
{
    public static IReadOnlyList<DispositionTotal> Of(IEnumerable<Disposition> dispositions, IEnumerable<InvoiceDraft> invoices)
    {
        var billed = invoices.Select(invoice => invoice.Net).ToList();
        return
        [
            .. dispositions.GroupBy(d => (d.Kind, d.Reason)).OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Reason?.Code, StringComparer.Ordinal).Select(g => new DispositionTotal(
                g.Key.Kind,
                g.Key.Reason,
                g.Count(),
                g.Sum(d => d.Quantity.Hours),
                g.Sum(d => d.Quantity.Units),
                g.Key.Kind == DispositionKind.Billed ? billed : PerCurrency(g.Select(d => d.Value)))),
        ];
    }

    /// <summary>One sum a currency, in the order of their codes.</summary>
    public static IReadOnlyList<Money> PerCurrency(IEnumerable<Money?> amounts) =>
    [
        .. amounts.OfType<Money>().GroupBy(m => m.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => Money.Sum(g, g.Key)),
    ];
}

/// <summary>An issued invoice as lists and reports need it.</summary>
/// <param name="Balance">What is still to be paid.</param>
/// <param name="Services">Net revenue by service.</param>
/// <param name="BillHash">Names the stored bill that holds its lines.</param>
/// <param name="PdfHash">SHA-256 of the document.</param>
public sealed record IssuedInvoice(
    string Number,
    Period Period,
    string ClientId,
    string ClientName,
    DateOnly InvoiceDate,
    DateOnly DueDate,
    Money Net,
    Money Tax,
    Money Total,
    Money Balance,
    IReadOnlyList<ServiceTotal> Services,
    string BillHash,
    string PdfHash)
{
    public Currency Currency => Total.Currency;

    public static IssuedInvoice Of(string number, ClientBill bill, InvoiceDraft draft, string billHash, string pdfHash) => new(
        number,
        bill.Period,
        bill.ClientId,
        bill.ClientName,
        draft.InvoiceDate,
        draft.DueDate,
        draft.Net,
        draft.Tax,
        draft.Total,
        draft.Total,
        [.. draft.Lines.GroupBy(line => line.Service).Select(g => new ServiceTotal(g.Key, Money.Sum(g.Select(line => line.Net), draft.Currency)))],
        billHash,
        pdfHash);
}

public sealed record ServiceTotal(string Service, Money Net);

/// <summary>An activity that waits for somebody: what it is, why it waits, what releases it.</summary>
/// <param name="Value">What it would bring, where that is known.</param>
public sealed record Hold(
    Period Period, string ClientId, string ClientName, RecordId Activity, Reason Reason, string? Detail, string Description, DateOnly? Date, decimal Hours, decimal Units, Money? Value);
