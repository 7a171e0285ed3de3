using MspBilling.Core.Clients;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>What an electronic invoice must have that a printed one may lack, by the rules of EN 16931, Peppol and XRechnung.</summary>
internal static class Completeness
{
    private const string Germany = "DE";

    public static IEnumerable<EInvoiceProblem> Check(ElectronicInvoice invoice, EInvoiceProfile profile)
    {
        var (seller, buyer) = (invoice.Seller, invoice.Buyer);
        var categories = invoice.Breakdown.Select(vat => vat.Rate.Category).Distinct().ToList();

        // BR-11, BR-CL-14
        if (!CountryCodes.IsKnown(buyer.Address.Country))
            yield return Client("BT-55", $"The country of {buyer.Name} is not known.", "address.country", ", or its name in the PSA under eInvoice.countryNames");

        // BR-CO-26; BT-31 cannot stand beside a line outside the scope of VAT.
        if (seller.VatNumber is null && seller.Registration is null)
            yield return Msp("BT-30", "The seller has neither a VAT number nor a company number.", "companyNumber");

        foreach (var problem in Vat(invoice, categories))
            yield return problem;

        if (profile == EInvoiceProfile.En16931)
            yield break;

        // PEPPOL-EN16931-R020, R010, R003
        if (seller.ElectronicAddress is null)
            yield return Msp("BT-34", "The seller has no electronic address.", "electronicAddress");
        if (buyer.ElectronicAddress is null)
            yield return Client("BT-49", $"{buyer.Name} has no electronic address.", "electronicAddress");

        // PEPPOL-EN16931-CL008
        if (profile == EInvoiceProfile.Peppol && seller.ElectronicAddress is { IsOfPeppol: false } own)
            yield return Msp("BT-34", $"Peppol does not know the seller's electronic address, {own}.", "electronicAddress", " by a number, such as that of its VAT,");
        if (profile == EInvoiceProfile.Peppol && buyer.ElectronicAddress is { IsOfPeppol: false } theirs)
            yield return Client("BT-49", $"Peppol does not know the electronic address of {buyer.Name}, {theirs}.", "electronicAddress", ", by a number such as its VAT number's");
        if (profile == EInvoiceProfile.Peppol && invoice.BuyerReference is null && invoice.PurchaseOrder is null)
            yield return Client("BT-10", $"{buyer.Name} has neither a reference nor a purchase order.", "buyerReference", ", or a purchase order to its agreement");

        if (profile == EInvoiceProfile.XRechnung || (seller.Address.Country == Germany && buyer.Address.Country == Germany))
        {
            foreach (var problem in German(invoice))
                yield return problem;
        }
    }

    private static IEnumerable<EInvoiceProblem> Vat(ElectronicInvoice invoice, List<TaxCategory> categories)
    {
        var (seller, buyer) = (invoice.Seller, invoice.Buyer);

        // BR-O-11
        if (categories.Contains(TaxCategory.OutsideScope) && categories.Count > 1)
            yield return new EInvoiceProblem("BT-118", "Lines outside the scope of VAT stand beside others, which an electronic invoice does not allow.", "Bill them on an invoice of their own.");

        // BR-S-02, BR-Z-02, BR-E-02, BR-AE-02; BR-G-02 and BR-IC-02 want the VAT number itself.
        if (categories.Any(c => c is TaxCategory.Export or TaxCategory.IntraCommunity) && seller.VatNumber is null)
            yield return Msp("BT-31", "The seller has no VAT number.", "vatNumber");
        else if (categories.Any(c => c != TaxCategory.OutsideScope) && seller.VatNumber is null && seller.TaxRegistration is null)
            yield return Msp("BT-31", "The seller has neither a VAT number nor a tax number.", "vatNumber", " or eInvoice.taxRegistration");

        if (categories.Contains(TaxCategory.IntraCommunity) && buyer.VatNumber is null)
            yield return TaxNumber(buyer);
        else if (categories.Contains(TaxCategory.ReverseCharge) && buyer.VatNumber is null && buyer.Registration is null)
            yield return TaxNumber(buyer);

        // BR-E-10, which no code answers as it does the other categories.
        if (invoice.Breakdown.Any(vat => vat.Rate.Category == TaxCategory.Exempt && vat.Reason is null))
            yield return new EInvoiceProblem("BT-120", "Lines are exempt from VAT, and nothing says why.", "Add a reason to the exempt rate of the tax jurisdiction in msp-settings.json.");
    }

    /// <summary>BR-DE-1 to BR-DE-9 and BR-DE-15, which Peppol has as DE-R-001 to DE-R-009 and DE-R-015 between two parties in Germany.</summary>
    private static IEnumerable<EInvoiceProblem> German(ElectronicInvoice invoice)
    {
        var (seller, buyer) = (invoice.Seller, invoice.Buyer);
        if (invoice.BuyerReference is null)
            yield return Client("BT-10", $"{buyer.Name} has no reference, such as a Leitweg-ID.", "buyerReference");
        if (invoice.Payment is null)
            yield return Msp("BG-16", "There is no account to pay to.", "bankAccounts");
        if (seller.Address.City is null || seller.Address.PostCode is null)
            yield return Msp("BT-37", "The seller's address has no city or no post code.", "address");
        if (seller.Contact is not { Phone: not null, Email: not null })
            yield return new EInvoiceProblem("BG-6", "The seller has no telephone number or no address of electronic mail.", "Add phone and email to msp-settings.json.");
        if (buyer.Address.City is null || buyer.Address.PostCode is null)
            yield return Client("BT-52", $"The address of {buyer.Name} has no city or no post code.", "address");
    }

    private static EInvoiceProblem Msp(string term, string what, string setting, string or = "") => new(term, what, $"Add eInvoice.{setting}{or} to msp-settings.json.");

    private static EInvoiceProblem Client(string term, string what, string setting, string or = "") => new(term, what, $"Add eInvoice.{setting} to the client in msp-settings.json{or}.");

    private static EInvoiceProblem TaxNumber(ElectronicParty buyer) =>
        new("BT-48", $"{buyer.Name} has no VAT number that begins with its country, {buyer.Address.Country}.", "Write it under taxNumber of the client in msp-settings.json, like PL7250012345.");
}
