using Xunit;

namespace MspBilling.Tests.Accounting.QuickBooks;

/// <summary>QuickBooks Online's "Import invoices", as its help and its sample files describe it: reads a file of one invoice or fails.</summary>
internal static class QuickBooksImport
{
    private const string Common =
        "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,*ItemAmount,";

    private static readonly string[] OfTheInvoice = ["*InvoiceNo", "*Customer", "*InvoiceDate", "*DueDate", "Memo", "Currency"];

    /// <summary>A company outside the United States: a code a line, and the amount of its tax.</summary>
    /// <param name="taxCodes">The company's, percent by code; taken of the sum of the lines where a file has no tax amounts.</param>
    public static Booked International(byte[] file, IReadOnlyDictionary<string, decimal> taxCodes, string dateFormat = "dd/MM/yyyy")
    {
        var (rows, net) = Lines(file, Common + "*ItemTaxCode,ItemTaxAmount,Currency,Service Date", dateFormat);
        var code = Assert.Single(rows.Select(row => row["*ItemTaxCode"]).Distinct());
        return rows.All(row => row["ItemTaxAmount"].Length == 0)
            ? new Booked(net, ReadImportFile.HalfUp(net * taxCodes[code] / 100), rows.Count)
            : new Booked(net, rows.Sum(row => ReadImportFile.Number(row["ItemTaxAmount"], 2)), rows.Count);
    }

    /// <summary>A company in the United States: taxable or not, the tax per rate of the sum of the taxable lines.</summary>
    /// <param name="taxRates">The company's, the percentages of its agencies by the name of the combined rate.</param>
    public static Booked UnitedStates(byte[] file, IReadOnlyDictionary<string, decimal[]> taxRates, string dateFormat = "MM/dd/yyyy")
    {
        var (rows, net) = Lines(file, Common + "Taxable,TaxRate,Currency,Service Date", dateFormat);
        var rate = Assert.Single(rows.Select(row => row["TaxRate"]).Distinct());
        Assert.All(rows, row => Assert.True(row["Taxable"] is "Y" or "N"));
        var taxable = rows.Where(row => row["Taxable"] == "Y").Sum(Amount);
        return new Booked(net, taxRates[rate].Sum(percent => ReadImportFile.HalfUp(taxable * percent / 100)), rows.Count);
    }

    private static (IReadOnlyList<IReadOnlyDictionary<string, string>> Rows, decimal Net) Lines(byte[] file, string header, string dateFormat)
    {
        var read = ReadImportFile.Of(file);
        Assert.Equal(header, string.Join(",", read.Header));
        Assert.InRange(read.Rows.Count, 1, 999);
        foreach (var row in read.Rows)
        {
            foreach (var required in read.Header.Where(h => h[0] == '*'))
                Assert.True(row[required].Length > 0, $"{required} is empty.");
            foreach (var same in OfTheInvoice)
                Assert.Equal(read.Rows[0][same], row[same]);
            Assert.InRange(row["*InvoiceNo"].Length, 1, 21);
            Assert.InRange(row["*Customer"].Length, 1, 500);
            Assert.InRange(row["Memo"].Length, 0, 4000);
            Assert.InRange(row["Item(Product/Service)"].Length, 1, 100);
            Assert.InRange(row["ItemDescription"].Length, 1, 4000);
            Assert.True(row["Currency"].Length is 0 or 3);
            Assert.True(ReadImportFile.Date(row["*DueDate"], dateFormat) >= ReadImportFile.Date(row["*InvoiceDate"], dateFormat));
            ReadImportFile.Date(row["Service Date"], dateFormat);

            var supplied = Amount(row);
            var computed = ReadImportFile.HalfUp(ReadImportFile.Number(row["ItemQuantity"], 5) * ReadImportFile.Number(row["ItemRate"], 2));
            Assert.True(supplied == computed, $"6070: Amount is not equal to UnitPrice * Qty. Supplied value: {supplied}, computed: {computed}.");
        }

        return (read.Rows, read.Rows.Sum(Amount));
    }

    private static decimal Amount(IReadOnlyDictionary<string, string> row) => ReadImportFile.Number(row["*ItemAmount"], 2);
}
