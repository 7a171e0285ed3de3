using System.Globalization;
using MspBilling.Adapters.Accounting;
using MspBilling.Adapters.Accounting.Xero;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Accounting.Xero;

public sealed class XeroInvoiceFileTests
{
    private static readonly XeroFileOptions Options = new() { TaxTypes = InvoiceCases.TaxCodes };

    public static TheoryData<string> CaseNames => InvoiceCases.Names;

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Write_EachCase_XeroBooksTheInvoicesNetTaxAndTotal(string name)
    {
        var expected = InvoiceCases.Case(name);

        var booked = XeroImport.Import(XeroInvoiceFile.Write(InvoiceCases.Number, expected.Invoice, Options), InvoiceCases.Percents);

        Assert.Equal((expected.Net, expected.Tax, expected.Total, expected.Rows), (booked.Net, booked.Tax, booked.Total, booked.Rows));
        Assert.Equal((expected.Invoice.Net.Amount, expected.Invoice.Tax.Amount), (booked.Net, booked.Tax));
    }

    [Fact]
    public void Write_ExactLine_KeepsQuantityAndPrice()
    {
        var row = Rows(InvoiceCases.Case("EUR at 23 %").Invoice)[0];

        Assert.Equal(("10", "95.00", "Workplace care"), (row["*Quantity"], row["*UnitAmount"], row["*Description"]));
    }

    [Fact]
    public void Write_ProratedAndDiscountedLine_IsOneTimesTheNetAmountInWords()
    {
        var line = InvoiceCases.Line(3, 26.40m, 44.88m, 4.49m) with { ServicePeriod = new Period(new DateOnly(2026, 9, 14), new DateOnly(2026, 10, 1)) };

        var row = Assert.Single(Rows(InvoiceCases.Invoice("EUR", [line], ("VAT", 23, 9.29m))));

        Assert.Equal(
            ("1", "40.39", "9.29", "Workplace care (3 seat at 26.40, 2026-09-14 to 2026-09-30, less 4.49 EUR)"),
            (row["*Quantity"], row["*UnitAmount"], row["TaxAmount"], row["*Description"]));
    }

    [Fact]
    public void Write_CreditBesideCharges_GivesTheCreditItsOwnTaxAndTheChargesTheRest()
    {
        // -40.00 at 23 % is -9.20; 13.80 + 9.20 = 23.00 are left for the charge.
        var rows = Rows(InvoiceCases.Case("Credit").Invoice);

        Assert.Equal([("1", "100.00", "23.00"), ("1", "-40.00", "-9.20")], rows.Select(row => (row["*Quantity"], row["*UnitAmount"], row["TaxAmount"])));
    }

    [Fact]
    public void Write_InvoiceOfSeveralLines_FillsEachColumn()
    {
        var options = Options with
        {
            AccountCode = "400",
            AccountCodes = new Dictionary<string, string> { ["Managed workplace"] = "410" },
            ItemCodes = new Dictionary<string, string> { ["Managed workplace"] = "MW" },
            DateFormat = "MM/dd/yyyy",
        };
        var invoice = InvoiceCases.Case("Texas and Austin").Invoice with { PurchaseOrder = "PO-77" };

        var row = Assert.Single(Rows(invoice, options));

        Assert.Equal(
            [
                "Contoso Ltd", "ap@contoso.example", "1 Main St", "Austin", "TX 78701", "US, Floor 3", "", "", "", "", "INV-000123", "PO-77", "10/01/2026", "10/15/2026",
                "", "MW", "Workplace care", "1", "100.40", "", "410", "Austin TX 8.25", "8.29", "", "", "", "", "USD", "",
            ],
            row.Values);
    }

    [Fact]
    public void Write_HomeCurrency_LeavesTheCurrencyBlank() =>
        Assert.Equal("", Rows(InvoiceCases.Case("Exempt").Invoice, Options with { HomeCurrency = "EUR" })[0]["Currency"]);

    [Fact]
    public void Write_HostileNames_AreOneHarmlessLineAndStayReadable()
    {
        var rows = Rows(InvoiceCases.Case("Hostile names").Invoice);

        Assert.Equal(("'+Żabka \"Δέλτα\", Борис & Søns", "'=cmd@x.example", "'-PO,7 \"8\""), (rows[0]["*ContactName"], rows[0]["EmailAddress"], rows[0]["Reference"]));
        Assert.Equal(
            ["'=HYPERLINK(\"http://evil.example\",\"Pay\")", "'@SUM(A1:A9), \"quoted\" and a second line", "'-2+3"], rows.Select(row => row["*Description"]));
        Assert.Equal(("'=1+1", "'@home", "'-, ＝x"), (rows[0]["POAddressLine1"], rows[0]["POAddressLine3"], rows[0]["POAddressLine4"]));
    }

