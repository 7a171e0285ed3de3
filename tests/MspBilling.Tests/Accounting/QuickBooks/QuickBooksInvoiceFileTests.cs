using MspBilling.Adapters.Accounting;
using MspBilling.Adapters.Accounting.QuickBooks;
using MspBilling.Core.Invoicing;
using Xunit;

namespace MspBilling.Tests.Accounting.QuickBooks;

public sealed class QuickBooksInvoiceFileTests
{
    private static readonly QuickBooksFileOptions International = new() { TaxCodes = InvoiceCases.TaxCodes };
    private static readonly QuickBooksFileOptions UnitedStates = International with { Edition = QuickBooksEdition.UnitedStates };

    public static TheoryData<string> CaseNames => InvoiceCases.Names;

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Write_EachCase_QuickBooksBooksTheInvoicesNetTaxAndTotal(string name)
    {
        var expected = InvoiceCases.Case(name);

        var booked = QuickBooksImport.International(QuickBooksInvoiceFile.Write(InvoiceCases.Number, expected.Invoice, International), InvoiceCases.Percents);

        Assert.Equal((expected.Net, expected.Tax, expected.Total, expected.Rows), (booked.Net, booked.Tax, booked.Total, booked.Rows));
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Write_EachCaseInTheUnitedStates_QuickBooksBooksTheInvoicesNetTaxAndTotal(string name)
    {
        var expected = InvoiceCases.Case(name);
        if (expected.Invoice.Currency.MinorUnits != 2)
        {
            // 376.70 of tax in a currency without sen.
            AssertRefused("compute 376.70 JPY", expected.Invoice, UnitedStates);
            return;
        }

        var companyRates = InvoiceCases.TaxCodes.ToDictionary(code => code.Code, code => code.Rates.Count == 2 ? new[] { 6.25m, 2 } : [code.Percent]);

        var booked = QuickBooksImport.UnitedStates(QuickBooksInvoiceFile.Write(InvoiceCases.Number, expected.Invoice, UnitedStates), companyRates);

        Assert.Equal((expected.Net, expected.Tax, expected.Total, expected.Rows), (booked.Net, booked.Tax, booked.Total, booked.Rows));
    }

    [Fact]
    public void Write_InternationalInvoice_FillsEachColumn()
    {
        var options = International with { Items = new Dictionary<string, string> { ["Managed workplace"] = "Services:Workplace" } };
        var invoice = InvoiceCases.Case("Reverse charge").Invoice with { PurchaseOrder = "PO-77" };

        var row = Assert.Single(Rows(invoice, options));

        Assert.Equal(
            [
                "INV-000123", "Contoso Ltd", "01/10/2026", "15/10/2026", "", "", "2026-09 PO-77 Reverse charge: VAT to be accounted for by the recipient.",
                "Services:Workplace", "Workplace care", "1", "500.00", "500.00", "Reverse charge", "0.00", "EUR", "30/09/2026",
            ],
            row.Values);
    }

    [Fact]
    public void Write_UnitedStatesInvoice_FillsEachColumn()
    {
        var row = Assert.Single(Rows(InvoiceCases.Case("Texas and Austin").Invoice, UnitedStates with { HomeCurrency = "USD" }));

        Assert.Equal(
            [
                "INV-000123", "Contoso Ltd", "10/01/2026", "10/15/2026", "", "", "2026-09", "Managed workplace", "Workplace care", "1", "100.40", "100.40",
                "Y", "Austin TX 8.25", "", "09/30/2026",
            ],
            row.Values);
        Assert.Equal("N", Rows(InvoiceCases.Case("Exempt").Invoice, UnitedStates)[0]["Taxable"]);
    }

    [Fact]
    public void Write_DateFormatOfTheCompany_IsUsed() =>
        Assert.Equal("2026-10-01", Rows(InvoiceCases.Case("Exempt").Invoice, International with { DateFormat = "yyyy-MM-dd" })[0]["*InvoiceDate"]);

    [Fact]
    public void Write_JapaneseYen_HasNoPlaces()
    {
        var rows = Rows(InvoiceCases.Case("JPY").Invoice, International);

        // Half a unit of 333 is 166.5, which QuickBooks would keep; ours is 167.
        Assert.Equal([("1", "167", "167", "17"), ("3", "1200", "3600", "360")], rows.Select(row => (row["ItemQuantity"], row["ItemRate"], row["*ItemAmount"], row["ItemTaxAmount"])));
    }

    [Fact]
    public void Write_RateWithMorePlaces_IsKeptWhereTheCompanyTakesThem()
    {
        var invoice = InvoiceCases.Invoice("EUR", [InvoiceCases.Line(80, 0.0125m, 1.00m)]);

        Assert.Equal(("1", "1.00"), Priced(Rows(invoice, International)[0]));
        Assert.Equal(("80", "0.0125"), Priced(Rows(invoice, International with { RatePlaces = 4 })[0]));

        static (string, string) Priced(IReadOnlyDictionary<string, string> row) => (row["ItemQuantity"], row["ItemRate"]);
    }

    [Fact]
    public void Write_HostileNames_AreOneHarmlessLineAndStayReadable()
    {
        var rows = Rows(InvoiceCases.Case("Hostile names").Invoice, International);

        Assert.Equal(("'+Żabka \"Δέλτα\", Борис & Søns", "2026-09 -PO,7 \"8\" +plus"), (rows[0]["*Customer"], rows[0]["Memo"]));
        Assert.Equal(["Кибербезопасность", "Zażółć gęślą jaźń", "Διαχείριση, \"24/7\""], rows.Select(row => row["Item(Product/Service)"]));
    }

    [Theory]
    [InlineData("INV-2026-09-000000123", true)]
    [InlineData("INV-2026-09-0000000123", false)]
    [InlineData("=1+1", false)]
    [InlineData("INV\n1", false)]
    [InlineData("", false)]
    public void Write_Number_HasToArriveAsItIsPrinted(string number, bool fits)
    {
        byte[] Write() => QuickBooksInvoiceFile.Write(number, InvoiceCases.Case("Exempt").Invoice, International);

        if (fits)
            Assert.Equal(number, ReadImportFile.Of(Write()).Rows[0]["*InvoiceNo"]);
        else
            Assert.Contains("by hand", Assert.Throws<PermanentAccountingException>(Write).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_UnmappedTaxRate_IsRefusedByName() =>
        AssertRefused("QuickBooks tax code is set for Texas + Austin at 8.25 %", InvoiceCases.Case("Texas and Austin").Invoice, International with { TaxCodes = [new("Texas only", 6.25m, ["Texas"])] });

    [Fact]
    public void Write_NoTaxCodesSet_NamesTheRates() =>
        Assert.Equal("Austin + Texas 8.25%", Rows(InvoiceCases.Case("Texas and Austin").Invoice, International with { TaxCodes = [] })[0]["*ItemTaxCode"]);

    [Fact]
    public void Write_SeveralRates_GivesEachLineItsCodeAndItsTax() => Assert.Equal(
        [("VAT 23", "23.00"), ("Exempt", "0.00"), ("VAT 23", "-4.60"), ("Reduced", "6.75")],
        Rows(InvoiceCases.SeveralRates, International).Select(row => (row["*ItemTaxCode"], row["ItemTaxAmount"])));

    [Fact]
    public void Write_SeveralRatesInTheUnitedStates_IsRefused() => AssertRefused("VAT and VAT stand on different lines, and QuickBooks has one tax rate an invoice", InvoiceCases.SeveralRates, UnitedStates);

    [Fact]
    public void Write_TaxableAndUntaxedLinesInTheUnitedStates_AreTheInvoicesRateAndMarked()
    {
        // 8.25 % of 100.40 as 6.28 and 2.01; 95.00 bears none.
        var rows = Rows(InvoiceCases.TaxedInPart, UnitedStates);

        Assert.Equal([("N", "Austin TX 8.25"), ("Y", "Austin TX 8.25")], rows.Select(row => (row["Taxable"], row["TaxRate"])));
    }

    [Fact]
    public void Write_TaxMadeAnotherWayInTheUnitedStates_IsRefused()
    {
        // Rounded up by line elsewhere: 23.24 where 23 % of 101.00 is 23.23.
        var invoice = InvoiceCases.Invoice("EUR", [InvoiceCases.Line(1, 101.00m, 101.00m)], ("VAT", 23, 23.24m));

        AssertRefused("compute 23.23 EUR", invoice, UnitedStates);
        AssertRefused("compute 23.23 EUR", invoice, International with { WritesTaxAmounts = false });
        Assert.Equal("23.24", Rows(invoice, International)[0]["ItemTaxAmount"]);
    }

    [Fact]
    public void Write_WithoutTaxAmounts_LeavesTaxToQuickBooks()
    {
        var file = QuickBooksInvoiceFile.Write(InvoiceCases.Number, InvoiceCases.Case("A hundred lines").Invoice, International with { WritesTaxAmounts = false });

        Assert.Equal("", ReadImportFile.Of(file).Rows[0]["ItemTaxAmount"]);
        Assert.Equal(new Booked(101.00m, 23.23m, 100), QuickBooksImport.International(file, InvoiceCases.Percents));
    }

    [Fact]
    public void Write_MoreLinesThanAFileTakes_IsRefused()
    {
        InvoiceDraft Lines(int count) => InvoiceCases.Invoice("EUR", [.. Enumerable.Repeat(InvoiceCases.Line(1, 1.00m, 1.00m), count)]);

        Assert.Equal(999, Rows(Lines(999), International).Count);
        AssertRefused("1000 lines", Lines(1000), International);
    }

    [Fact]
    public void Write_ServiceNameThatDoesNotFit_IsRefused() =>
        AssertRefused(
            "product or service", InvoiceCases.Invoice("EUR", [InvoiceCases.Line(1, 1.00m, 1.00m) with { Service = new string('x', 101) }]), International);

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(InvoiceDraft invoice, QuickBooksFileOptions options) =>
        ReadImportFile.Of(QuickBooksInvoiceFile.Write(InvoiceCases.Number, invoice, options)).Rows;

    private static void AssertRefused(string why, InvoiceDraft invoice, QuickBooksFileOptions options)
    {
        var refused = Assert.Throws<PermanentAccountingException>(() => QuickBooksInvoiceFile.Write(InvoiceCases.Number, invoice, options));
        Assert.StartsWith("Invoice INV-000123: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
