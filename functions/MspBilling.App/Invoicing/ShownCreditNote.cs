using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>A credit note as the API and the command line show it.</summary>
public sealed record ShownCreditNote(
    string Number, string Invoice, string ClientId, string ClientName, Period Period, DateOnly Date, Currency Currency, Money Net, Money Tax, Money Total, bool Restock, string By, string Why, string Id, string Pdf)
{
    public static ShownCreditNote Of(IssuedCreditNote note) => new(
        note.Number, note.Invoice, note.ClientId, note.ClientName, note.Period, note.Date, note.Currency, note.Net, note.Tax, note.Total, note.Restocks, note.By, note.Why, note.Entry,
        $"/api/credit-notes/{Uri.EscapeDataString(note.Number)}/pdf");
}
