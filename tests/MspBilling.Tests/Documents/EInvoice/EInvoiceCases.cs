using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>Documents as they are printed, by what is special about them; each of the figures follows from its lines.</summary>
internal static class EInvoiceCases
{
    private const string ReverseChargeText = "Reverse charge: VAT is owed by the recipient (Art. 196 Directive 2006/112/EC).";

    private static readonly Currency Eur = Currency.Of("EUR");

    public static BillTo German { get; } = new()
    {
        Name = "Alsterblick Versicherungsmakler GmbH",
        TaxNumber = "DE198765432",
        Buyer = new BuyerDetails
        {
            Address = new PostalAddress { Line1 = "Ballindamm 14", City = "Hamburg", PostCode = "20095", Country = "DE" },
            ElectronicAddress = new ElectronicAddress("9930", "DE198765432"),
            BuyerReference = "04011000-12345-03",
        },
    };

    public static BillTo American { get; } = new()
    {
        Name = "Lone Star Veterinary Group",
        TaxNumber = "74-1234567",
        Buyer = new BuyerDetails
        {
            Address = new PostalAddress { Line1 = "4810 Burnet Road", City = "Austin", Subdivision = "TX", PostCode = "78756", Country = "US" },
            ElectronicAddress = new ElectronicAddress("0060", "123456789"),
            BuyerReference = "PAYABLES",
        },
    };

    public static Issuer Seller { get; } = new()
    {
        Name = "Harbourlight Managed IT Ltd",
        Email = "accounts@harbourlight.example",
        Phone = "+353 1 555 0142",
        Seller = new SellerDetails
        {
            Address = new PostalAddress { Line1 = "14 Sir John Rogerson's Quay", Line2 = "Second floor", Line3 = "Door 4", City = "Dublin", PostCode = "D02 X576", Country = "IE" },
            VatNumber = "IE3456789TH",
            Registration = new LegalRegistration(null, "612345"),
            ElectronicAddress = new ElectronicAddress("9935", "IE3456789TH"),
        },
        Account = new BankAccount(null, "IE29AIBK93115212345678", null, "AIBKIE2D"),
    };

