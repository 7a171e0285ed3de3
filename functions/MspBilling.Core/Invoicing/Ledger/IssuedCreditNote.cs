using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>A credit note with its number, as lists and reports need it; it is never changed.</summary>
/// <param name="Invoice">The number of the invoice that it credits.</param>
/// <param name="Period">Of that invoice.</param>
/// <param name="Services">What is credited by service, net.</param>
/// <param name="Entry">Id of the ledger's entry, which has its lines.</param>
/// <param name="PdfHash">SHA-256 of the document.</param>
public sealed record IssuedCreditNote(
    string Number, string Invoice, Period Period, string ClientId, string ClientName, DateOnly Date, Money Net, Money Tax, Money Total, IReadOnlyList<ServiceTotal> Services, bool Restocks,
    string By, string Why, string Entry, string PdfHash)
{
    public Currency Currency => Total.Currency;

    public static IssuedCreditNote Of(string number, CreditNote note, WholeInvoice invoice, string pdfHash) => new(
        number, note.Invoice, note.Period, invoice.Issued.ClientId, invoice.Issued.ClientName, note.Date, note.Net, note.Tax, note.Total,
        [
            .. note.Lines.GroupBy(line => invoice.Draft.Lines[line.Index].Service)
                .Select(service => new ServiceTotal(service.Key, Money.Sum(service.Select(line => line.Tax.Net), note.Currency))),
        ],
        note.Restocks, note.By, note.Why, note.Id, pdfHash);
}
