using MspBilling.Adapters.Accounting;
using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Accounting;

/// <summary>An invoice with what it comes to, worked out by hand.</summary>
/// <param name="Rows">Lines of the file.</param>
internal sealed record InvoiceCase(InvoiceDraft Invoice, decimal Net, decimal Tax, decimal Total, int Rows);

/// <summary>Invoices for both import files, by name.</summary>
internal static class InvoiceCases
{
    /// <summary>Holds any amount until the line is put on an invoice.</summary>
    private static readonly Currency Draft = Currency.Of("CLF");

    public const string Number = "INV-000123";
    public static readonly Period September = Period.Month(2026, 9);

    /// <summary>The combined rates of the cases as an accounting system would name them.</summary>
    public static readonly IReadOnlyList<TaxCode> TaxCodes =
    [
        new("VAT 23", 23, ["VAT"]),
        new("Reverse charge", 0, ["Reverse charge"]),
        new("Austin TX 8.25", 8.25m, ["Texas", "Austin"]),
        new("Consumption 10", 10, ["Consumption tax"]),
        new("Exempt", 0, []),
        new("Reduced", 13.5m, ["VAT"]),
    ];

    public static readonly IReadOnlyDictionary<string, decimal> Percents = TaxCodes.ToDictionary(code => code.Code, code => code.Percent);

