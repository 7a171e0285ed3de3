using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>A printed document in the terms of EN 16931: the same figures, with what only a program reads.</summary>
public static class EInvoiceMapping
{
    // EN 16931 gives amounts two decimals (rules BR-DEC-01 to BR-DEC-28).
    private const int MostPlaces = 2;

    /// <returns>The invoice, or all that is missing and where to add it.</returns>
    public static (ElectronicInvoice? Invoice, IReadOnlyList<EInvoiceProblem> Problems) Of(InvoiceDocument document, EInvoiceProfile profile)
    {
        if (document.Number is not { } number)
            return (null, [new EInvoiceProblem("BT-1", "A draft has no number yet.", "Issue it first.")]);
        if (document.Issuer.Seller is not { } details)
            return (null, [new EInvoiceProblem("BG-4", "Nothing is said of electronic invoices.", "Add eInvoice with the MSP's address to msp-settings.json, and close again: it holds from the next invoice on.")]);
        if (document.Currency.MinorUnits > MostPlaces)
            return (null, [new EInvoiceProblem("BT-5", $"Amounts in {document.Currency} have {document.Currency.MinorUnits} decimals, and an electronic invoice has two.", "Send the printed invoice.")]);

        // Nothing that is added mends this, and what follows from it, such as sums that differ, would only mislead.
        if (ElectronicLines.SeveralTaxes(document) is { } several)
            return (null, [several]);

        var problems = new List<EInvoiceProblem>();
        var lines = ElectronicLines.Of(document);
        if (lines.Count == 0)
            return (null, [new EInvoiceProblem("BG-25", "There are no lines.", "Send the printed invoice.")]);

        var (breakdown, allowances) = VatBreakdowns.Of(document.Totals, lines, document.Currency, problems);
        var isOutsideScope = breakdown.Any(vat => vat.Rate.Category == TaxCategory.OutsideScope);
        var buyer = BuyerOf(document.BillTo, isOutsideScope);
        var invoice = new ElectronicInvoice
        {
            Specification = Specification.Of(profile),
            BusinessProcess = Specification.ProcessOf(profile),
            IsCreditNote = document.Kind == DocumentKind.CreditNote,
            Number = number,
            IssueDate = document.InvoiceDate,
            DueDate = document.Kind == DocumentKind.CreditNote ? document.InvoiceDate : document.DueDate,
            Currency = document.Currency,
            Note = EInvoiceText.Joined([document.Credits?.Reason, .. document.Notes]),
            BuyerReference = EInvoiceText.Of(document.BillTo.Buyer?.BuyerReference),
            PurchaseOrder = EInvoiceText.Of(document.Reference),
            Contract = EInvoiceText.Of(document.Contract),
            Preceding = document.Credits,
            Seller = SellerOf(document.Issuer, details, isOutsideScope),
            Buyer = buyer,
            DeliverTo = breakdown.Any(vat => vat.Rate.Category == TaxCategory.IntraCommunity) ? buyer.Address : null,
            Period = PeriodOf(document.ServicePeriod, lines),
            Payment = PaymentOf(document, number),
            PaymentTerms = EInvoiceText.Of(document.Credits is { } credited ? Credited(document.Language, credited) : document.PaymentTerms),
            Allowances = allowances,
            Totals = TotalsOf(document, lines, breakdown, allowances, problems),
            Breakdown = breakdown,
            Lines = lines,
        };
        problems.AddRange(Completeness.Check(invoice, profile));
        return problems.Count == 0 ? (invoice, []) : (null, problems);
    }

    // A credit note has no terms of payment, and rule BR-CO-25 wants some where an amount is stated.
    private static string Credited(DocumentLanguage language, CreditedInvoice credited)
    {
        var format = new DocumentFormat(language);
        return format.Fill(InvoiceLabels.For(language).CreditedInvoice, credited.Number, format.Date(credited.Date));
    }

