using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Documents.EInvoice;
using Xunit;

namespace MspBilling.Tests.Documents.EInvoice;

public sealed class EInvoiceMappingTests
{
    private static readonly InvoiceDocument Standard = EInvoiceCases.All["standard"];

    public static TheoryData<string, string> Refusals => new()
    {
        { "a draft", "BT-1: A draft has no number yet. Issue it first." },
        { "no settings", "BG-4: Nothing is said of electronic invoices. Add eInvoice with the MSP's address to msp-settings.json, and close again: it holds from the next invoice on." },
        { "dinars", "BT-5: Amounts in KWD have 3 decimals, and an electronic invoice has two. Send the printed invoice." },
        { "no country", "BT-55: The country of Αθηνά Analytics Ltd is not known. Add eInvoice.address.country to the client in msp-settings.json, or its name in the PSA under eInvoice.countryNames." },
        { "no tax number", "BT-31: The seller has neither a VAT number nor a tax number. Add eInvoice.vatNumber or eInvoice.taxRegistration to msp-settings.json." },
        { "no registration outside scope", "BT-30: The seller has neither a VAT number nor a company number. Add eInvoice.companyNumber to msp-settings.json." },
        { "export without a VAT number", "BT-31: The seller has no VAT number. Add eInvoice.vatNumber to msp-settings.json." },
        { "reverse charge to nobody", "BT-48: Αθηνά Analytics Ltd has no VAT number that begins with its country, IE. Write it under taxNumber of the client in msp-settings.json, like PL7250012345." },
        { "exempt without a reason", "BT-120: Lines are exempt from VAT, and nothing says why. Add a reason to the exempt rate of the tax jurisdiction in msp-settings.json." },
        { "two taxes on a line", "BT-152: Line 1 bears 2 taxes, and an electronic invoice states one VAT rate a line. Send the printed invoice: EN 16931 is for VAT alone." },
        { "outside scope beside others", "BT-118: Lines outside the scope of VAT stand beside others, which an electronic invoice does not allow. Bill them on an invoice of their own." },
        { "no exchange rate", "BT-111: What the VAT is in EUR cannot be told: there is no rate for USD on the day of the invoice. Add it to eInvoice.accountingCurrency.rates in msp-settings.json." },
        { "no addresses", "BT-34: The seller has no electronic address. Add eInvoice.electronicAddress to msp-settings.json." },
        { "no addresses", "BT-49: Αθηνά Analytics Ltd has no electronic address. Add eInvoice.electronicAddress to the client in msp-settings.json." },
        { "mail addresses", "BT-34: Peppol does not know the seller's electronic address, EM:accounts@harbourlight.example. Add eInvoice.electronicAddress by a number, such as that of its VAT, to msp-settings.json." },
        { "mail addresses", "BT-49: Peppol does not know the electronic address of Αθηνά Analytics Ltd, EM:ap@athena.example. Add eInvoice.electronicAddress to the client in msp-settings.json, by a number such as its VAT number's." },
        { "no reference", "BT-10: Αθηνά Analytics Ltd has neither a reference nor a purchase order. Add eInvoice.buyerReference to the client in msp-settings.json, or a purchase order to its agreement." },
        { "a total of its own", "BT-112: The lines and the VAT come to 293.66 EUR, and the total is 300.00 EUR. Send the printed invoice, and report this as a fault." },
        { "a base of its own", "BG-23: The lines' amounts and the amounts that VAT was taken of do not agree. Send the printed invoice, and report this as a fault." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Of_IncompleteDocument_SaysWhatToAdd(string what, string problem)
    {
        var (invoice, problems) = EInvoiceMapping.Of(Incomplete(what), EInvoiceProfile.Peppol);

        Assert.Null(invoice);
        Assert.Contains(problem, problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Of_DocumentWithoutAddresses_IsEnoughForEn16931Alone()
    {
        var (invoice, problems) = EInvoiceMapping.Of(Incomplete("no addresses"), EInvoiceProfile.En16931);

        Assert.Empty(problems);
        Assert.Equal(("urn:cen.eu:en16931:2017", null), (invoice!.Specification, invoice.BusinessProcess));
    }

    [Fact]
    public void Of_XRechnung_WantsAReferenceAnAccountAndFullAddresses()
    {
        var document = Standard with
        {
            Issuer = EInvoiceCases.Seller with { Account = null, Phone = null, Seller = EInvoiceCases.Seller.Seller! with { Address = new PostalAddress { Country = "DE" } } },
            BillTo = EInvoiceCases.German with { Buyer = EInvoiceCases.German.Buyer! with { BuyerReference = null, Address = new PostalAddress { Country = "DE" } } },
        };

        // Peppol wants the same between two parties in Germany.
        Assert.Equal(["BT-10", "BG-16", "BT-37", "BG-6", "BT-52"], EInvoiceMapping.Of(document, EInvoiceProfile.XRechnung).Problems.Select(p => p.Term));
        Assert.Equal(["BT-10", "BG-16", "BT-37", "BG-6", "BT-52"], EInvoiceMapping.Of(document, EInvoiceProfile.Peppol).Problems.Select(p => p.Term));
        Assert.Equal("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0", EInvoiceMapping.Of(Standard with { BillTo = EInvoiceCases.German }, EInvoiceProfile.XRechnung).Invoice!.Specification);
    }

    [Fact]
    public void Of_TextsFromOutside_AreOneLineOfCharactersThatXmlKnows()
    {
        var line = EInvoiceCases.Line(1, 1, 10m, "kettle") with { Description = " Backup\r\n\u0001of \uFFFEt\u0000he\tyear 😀\uD800 ", Explanation = "\u0007", Sku = " " };

        var mapped = Assert.Single(EInvoiceMapping.Of(EInvoiceCases.Of([line]), EInvoiceProfile.Peppol).Invoice!.Lines);

        Assert.Equal(("Backup of t he year 😀\uFFFD", "[kettle]", null, "C62"), (mapped.Name, mapped.Note, mapped.Sku, mapped.UnitCode));
    }

    [Theory]
    [InlineData("EUR", "IE29AIBK93115212345678", "58")] // SEPA
    [InlineData("USD", "IE29AIBK93115212345678", "30")]
    [InlineData("EUR", "021000021-123456", "30")]
    public void Of_Account_IsPaidToByATransferOfItsKind(string currency, string number, string code)
    {
        var document = EInvoiceCases.Of([EInvoiceCases.Line(1, 1, 10m, "h", currency: currency)]) with { Issuer = EInvoiceCases.Seller with { Account = new BankAccount(null, number, null, null) } };

        Assert.Equal(new ElectronicPayment(code, "HL-002041", number, "Harbourlight Managed IT Ltd"), EInvoiceMapping.Of(document, EInvoiceProfile.Peppol).Invoice!.Payment);
    }

    [Fact]
    public void Of_LinesOfOtherPeriods_WidenTheInvoicesPeriod()
    {
        var invoice = EInvoiceMapping.Of(EInvoiceCases.All["an annual fee and an adjustment"], EInvoiceProfile.Peppol).Invoice!;

        // July's adjustment and a year from September.
        Assert.Equal((new DateOnly(2024, 7, 1), new DateOnly(2025, 8, 31)), (invoice.Period.Start, invoice.Period.LastDay));
    }

    [Fact]
    public void Of_DocumentDiscount_IsAnAllowanceOfEachRate()
    {
        var invoice = EInvoiceMapping.Of(EInvoiceCases.All["document discount"], EInvoiceProfile.Peppol).Invoice!;

        // 135.00 - 9.00 = 126.00 at 23 % is 28.98; 15.00 - 1.00 = 14.00 at 9 % is 1.26.
        Assert.Equal([(9m, 23m), (1m, 9m)], invoice.Allowances.Select(a => (a.Amount.Amount, a.Rate.Percent!.Value)));
        Assert.Equal([(126m, 28.98m), (14m, 1.26m)], invoice.Breakdown.Select(v => (v.Taxable.Amount, v.Tax.Amount)));
        Assert.Equal((150m, 140m, 170.24m), (invoice.Totals.Lines.Amount, invoice.Totals.WithoutVat.Amount, invoice.Totals.Due.Amount));
    }

    [Fact]
    public void Of_ForeignCurrency_StatesTheVatInTheIssuersOwn()
    {
        var totals = EInvoiceMapping.Of(EInvoiceCases.All["two currencies"], EInvoiceProfile.Peppol).Invoice!.Totals;

        // 23 % of 120.00 USD is 27.60 USD, at 0.9012 EUR 24.87312 EUR.
        Assert.Equal((new Money(27.60m, Currency.Of("USD")), new Money(24.87m, Currency.Of("EUR"))), (totals.Vat, totals.AccountingVat));
    }

    [Fact]
    public void Of_PartPaidInvoice_IsDueForTheRest()
    {
        var totals = EInvoiceMapping.Of(EInvoiceCases.All["part paid"], EInvoiceProfile.Peppol).Invoice!.Totals;

        // 120.00 + 27.60 - 47.60
        Assert.Equal((147.60m, 47.60m, 100m), (totals.WithVat.Amount, totals.Paid!.Value.Amount, totals.Due.Amount));
    }

    private static InvoiceDocument Incomplete(string what) => what switch
    {
        "a draft" => Standard with { Number = null },
        "no settings" => Standard with { Issuer = EInvoiceCases.Seller with { Seller = null } },
        "dinars" => EInvoiceCases.Of([EInvoiceCases.Line(1, 1, 1.255m, "h", currency: "KWD")]),
        "no country" => Standard with { BillTo = Standard.BillTo with { Buyer = null } },
        "no tax number" => Standard with { Issuer = EInvoiceCases.Seller with { Seller = EInvoiceCases.Seller.Seller! with { VatNumber = null } } },
        "no registration outside scope" => EInvoiceCases.All["outside scope"] with { Issuer = EInvoiceCases.Seller with { Seller = EInvoiceCases.Seller.Seller! with { Registration = null } } },
        "export without a VAT number" => EInvoiceCases.All["export"] with { Issuer = EInvoiceCases.Seller with { Seller = EInvoiceCases.Seller.Seller! with { VatNumber = null, TaxRegistration = "12/345/67890" } } },
        "reverse charge to nobody" => EInvoiceCases.All["reverse charge"] with { BillTo = Standard.BillTo with { TaxNumber = "2345678GA", Buyer = Standard.BillTo.Buyer! with { Registration = null } } },
        "exempt without a reason" => EInvoiceCases.Of([EInvoiceCases.Line(1, 1, 500m, "day", 0, TaxCategory.Exempt)]),
        "two taxes on a line" => EInvoiceCases.Of([EInvoiceCases.Line(1, 1, 500m, "day") with { TaxPercents = [6.25m, 2m] }]),
        "outside scope beside others" => EInvoiceCases.Of([EInvoiceCases.Line(1, 1, 500m, "day"), EInvoiceCases.Line(2, 1, 500m, "day", null, TaxCategory.OutsideScope)]),
        "no exchange rate" => EInvoiceCases.All["two currencies"] with { AccountingTax = new AccountingTax(Currency.Of("EUR"), null) },
        "no addresses" => Standard with
        {
            Issuer = EInvoiceCases.Seller with { Seller = EInvoiceCases.Seller.Seller! with { ElectronicAddress = null } },
            BillTo = Standard.BillTo with { Buyer = Standard.BillTo.Buyer! with { ElectronicAddress = null } },
        },
        "mail addresses" => Standard with
        {
            Issuer = EInvoiceCases.Seller with { Seller = EInvoiceCases.Seller.Seller! with { ElectronicAddress = new ElectronicAddress("EM", "accounts@harbourlight.example") } },
            BillTo = Standard.BillTo with { Buyer = Standard.BillTo.Buyer! with { ElectronicAddress = new ElectronicAddress("EM", "ap@athena.example") } },
        },
        "no reference" => Standard with { Reference = null, BillTo = Standard.BillTo with { Buyer = Standard.BillTo.Buyer! with { BuyerReference = null } } },
        "a total of its own" => Standard with { Totals = Standard.Totals with { Total = new Money(300m, Standard.Currency) } },
        "a base of its own" => Standard with { Totals = Standard.Totals with { Taxes = [Standard.Totals.Taxes[0] with { TaxableBase = new Money(200m, Standard.Currency) }] } },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