    public static IReadOnlyDictionary<string, InvoiceDocument> All { get; } = new Dictionary<string, InvoiceDocument>(StringComparer.Ordinal)
    {
        ["standard"] = Of([Line(1, 3, 40m, "seat"), Line(2, 1.25m, 95m, "h")]),
        ["zero"] = Of([Line(1, 2, 10m, "month", 0, TaxCategory.Zero)]),
        ["exempt"] = Of([Line(1, 1, 500m, "day", 0, TaxCategory.Exempt)], reason: "Training exempt under Art. 132(1)(i) Directive 2006/112/EC"),
        ["reverse charge"] = Of([Line(1, 1, 1000m, "month", 0, TaxCategory.ReverseCharge)], reason: ReverseChargeText) with { BillTo = German },
        ["intra-community"] = Of([Line(1, 4, 250m, "unit", 0, TaxCategory.IntraCommunity)], reason: "Intra-community supply") with { BillTo = German },
        ["export"] = Of([Line(1, 4, 250m, "unit", 0, TaxCategory.Export)], reason: "Export outside the EU") with { BillTo = American },
        ["outside scope"] = Of([Line(1, 10, 95m, "h", 0, TaxCategory.OutsideScope)], reason: "Outside the scope of VAT: service to a business outside the EU") with { BillTo = American },

        // Training books at 9 %, the rest at 23 %, a membership without VAT.
        ["mixed rates"] = Of([Line(1, 3, 40m, "seat"), Line(2, 2, 19.99m, "unit", 9), Line(3, 1, 75m, "unit", 0, TaxCategory.Zero)]),

        // 120.00 less 12.00; the second line's discount is taken back with its charge.
        ["line discount"] = Of([Line(1, 3, 40m, "seat", discount: 12m), Line(2, -1, 40m, "seat", discount: -4m)]),

        // 135.00 at 23 % and 15.00 at 9 %, of which 10.00 are taken off by largest remainder: 9.00 and 1.00.
        ["document discount"] = Discounted(Of([Line(1, 3, 45m, "seat"), Line(2, 1, 15m, "unit", 9)]), [(23m, 9m), (9m, 1m)]),
        ["credit note"] = Of([Line(1, 2, 40m, "seat")]) with
        {
            Kind = DocumentKind.CreditNote,
            Number = "CN-000007",
            PaymentTerms = "",
            Credits = new CreditedInvoice("HL-002041", new DateOnly(2024, 9, 1), "Two seats were billed twice"),
        },

        // 3 x 0.335 is 1.005, which is 1.01; 7 x 1.115 is 7.81; 23 % of 8.82 is 2.0286.
        ["rounding"] = Of([Line(1, 3, 0.335m, "unit"), Line(2, 7, 1.115m, "GB")]),
        ["two currencies"] = Foreign(Of([Line(1, 3, 40m, "seat", currency: "USD")])),

        // A charge above its cap is written down, and a deposit is drawn; the total stays above zero.
        ["negative lines"] = Of([Line(1, 10, 95m, "h"), Line(2, 1, -150m, "limit"), Line(3, -2, 100m, "month")]),

        // 2 x 20.00 for 17 of 30 days is 22.67; 300 x 9.99 for 16 of 30 days is 1,598.40; nothing of 5 hours is charged.
        ["prorated"] = Of(
        [
            Line(1, 2, 20m, "seat") with { Net = new Money(22.67m, Eur) }, Line(2, 300, 9.99m, "licence") with { Net = new Money(1598.40m, Eur) },
            Line(3, 5, 95m, "h") with { Net = Money.Zero(Eur) }, Line(4, 7, 3m, "GB") with { Net = new Money(19.37m, Eur) }, Line(5, 2, 20m, "seat") with { Net = new Money(-22.67m, Eur) },
        ]),
        ["yen"] = Of([Line(1, 3, 4000m, "seat", 10, currency: "JPY"), Line(2, 1.5m, 9501m, "h", 10, currency: "JPY")]),
        ["300 lines"] = Of([.. Enumerable.Range(1, 300).Select(n => Line(n, n % 7 + 0.25m, 1.07m * n, n % 2 == 0 ? "seat" : "h", n % 5 == 0 ? 9 : 23))]),
        ["part paid"] = Paid(Of([Line(1, 3, 40m, "seat")]), 47.60m),

        // 123.00 and 61.50 have their 23 % in them.
        ["tax included"] = Included(),
        ["an annual fee and an adjustment"] = Of(
            [Line(1, 1, 1200m, "year") with { ServicePeriod = new Period(new(2024, 9, 1), new(2025, 9, 1)) }, Line(2, -1, 40m, "seat") with { ServicePeriod = Period.Month(2024, 7) }]),
    };


    /// <param name="percent">Null for no tax at all.</param>
    public static PrintedLine Line(
        int number, decimal quantity, decimal price, string unit, decimal? percent = 23, TaxCategory category = TaxCategory.Standard, decimal discount = 0, string currency = "EUR")
    {
        var (unitPrice, taken) = (new UnitPrice(price, Currency.Of(currency)), new Money(discount, Currency.Of(currency)));
        return new PrintedLine
        {
            Number = number,
            Description = $"Service {number} für Łódź & <Αθήνα>",
            Explanation = $"{quantity} x {price}",
            Sku = number % 2 == 1 ? $"SKU-{number}" : null,
            Quantity = quantity,
            Unit = unit,
            UnitPrice = unitPrice,
            Discount = taken.IsZero ? null : -taken,
            Net = unitPrice.Extend(quantity) - taken,
            TaxCategory = category,
            TaxPercents = percent is { } rate ? [rate] : [],
        };
    }