    [Fact]
    public void Write_AnotherCulture_GivesTheSameBytes()
    {
        var invoice = InvoiceCases.Case("Credit").Invoice;
        var file = XeroInvoiceFile.Write(InvoiceCases.Number, invoice, Options);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Assert.Equal(file, XeroInvoiceFile.Write(InvoiceCases.Number, invoice, Options));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_WithoutTaxAmountsWhereXerosTaxIsOurs_LeavesTaxToXero()
    {
        var invoice = InvoiceCases.Case("Credit").Invoice;

        var file = XeroInvoiceFile.Write(InvoiceCases.Number, invoice, Options with { WritesTaxAmounts = false });

        Assert.Equal("", ReadImportFile.Of(file).Rows[0]["TaxAmount"]);
        Assert.Equal(new Booked(60.00m, 13.80m, 2), XeroImport.Import(file, InvoiceCases.Percents));
    }

    [Fact]
    public void Write_WithoutTaxAmountsWhereXerosTaxIsAnother_IsRefused() =>
        AssertRefused("23.00 EUR", InvoiceCases.Case("A hundred lines").Invoice, Options with { WritesTaxAmounts = false });

    [Fact]
    public void Write_UnmappedTaxRate_IsRefusedByName() =>
        AssertRefused("Texas + Austin at 8.25 %", InvoiceCases.Case("Texas and Austin").Invoice, new XeroFileOptions { TaxTypes = [new("Texas only", 6.25m, ["Texas"])] });

    [Fact]
    public void Write_RateThatChangedSinceItWasMapped_IsRefused() =>
        AssertRefused("VAT at 24 %", InvoiceCases.Invoice("EUR", [InvoiceCases.Line(1, 100.00m, 100.00m)], ("VAT", 24, 24.00m)));

    [Fact]
    public void Write_ThirdPlaceOfACurrency_IsRefused() =>
        AssertRefused("keeps two places", InvoiceCases.Invoice("KWD", [InvoiceCases.Line(1, 2.345m, 2.345m)]));

    [Fact]
    public void Write_ThreePlacesOfWhichTwoAreUsed_IsWritten() =>
        Assert.Equal("2.340", Rows(InvoiceCases.Invoice("KWD", [InvoiceCases.Line(1, 2.34m, 2.34m)]))[0]["*UnitAmount"]);

    [Fact]
    public void Write_InvoiceBelowZero_IsRefusedAsACreditNote() =>
        AssertRefused("credit note", InvoiceCases.Invoice("EUR", [InvoiceCases.Line(-1, 40.00m, -40.00m)], ("VAT", 23, -9.20m)));

    [Fact]
    public void Write_SeveralRates_GivesEachLineItsCodeAndItsTax()
    {
        var rows = Rows(InvoiceCases.SeveralRates);

        Assert.Equal([("VAT 23", "23.00"), ("Exempt", "0.00"), ("VAT 23", "-4.60"), ("Reduced", "6.75")], rows.Select(row => (row["*TaxType"], row["TaxAmount"])));
    }

    [Fact]
    public void Write_PricesWithTax_WritesThemWithoutIt()
    {
        var rows = Rows(InvoiceCases.PricesWithTax);

        Assert.Equal([("1", "100.00", "23.00", "Workplace care (3 seat at 41.00)")], rows.Select(row => (row["*Quantity"], row["*UnitAmount"], row["TaxAmount"], row["*Description"])));
    }

    [Fact]
    public void Write_TaxOnTax_IsRefused() => AssertRefused("QST is taken of other taxes too", InvoiceCases.TaxOnTax);

    [Fact]
    public void Write_MoreLinesThanAFileTakes_IsRefused()
    {
        InvoiceDraft Lines(int count) => InvoiceCases.Invoice("EUR", [.. Enumerable.Repeat(InvoiceCases.Line(1, 1.00m, 1.00m), count)]);

        Assert.Equal(1000, Rows(Lines(1000)).Count);
        AssertRefused("1001 lines", Lines(1001));
    }

    [Fact]
    public void Write_ContactThatDoesNotFit_IsRefused()
    {
        var invoice = InvoiceCases.Case("Exempt").Invoice;

        AssertRefused("256 characters", invoice with { BillTo = invoice.BillTo with { Name = new string('x', 256) } });
        AssertRefused("contact's name is empty", invoice with { BillTo = invoice.BillTo with { Name = " \n " } });
    }

    [Fact]
    public void Write_LongDescription_IsCutWithAnEllipsis()
    {
        var line = InvoiceCases.Line(1, 1.00m, 1.00m) with { Description = new string('x', 3998) + "😀😀" };

        var description = Rows(InvoiceCases.Invoice("EUR", [line]))[0]["*Description"];

        Assert.Equal(new string('x', 3998) + "…", description);
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(InvoiceDraft invoice, XeroFileOptions? options = null) =>
        ReadImportFile.Of(XeroInvoiceFile.Write(InvoiceCases.Number, invoice, options ?? Options)).Rows;

    private static void AssertRefused(string why, InvoiceDraft invoice, XeroFileOptions? options = null)
    {
        var refused = Assert.Throws<PermanentAccountingException>(() => XeroInvoiceFile.Write(InvoiceCases.Number, invoice, options ?? Options));
        Assert.StartsWith("Invoice INV-000123: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