    private static readonly Dictionary<string, Func<InvoiceCase>> Cases = new()
    {
        // 950.00 + 79.20 + 1.01 (3 x 0.335 = 1.005); 23 % = 236.9483.
        ["EUR at 23 %"] = () => new(
            Invoice("EUR", [Line(10, 95.00m, 950.00m), Line(3, 26.40m, 79.20m), Line(3, 0.335m, 1.01m)], ("VAT", 23, 236.95m)), 1030.21m, 236.95m, 1267.16m, 3),
        ["Reverse charge"] = () => new(
            Invoice("EUR", [Line(1, 500.00m, 500.00m)], ("Reverse charge", 0, 0m)) with { TaxNote = "Reverse charge: VAT to be accounted for by the recipient." }, 500.00m, 0, 500.00m, 1),
        // 6.275 = 6.28 and 2.008 = 2.01, together 8.29; 8.25 % of it would be 8.28.
        ["Texas and Austin"] = () => new(
            Invoice("USD", [Line(1, 100.40m, 100.40m)], ("Texas", 6.25m, 6.28m), ("Austin", 2, 2.01m)), 100.40m, 8.29m, 108.69m, 1),
        // 166.5 = 167, 3,600; 10 % of 3,767 = 376.7.
        ["JPY"] = () => new(
            Invoice("JPY", [Line(0.5m, 333, 167), Line(3, 1200, 3600)], ("Consumption tax", 10, 377)), 3767, 377, 4144, 2),
        // 85.50 - 4.28 and 475.00 - 47.50; 23 % of 508.72 = 117.0056.
        ["Discounts"] = () => new(
            Invoice("EUR", [Line(1, 85.50m, 85.50m, 4.28m), Line(5, 95.00m, 475.00m, 47.50m)], ("VAT", 23, 117.01m)), 508.72m, 117.01m, 625.73m, 2),
        // 26.40 x 17/30 and 2,400.00 x 19/30; 23 % of 1,534.96 = 353.0408.
        ["Proration"] = () => new(
            Invoice("EUR", [Line(1, 26.40m, 14.96m), Line(1, 2400.00m, 1520.00m)], ("VAT", 23, 353.04m)), 1534.96m, 353.04m, 1888.00m, 2),
        // Line by line the tax would be 100 x 0.23 = 23.00.
        ["A hundred lines"] = () => new(
            Invoice("EUR", [.. Enumerable.Repeat(Line(1, 1.01m, 1.01m), 100)], ("VAT", 23, 23.23m)), 101.00m, 23.23m, 124.23m, 100),
        ["Covered hours"] = () => new(
            Invoice("EUR", [Line(10, 0, 0), Line(1, 100.00m, 100.00m)], ("VAT", 23, 23.00m)), 100.00m, 23.00m, 123.00m, 1),
        ["Credit"] = () => new(
            Invoice("EUR", [Line(1, 100.00m, 100.00m), Line(-1, 40.00m, -40.00m)], ("VAT", 23, 13.80m)), 60.00m, 13.80m, 73.80m, 2),
        ["All of it discounted"] = () => new(
            Invoice("EUR", [Line(1, 100.00m, 100.00m, 100.00m)], ("VAT", 23, 0)), 0, 0, 0, 1),
        ["Exempt"] = () => new(Invoice("EUR", [Line(2, 50.00m, 100.00m)]), 100.00m, 0, 100.00m, 1),
        ["Hostile names"] = () => new(Hostile(), 30.00m, 6.90m, 36.90m, 3),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static InvoiceCase Case(string name) => Cases[name]();

    public static RatedLine Line(decimal quantity, decimal price, decimal amount, decimal discount = 0) => new()
    {
        AgreementId = "agr-1",
        AgreementName = "Managed services",
        LineId = "fee",
        Item = "",
        Service = "Managed workplace",
        Description = "Workplace care",
        Explanation = new Explanation("RecurringCharges", 1, [], "As agreed."),
        ServicePeriod = September,
        Quantity = quantity,
        Unit = "seat",
        UnitPrice = new UnitPrice(price, Draft),
        Amount = new Money(amount, Draft),
        Discount = new Money(discount, Draft),
    };

    /// <summary>An invoice of lines in its currency.</summary>
    public static InvoiceDraft Invoice(string code, IReadOnlyList<RatedLine> lines, params (string Name, decimal Percent, decimal Tax)[] taxes)
    {
        var currency = Currency.Of(code);
        Money Amount(decimal amount) => new(amount, currency);
        var net = Amount(lines.Sum(line => line.Amount.Amount - line.Discount.Amount));
        IReadOnlyList<TaxLine> taxLines = [.. taxes.Select(tax => new TaxLine(tax.Name, tax.Percent, net, Amount(tax.Tax)))];
        return new InvoiceDraft
        {
            Currency = currency,
            BillTo = new BillTo("Contoso Ltd", ["1 Main St", "Austin", "TX 78701", "US", "Floor 3"], "ap@contoso.example", null, "en"),
            InvoiceDate = new DateOnly(2026, 10, 1),
            DueDate = new DateOnly(2026, 10, 15),
            PaymentTerms = PaymentTerms.Net(14),
            Period = September,
            Lines =
            [
                .. lines.Select(line => line with
                {
                    UnitPrice = new UnitPrice(line.UnitPrice.Amount, currency), Amount = Amount(line.Amount.Amount), Discount = Amount(line.Discount.Amount),
                }),
            ],
            Taxes = taxLines,
            LineTaxes = LineTaxes([.. lines.Select(line => Amount(line.Net.Amount))], taxLines),
        };
    }

    /// <summary>Each line bears all of the taxes, in proportion to its net.</summary>
    public static IReadOnlyList<LineTax> LineTaxes(IReadOnlyList<Money> nets, IReadOnlyList<TaxLine> taxes)
    {
        var all = nets.Sum(net => net.Amount);
        var shares = taxes.Select(tax => Split.ByParts(tax.Tax, [.. nets.Select(net => all == 0 ? net.Amount * tax.Percent / 100 : tax.Tax.Amount * net.Amount / all)])).ToList();
        return [.. nets.Select((net, line) => new LineTax(net, [.. shares.Select((of, tax) => new TaxShare(tax, of[line]))]))];
    }

    /// <summary>100.00 - 20.00 at 23 %, 40.00 exempt, and 50.00 at 13.5 %.</summary>
    public static InvoiceDraft SeveralRates { get; } = Taxed(
        [Line(1, 100.00m, 100.00m), Line(1, 40.00m, 40.00m), Line(-1, 20.00m, -20.00m), Line(1, 50.00m, 50.00m)], [[Vat(23)], [], [Vat(23)], [Vat(13.5m)]]);

    /// <summary>95.00 without tax, and 100.40 with a state's and a city's.</summary>
    public static InvoiceDraft TaxedInPart { get; } = Taxed(
        [Line(1, 95.00m, 95.00m), Line(1, 100.40m, 100.40m)], [[], [new AppliedRate("Texas", 6.25m, TaxCategory.Standard), new AppliedRate("Austin", 2, TaxCategory.Standard, Order: 1)]]);

    /// <summary>3 x 41.00 with 23 % in it.</summary>
    public static InvoiceDraft PricesWithTax { get; } = Taxed([Line(3, 41.00m, 123.00m)], [[Vat(23)]], isIncluded: true);

    /// <summary>5 % of 100.00, and 9.5 % of 105.00.</summary>
    public static InvoiceDraft TaxOnTax { get; } = Taxed(
        [Line(1, 100.00m, 100.00m)], [[new AppliedRate("GST", 5, TaxCategory.Standard), new AppliedRate("QST", 9.5m, TaxCategory.Standard, IsCompound: true)]]);

    private static AppliedRate Vat(decimal percent) => new("VAT", percent, TaxCategory.Standard);

    private static InvoiceDraft Taxed(IReadOnlyList<RatedLine> lines, AppliedRate[][] rates, bool isIncluded = false)
    {
        var invoice = Invoice("EUR", lines);
        var taxation = SalesTax.On(invoice.Currency, [.. invoice.Lines.Zip(rates, (line, of) => new TaxedAmount(line.Net, of))], isIncluded: isIncluded);
        return invoice with { Taxes = taxation.Taxes, LineTaxes = taxation.Lines, PricesIncludeTax = isIncluded };
    }

    private static InvoiceDraft Hostile() =>
        Invoice(
            "EUR",
            [
                Line(1, 10.00m, 10.00m) with { Description = "=HYPERLINK(\"http://evil.example\",\"Pay\")", Service = "Кибербезопасность" },
                Line(1, 10.00m, 10.00m) with { Description = "\t@SUM(A1:A9), \"quoted\"\r\nand a second line", Service = "Zażółć gęślą jaźń" },
                Line(1, 10.00m, 10.00m) with { Description = "\u00A0\n-2+3", Service = "Διαχείριση, \"24/7\"" },
            ],
            ("VAT", 23, 6.90m)) with
        {
            BillTo = new BillTo("+Żabka \"Δέλτα\", Борис\r\n& Søns", ["=1+1", "ul. Długa 5, 2", "@home", "-", "＝x"], "=cmd@x.example", null, "pl"),
            PurchaseOrder = "-PO,7\n\"8\"",
            TaxNote = "+plus",
        };
}