    public static InvoiceDocument Of(IReadOnlyList<PrintedLine> lines, string? reason = null)
    {
        var currency = lines[0].Net.Currency;
        var net = Money.Sum(lines.Select(line => line.Net), currency);
        var taxes = lines.Where(line => line.TaxPercents.Count == 1).GroupBy(line => (line.TaxCategory, Percent: line.TaxPercents[0]))
            .Select(group => (group.Key, Base: Money.Sum(group.Select(line => line.Net), currency)))
            .Select(tax => new TaxTotal("VAT", tax.Key.Percent, tax.Base, tax.Base.Percent(tax.Key.Percent)) { Category = tax.Key.TaxCategory, Reason = reason }).ToList();
        return new InvoiceDocument
        {
            Issuer = Seller,
            BillTo = new BillTo
            {
                Name = "Αθηνά Analytics Ltd",
                TaxNumber = "IE 2345678 GA",
                Buyer = new BuyerDetails
                {
                    Address = new PostalAddress { Line1 = "22 Merrion Square North", City = "Dublin", Subdivision = "Dublin 2", PostCode = "D02 W5P4", Country = "IE" },
                    Registration = LegalRegistration.Find("0088:5790000436101"),
                    ElectronicAddress = ElectronicAddress.Find("0088:5790000436101"),
                    BuyerReference = "COST-4711",
                },
            },
            Number = "HL-002041",
            InvoiceDate = new DateOnly(2024, 10, 1),
            DueDate = new DateOnly(2024, 10, 31),
            ServicePeriod = Period.Month(2024, 9),
            Currency = currency,
            Reference = "PO 4500012345",
            Contract = "Gold support",
            Language = DocumentLanguage.Of("en-IE"),
            Groups = [new LineGroup("Managed services", lines, net)],
            Totals = new InvoiceTotals { Subtotal = net, Taxes = taxes, Total = net + Money.Sum(taxes.Select(tax => tax.Tax), currency) },
            Notes = reason is null ? [] : [reason],
            PaymentTerms = "Payment is due within 30 days of the invoice date.",
        };
    }

    private static InvoiceDocument Discounted(InvoiceDocument document, (decimal Percent, decimal Off)[] discounts)
    {
        var taxes = document.Totals.Taxes.Select(tax =>
        {
            var taxable = tax.TaxableBase - new Money(discounts.Single(d => d.Percent == tax.Percent).Off, tax.Tax.Currency);
            return tax with { TaxableBase = taxable, Tax = taxable.Percent(tax.Percent) };
        }).ToList();
        var off = new Money(discounts.Sum(d => d.Off), document.Currency);
        return document with
        {
            Totals = document.Totals with { Discounts = -off, Taxes = taxes, Total = document.Totals.Subtotal - off + Money.Sum(taxes.Select(tax => tax.Tax), document.Currency) },
        };
    }

    private static InvoiceDocument Paid(InvoiceDocument document, decimal paid) => document with
    {
        Totals = document.Totals with { Applied = [new AppliedCredit(AppliedCreditKind.AccountCredit, "CN-000007", new Money(-paid, document.Currency))] },
    };

    private static InvoiceDocument Foreign(InvoiceDocument document) => document with
    {
        AccountingTax = AccountingTax.Of(
            new AccountingCurrency(Eur, [new ExchangeRate(document.Currency, 0.9012m, Period.Month(2024, 10))]), Money.Sum(document.Totals.Taxes.Select(tax => tax.Tax), document.Currency), document.InvoiceDate),
    };

    private static InvoiceDocument Included()
    {
        var document = Of([Line(1, 1, 123m, "month") with { NetWithoutTax = new Money(100m, Eur) }, Line(2, 2, 30.75m, "seat") with { NetWithoutTax = new Money(50m, Eur) }]);
        return document with
        {
            Totals = document.Totals with { TaxIncluded = true, Taxes = [new TaxTotal("VAT", 23, new Money(150m, Eur), new Money(34.50m, Eur))], Total = new Money(184.50m, Eur) },
        };
    }
}
