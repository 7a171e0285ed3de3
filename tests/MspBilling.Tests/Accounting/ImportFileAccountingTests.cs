using CsCheck;
using MspBilling.Adapters.Accounting;
using MspBilling.Adapters.Accounting.QuickBooks;
using MspBilling.Adapters.Accounting.Xero;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Accounting.QuickBooks;
using MspBilling.Tests.Accounting.Xero;
using Xunit;

namespace MspBilling.Tests.Accounting;

public sealed class ImportFileAccountingTests
{
    private static readonly QuickBooksFileOptions QuickBooks = new() { TaxCodes = InvoiceCases.TaxCodes };
    private static readonly XeroFileOptions Xero = new() { TaxTypes = InvoiceCases.TaxCodes };
    private static readonly ImportFileOptions Both = new() { QuickBooks = QuickBooks, Xero = Xero };

    [Fact]
    public void Files_BothSystems_AreMadeOfTheSameInvoice()
    {
        var invoice = InvoiceCases.Case("Texas and Austin").Invoice;

        var files = ImportFileAccounting.Files(InvoiceCases.Number, invoice, Both);

        Assert.Equal(["quickbooks", "xero"], files.Select(file => file.System));
        Assert.Equal(QuickBooksInvoiceFile.Write(InvoiceCases.Number, invoice, QuickBooks), files[0].Content);
        Assert.Equal(XeroInvoiceFile.Write(InvoiceCases.Number, invoice, Xero), files[1].Content);
    }

    [Fact]
    public void Files_SystemThatIsNotUsed_IsLeftOut()
    {
        var invoice = InvoiceCases.Case("Exempt").Invoice;

        Assert.Equal("xero", Assert.Single(ImportFileAccounting.Files(InvoiceCases.Number, invoice, new ImportFileOptions { QuickBooks = null, Xero = Xero })).System);
        Assert.Contains(
            "neither QuickBooks nor Xero",
            Assert.Throws<PermanentAccountingException>(() => ImportFileAccounting.Files(InvoiceCases.Number, invoice, new ImportFileOptions { QuickBooks = null, Xero = null })).Message,
            StringComparison.Ordinal);
    }

    // Amounts above zero: both systems know the direction by what they import.
    [Fact]
    public void Files_CreditNote_HaveItsNumberAndNameTheInvoice()
    {
        var files = ImportFileAccounting.Files("CN-000001", InvoiceCases.Case("Texas and Austin").Invoice, Both, "HL-002041");

        var (quickBooks, xero) = (ReadImportFile.Of(files[0].Content), ReadImportFile.Of(files[1].Content));
        Assert.DoesNotContain("*DueDate", quickBooks.Header);
        Assert.All(quickBooks.Rows, row => Assert.Equal("CN-000001", row["*CreditNoteNo"]));
        Assert.All(quickBooks.Rows, row => Assert.StartsWith("Credits HL-002041 ", row["Memo"], StringComparison.Ordinal));
        Assert.All(xero.Rows, row => Assert.Equal(("CN-000001", "HL-002041"), (row["*CreditNoteNumber"], row["Reference"])));
        Assert.Contains("*CreditNoteDate", xero.Header);
        Assert.All(xero.Rows, row => Assert.DoesNotContain("-", row["*UnitAmount"], StringComparison.Ordinal));
    }

    [Fact]
    public void Files_NumberThatOneSystemRefuses_MakesNone() =>
        Assert.Throws<PermanentAccountingException>(() => ImportFileAccounting.Files("INV-2026-09-0000000123", InvoiceCases.Case("Exempt").Invoice, Both));

