using MspBilling.Core;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>A bill as a preview shows it: its invoices' totals and lines, and what became of the rest.</summary>
public sealed record PreviewedBill(
    string ClientId, string ClientName, string? Problem, IReadOnlyList<PreviewedInvoice> Invoices, IReadOnlyList<DispositionTotal> Dispositions)
{
    public static PreviewedBill Of(ClientBill bill) => new(
        bill.ClientId, bill.ClientName, bill.Problem, [.. bill.Invoices.Select(PreviewedInvoice.Of)], DispositionTotal.Of(bill.Dispositions, bill.Invoices.Select(invoice => invoice.Net)));
}

public sealed record PreviewedInvoice(Currency Currency, Money Net, Money Tax, Money Total, DateOnly DueDate, IReadOnlyList<PreviewedLine> Lines)
{
    public static PreviewedInvoice Of(InvoiceDraft draft) => new(
        draft.Currency, draft.Net, draft.Tax, draft.Total, draft.DueDate,
        [.. draft.Lines.Select(l => new PreviewedLine(l.Service, l.Description, l.Explanation.Rule, l.Explanation.Sentence, l.Quantity, l.Unit, l.UnitPrice, l.Discount, l.Net))]);
}

public sealed record PreviewedLine(
    string Service, string Description, string Rule, string Explanation, decimal Quantity, string Unit, UnitPrice UnitPrice, Money Discount, Money Net);