    private static ElectronicParty SellerOf(Issuer issuer, SellerDetails details, bool isOutsideScope) => new()
    {
        Name = EInvoiceText.Of(issuer.Name) ?? "-",
        Address = CleanOf(details.Address),
        VatNumber = isOutsideScope ? null : details.VatNumber,
        TaxRegistration = EInvoiceText.Of(details.TaxRegistration),
        Registration = details.Registration,
        ElectronicAddress = details.ElectronicAddress,
        Contact = new ElectronicContact(EInvoiceText.Of(details.ContactName) ?? EInvoiceText.Of(issuer.Name) ?? "-", EInvoiceText.Of(issuer.Phone), EInvoiceText.Of(issuer.Email)),
    };

    private static ElectronicParty BuyerOf(BillTo client, bool isOutsideScope)
    {
        var address = client.Buyer?.Address ?? new PostalAddress();
        return new ElectronicParty
        {
            Name = EInvoiceText.Of(client.Name) ?? "-",
            Address = CleanOf(address),
            VatNumber = isOutsideScope ? null : VatNumber.Find(client.TaxNumber, address.Country),
            Registration = client.Buyer?.Registration,
            ElectronicAddress = client.Buyer?.ElectronicAddress,
        };
    }

    private static PostalAddress CleanOf(PostalAddress address) => new()
    {
        Line1 = EInvoiceText.Of(address.Line1),
        Line2 = EInvoiceText.Of(address.Line2),
        Line3 = EInvoiceText.Of(address.Line3),
        City = EInvoiceText.Of(address.City),
        PostCode = EInvoiceText.Of(address.PostCode),
        Subdivision = EInvoiceText.Of(address.Subdivision),
        Country = address.Country,
    };

    private static Period PeriodOf(Period own, IReadOnlyList<ElectronicLine> lines) =>
        new(lines.Select(line => line.Period.Start).Append(own.Start).Min(), lines.Select(line => line.Period.End).Append(own.End).Max());

    private static ElectronicPayment? PaymentOf(InvoiceDocument document, string number) => (document.Kind, document.Issuer.Account) switch
    {
        (DocumentKind.CreditNote, _) => new ElectronicPayment(ElectronicPayment.Clearing, number),
        (_, null) => null,
        (_, { } account) => new ElectronicPayment(
            account.IsIban && document.Currency.Code == "EUR" ? ElectronicPayment.SepaTransfer : ElectronicPayment.Transfer,
            number, account.Number, EInvoiceText.Of(account.Name ?? document.Issuer.Name), account.Bic),
    };

    private static ElectronicTotals TotalsOf(
        InvoiceDocument document, IReadOnlyList<ElectronicLine> lines, IReadOnlyList<VatBreakdown> breakdown, IReadOnlyList<DocumentAllowance> allowances, List<EInvoiceProblem> problems)
    {
        var net = Money.Sum(lines.Select(line => line.Net), document.Currency);
        var allowed = Money.Sum(allowances.Select(allowance => allowance.Amount), document.Currency);
        var vat = Money.Sum(breakdown.Select(each => each.Tax), document.Currency);
        var total = net - allowed + vat;
        if (total != document.Totals.Total)
            problems.Add(new EInvoiceProblem("BT-112", $"The lines and the VAT come to {total}, and the total is {document.Totals.Total}.", "Send the printed invoice, and report this as a fault."));

        if (document.AccountingTax is { Tax: null } owed)
        {
            problems.Add(new EInvoiceProblem(
                "BT-111", $"What the VAT is in {owed.Currency} cannot be told: there is no rate for {document.Currency} on the day of the invoice.",
                "Add it to eInvoice.accountingCurrency.rates in msp-settings.json."));
        }

        var (due, paid) = (document.Totals.AmountDue, document.Totals.Total - document.Totals.AmountDue);
        return new ElectronicTotals(net, allowances.Count == 0 ? null : allowed, net - allowed, vat, document.AccountingTax?.Tax, total, paid.IsZero ? null : paid, due);
    }
}
