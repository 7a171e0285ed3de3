using MspBilling.Adapters.Documents;
using MspBilling.App.Documents;
using MspBilling.Core.Clients;
using MspBilling.Tests.Accounting;
using MspBilling.Tests.Builders;
using UglyToad.PdfPig;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class PrintedInvoiceTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [Lines.Fee("Managed", "Monthly fee"), Lines.Additions("Licences"), Lines.Time("Support", 0.25m, 0.25m)],
        Agreements = [Records.Agreement() with { MonthlyFee = 1000 }],
        References = [Records.Role("1", 95)],
    };

    [Fact]
    public void Of_MspWithoutALogo_PrintsItsName()
    {
        var invoice = Assert.Single(Month.Bill(Records.Time("1", 1)).Invoices);

        var document = PrintedInvoice.Of(Records.Settings, invoice, "HL-000001");
        using var pdf = PdfDocument.Open(new PdfInvoiceRenderer().Render(document));

        Assert.Null(document.Issuer.Logo);
        Assert.Contains("Harbour IT", pdf.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Invoice_NumbersItsLinesThroughTheGroupsAndAddsUp()
    {
        // Fee 1,000.00; additions 20.00 and 30.00; time 95.00.
        var invoice = Assert.Single(Month.Bill(Records.Time("1", 1), Records.Addition("1", 2, 10), Records.Addition("2", 3, 10)).Invoices);

        var document = PrintedInvoice.Of(Records.Settings, invoice, "HL-000001");

        Assert.Equal(["Managed", "Licences", "Support"], document.Groups.Select(g => g.Title));
        Assert.Equal([1, 2, 3, 4], document.Groups.SelectMany(g => g.Lines).Select(line => line.Number));
        Assert.Equal([1000.00m, 50.00m, 95.00m], document.Groups.Select(g => g.Subtotal.Amount));
        Assert.Equal((1145.00m, 1408.35m), (document.Totals.Subtotal.Amount, document.Totals.Total.Amount)); // 23 % of 1,145.00 is 263.35
        Assert.Equal("SKU-1: 2 x 10.00 a month = 20.00.", document.Groups[1].Lines[0].Explanation);
        Assert.Equal(4, Assert.Single(document.Appendix).LineNumber);
        Assert.Null(document.Watermark);
    }

    [Fact]
    public void Of_Invoice_TellsHowEachLineIsTaxed()
    {
        var document = PrintedInvoice.Of(Records.Settings, InvoiceCases.SeveralRates, "HL-000001");

        Assert.Equal(
            [(TaxCategory.Standard, "23", 100.00m), (TaxCategory.OutsideScope, "", 40.00m), (TaxCategory.Standard, "23", -20.00m), (TaxCategory.Standard, "13.5", 50.00m)],
            document.Groups.SelectMany(g => g.Lines).Select(line => (line.TaxCategory, string.Join(' ', line.TaxPercents), line.NetWithoutTax!.Value.Amount)));
        Assert.Equal([(23m, 80.00m, 18.40m), (13.5m, 50.00m, 6.75m)], document.Totals.Taxes.Select(tax => (tax.Percent, tax.TaxableBase.Amount, tax.Tax.Amount)));
    }

    [Fact]
    public void Of_PricesWithTax_PrintsTheTaxAsIncluded()
    {
        var document = PrintedInvoice.Of(Records.Settings, InvoiceCases.PricesWithTax, "HL-000001");

        Assert.Equal((true, 123.00m, 123.00m), (document.Totals.TaxIncluded, document.Totals.Subtotal.Amount, document.Totals.Total.Amount));
        Assert.Equal((123.00m, 100.00m), document.Groups[0].Lines[0] is var line ? (line.Net.Amount, line.NetWithoutTax!.Value.Amount) : default);
        using var pdf = PdfDocument.Open(new PdfInvoiceRenderer().Render(document));
        Assert.Contains("Includes VAT 23% on €100.00", pdf.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Preview_IsMarkedAsADraft()
    {
        var document = PrintedInvoice.Of(Records.Settings, Assert.Single(Month.Bill(Records.Time("1", 1)).Invoices), number: null);

        Assert.Equal((null, "DRAFT"), (document.Number, document.Watermark));
    }
}
