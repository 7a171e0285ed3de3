using System.Globalization;
using MspBilling.Core.Invoicing;

namespace MspBilling.Adapters.Accounting.Xero;

/// <summary>One invoice as Xero's "Import your sales invoices" reads it: a row a line, the invoice's own cells on each.</summary>
/// <remarks>
/// <para>The 29 columns of SalesInvoiceTemplate.csv, in its order; none may be renamed, moved or left out:
/// https://spreadsheetbroccoli.com/platforms/xero/import-invoice-guide. Required ones begin with an asterisk. One number on several rows
/// is one invoice, new contacts are made by name, and a file takes 500 invoices: https://online.flippingbook.com/view/399081/31/.</para>
/// <para>The import asks whether amounts include tax: these do not ("Tax Exclusive"). Total stays empty, because Xero adds up itself.</para>
/// <para>Xero's line is round(quantity x unit amount, 2), which is exact here; its tax is of the line, so each row carries its share of
/// the document's tax. A credit is a negative unit amount, which Xero takes: https://github.com/XeroAPI/Xero-OpenAPI/issues/429.</para>
/// <para>A credit note is for the import of the Credit Notes page: the same columns with its number and date, amounts above zero, the invoice as its reference:
/// https://spreadsheetbroccoli.com/platforms/xero/import-credit-note-guide. Xero applies it to no invoice by itself.</para>
/// <para>Lengths are those of the accounting API (name, number and reference 255, address line 500, description 4,000), not confirmed
/// for files.</para>
/// </remarks>
public static class XeroInvoiceFile
{
    private const string Vendor = "Xero";
    private const int LongestName = 255;
    private const int LongestAddressLine = 500;
    private const int LongestDescription = 4000;
    private const int QuantityPlaces = 4;

    /// <param name="number">As issued.</param>
    /// <param name="invoice">What it says.</param>
    /// <param name="options">The organisation's.</param>
    /// <param name="credits">The number of the invoice that a credit note credits; null for an invoice.</param>
    /// <returns>A CSV file; the same for the same input.</returns>
    /// <exception cref="PermanentAccountingException">Xero would refuse it, or book another amount.</exception>
    public static byte[] Write(string number, InvoiceDraft invoice, XeroFileOptions options, string? credits = null)
    {
        var cellNumber = Cells.Number(number, LongestName, Vendor);
        var contact = Cells.Name(invoice.BillTo.Name, LongestName, "contact's name", number);
        string TaxType(ImportRow row) => TaxCode.Of(Vendor, number, row.Taxes, options.TaxTypes);
        var rows = ImportRows.Of(Vendor, number, invoice, new ImportLimits(QuantityPlaces, options.UnitAmountPlaces, options.MostRows));
        if (!options.WritesTaxAmounts)
        {
            RefuseOtherTax(number, invoice, rows);
        }

        var address = invoice.BillTo.AddressLines;
        string AddressLine(int i) => Cells.Text(i < 3 ? address.ElementAtOrDefault(i) : string.Join(", ", address.Skip(3)), LongestAddressLine);
        var email = Cells.Text(invoice.BillTo.Email, LongestName);
        var reference = Cells.Text(credits ?? invoice.PurchaseOrder ?? invoice.Period.ToString(), LongestName);
        var currency = invoice.Currency.Code == options.HomeCurrency ? "" : invoice.Currency.Code;

        return Cells.File<ImportRow>(
            [
                ("*ContactName", _ => contact),
                ("EmailAddress", _ => email),
                ("POAddressLine1", _ => AddressLine(0)),
                ("POAddressLine2", _ => AddressLine(1)),
                ("POAddressLine3", _ => AddressLine(2)),
                ("POAddressLine4", _ => AddressLine(3)),
                ("POCity", _ => ""),
                ("PORegion", _ => ""),
                ("POPostalCode", _ => ""),
                ("POCountry", _ => ""),
                (credits is null ? "*InvoiceNumber" : "*CreditNoteNumber", _ => cellNumber),
                ("Reference", _ => reference),
                (credits is null ? "*InvoiceDate" : "*CreditNoteDate", _ => Cells.Date(invoice.InvoiceDate, options.DateFormat)),
                (credits is null ? "*DueDate" : "DueDate", _ => Cells.Date(invoice.DueDate, options.DateFormat)),
                ("Total", _ => ""),
                ("InventoryItemCode", row => options.ItemCodes.GetValueOrDefault(row.Service, "")),
                ("*Description", row => Cells.Text(row.Description, LongestDescription)),
                ("*Quantity", row => Cells.Quantity(row.Quantity)),
                ("*UnitAmount", row => Cells.Amount(row.UnitAmount, invoice.Currency)),
                ("Discount", _ => ""),
                ("*AccountCode", row => options.AccountCodes.GetValueOrDefault(row.Service, options.AccountCode)),
                ("*TaxType", TaxType),
                ("TaxAmount", row => options.WritesTaxAmounts ? Cells.Amount(row.Tax.Amount, invoice.Currency) : ""),
                ("TrackingName1", _ => ""),
                ("TrackingOption1", _ => ""),
                ("TrackingName2", _ => ""),
                ("TrackingOption2", _ => ""),
                ("Currency", _ => currency),
                ("BrandingTheme", _ => ""),
            ],
            rows);
    }

    private static void RefuseOtherTax(string number, InvoiceDraft invoice, IReadOnlyList<ImportRow> rows)
    {
        var theirs = rows.Sum(row => ImportRows.AsVendor(row.Amount.Amount * row.Taxes.Sum(tax => tax.Percent) / 100));
        if (theirs != invoice.Tax.Amount)
        {
            throw new PermanentAccountingException(string.Create(
                CultureInfo.InvariantCulture,
                $"Invoice {number}: Xero would compute {theirs:0.00} {invoice.Currency} of tax line by line where the invoice has {invoice.Tax}. Let the file carry tax amounts (in the accounting settings), or enter it by hand."));
        }
    }
}