    [Fact]
    public void Files_AnyInvoice_AddUpToTheCentInBothSystems()
    {
        var companyRates = InvoiceCases.TaxCodes.ToDictionary(code => code.Code, code => code.Rates.Count == 2 ? new[] { 6.25m, 2 } : [code.Percent]);
        AnyInvoice.Sample(
            invoice =>
            {
                var files = ImportFileAccounting.Files(InvoiceCases.Number, invoice, Both);
                AssertBooked(invoice, QuickBooksImport.International(files[0].Content, InvoiceCases.Percents));
                AssertBooked(invoice, XeroImport.Import(files[1].Content, InvoiceCases.Percents));

                // Yen whose tax QuickBooks would compute to sen are refused there.
                if (invoice.Currency.MinorUnits == 2)
                {
                    var file = QuickBooksInvoiceFile.Write(InvoiceCases.Number, invoice, QuickBooks with { Edition = QuickBooksEdition.UnitedStates });
                    AssertBooked(invoice, QuickBooksImport.UnitedStates(file, companyRates));
                }
            },
            iter: 1000,
            print: invoice => string.Join("; ", invoice.Lines.Select(line => $"{line.Quantity} x {line.UnitPrice} = {line.Amount} - {line.Discount}")));
    }

    private static void AssertBooked(InvoiceDraft invoice, Booked booked) =>
        Assert.Equal((invoice.Net.Amount, invoice.Tax.Amount, invoice.Total.Amount), (booked.Net, booked.Tax, booked.Total));

    private static readonly (string Name, decimal Percent)[][] RatesOfACase =
        [[("VAT", 23)], [("Reverse charge", 0)], [("Texas", 6.25m), ("Austin", 2)], [("Consumption tax", 10)], []];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char["=+-@\t\r\n\",;'x ＝\u00A0ąΩЖ"].Array[0, 12].Select(chars => new string(chars)), Gen.String[0, 30]);

    // Hours in hundredths or whole units, prices with two or four places, part of a month, a discount; one in eight a credit.
    private static readonly Gen<Func<Currency, RatedLine>> AnyLine = Gen.Select(
        Gen.OneOf(Gen.Int[0, 20_000].Select(n => n / 100m), Gen.Int[0, 300].Select(n => (decimal)n)),
        Gen.OneOf(Gen.Int[0, 50_000].Select(n => n / 100m), Gen.Int[0, 90_000].Select(n => n / 10_000m)),
        Gen.OneOf(Gen.Const(30), Gen.Int[1, 30]),
        Gen.OneOf(Gen.Const(0), Gen.Int[0, 100]),
        Gen.Int[0, 7],
        AnyText,
        (quantity, price, days, percent, kind, text) => new Func<Currency, RatedLine>(currency =>
        {
            var counted = kind == 0 ? -quantity : quantity;
            var unitPrice = new UnitPrice(price, currency);
            var amount = unitPrice.Extend(counted, new Fraction(days, 30));
            return InvoiceCases.Line(counted, price, 0) with
            {
                Description = "x" + text,
                UnitPrice = unitPrice,
                Amount = amount,
                Discount = amount.IsNegative ? Money.Zero(currency) : amount.Percent(percent),
            };
        }));

    private static readonly Gen<InvoiceDraft> AnyInvoice = Gen.Select(
        Gen.Int[0, 2].Select(i => new[] { "EUR", "USD", "JPY" }[i]),
        AnyLine.Array[1, 40],
        Gen.Int[0, 4].Select(i => RatesOfACase[i]),
        AnyText,
        (code, makers, rates, text) =>
        {
            var currency = Currency.Of(code);
            List<RatedLine> lines = [.. makers.Select(make => make(currency))];
            var net = Money.Sum(lines.Select(line => line.Net), currency);
            if (net.IsNegative)
            {
                // Core holds an invoice below zero, so none comes here.
                var more = -net.Amount + 1;
                lines.Add(InvoiceCases.Line(1, more, 0) with { UnitPrice = new UnitPrice(more, currency), Amount = new Money(more, currency), Discount = Money.Zero(currency) });
                net = new Money(1, currency);
            }

            var invoice = InvoiceCases.Invoice(code, []);
            IReadOnlyList<TaxLine> taxes = [.. rates.Select(rate => new TaxLine(rate.Name, rate.Percent, net, net.Percent(rate.Percent)))];
            return invoice with
            {
                BillTo = invoice.BillTo with { Name = "x" + text, AddressLines = [text, text] },
                PurchaseOrder = text,
                Lines = lines,
                Taxes = taxes,
                LineTaxes = InvoiceCases.LineTaxes([.. lines.Select(line => line.Net)], taxes),
            };
        });
}
