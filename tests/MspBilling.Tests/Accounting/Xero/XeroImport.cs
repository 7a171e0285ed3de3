using Xunit;

namespace MspBilling.Tests.Accounting.Xero;

/// <summary>Xero's "Import your sales invoices", as its template and guides describe it: reads a file of one invoice or fails.</summary>
internal static class XeroImport
{
    private const string Template =
        "*ContactName,EmailAddress,POAddressLine1,POAddressLine2,POAddressLine3,POAddressLine4,POCity,PORegion,POPostalCode,POCountry,"
        + "*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InventoryItemCode,*Description,*Quantity,*UnitAmount,Discount,*AccountCode,"
        + "*TaxType,TaxAmount,TrackingName1,TrackingOption1,TrackingName2,TrackingOption2,Currency,BrandingTheme";

    private static readonly string[] OfTheInvoice = ["*ContactName", "*InvoiceNumber", "Reference", "*InvoiceDate", "*DueDate", "Currency"];

    /// <param name="taxRates">The organisation's, percent by display name.</param>
    public static Booked Import(byte[] file, IReadOnlyDictionary<string, decimal> taxRates, string dateFormat = "dd/MM/yyyy")
    {
        var read = ReadImportFile.Of(file);
        Assert.Equal(Template, string.Join(",", read.Header));
        Assert.InRange(read.Rows.Count, 1, 1000);

        decimal net = 0, tax = 0;
        foreach (var row in read.Rows)
        {
            foreach (var required in read.Header.Where(h => h[0] == '*'))
                Assert.True(row[required].Length > 0, $"{required} is empty.");
            foreach (var same in OfTheInvoice)
                Assert.Equal(read.Rows[0][same], row[same]);
            Assert.InRange(row["*ContactName"].Length, 1, 255);
            Assert.InRange(row["*InvoiceNumber"].Length, 1, 255);
            Assert.InRange(row["Reference"].Length, 0, 255);
            Assert.InRange(row["*Description"].Length, 1, 4000);
            Assert.True(ReadImportFile.Date(row["*DueDate"], dateFormat) >= ReadImportFile.Date(row["*InvoiceDate"], dateFormat));
            Assert.True(row["Currency"].Length is 0 or 3);

            var quantity = ReadImportFile.Number(row["*Quantity"], 4);
            Assert.True(quantity >= 0, "Quantity must not be less than zero.");
            var discount = row["Discount"].Length == 0 ? 0 : ReadImportFile.Number(row["Discount"], 2);
            var line = ReadImportFile.HalfUp(quantity * ReadImportFile.Number(row["*UnitAmount"], 2) * (100 - discount) / 100);
            net += line;
            tax += row["TaxAmount"].Length == 0 ? ReadImportFile.HalfUp(line * taxRates[row["*TaxType"]] / 100) : ReadImportFile.Number(row["TaxAmount"], 2);
        }

        Assert.True(net + tax >= 0, "An invoice below zero is a credit note.");
        return new Booked(net, tax, read.Rows.Count);
    }
}
