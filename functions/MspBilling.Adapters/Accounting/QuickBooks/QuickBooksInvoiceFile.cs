using System.Globalization;
using MspBilling.Core.Invoicing;

namespace MspBilling.Adapters.Accounting.QuickBooks;

/// <summary>One invoice as QuickBooks Online's "Import invoices" reads it: a row a line, the invoice's own cells on each.</summary>
/// <remarks>
/// <para>Columns that QuickBooks maps by itself, and which it requires (*):
/// https://quickbooks.intuit.com/learn-support/en-ca/sales-and-invoicing/do-we-need-to-map-field-everytime-when-import-invoices/01/394876
/// (others are mapped by hand on its import screen). The header names are those of its sample file as public programs write it; the tax
/// columns of the two editions (<c>*ItemTaxCode, ItemTaxAmount</c> and <c>Taxable, TaxRate</c>) could not be read on a page of Intuit's.</para>
/// <para>Numbers have at most 21 characters, descriptions and memos 4,000:
/// https://support.zed-systems.com/kb/a197/import-invoices-into-quickbooks-online.aspx. They are kept only where "Custom transaction
/// numbers" is on. 100 characters of an item's and 500 of a customer's name are those of the accounting API, not confirmed for files.</para>
/// <para>Each line's amount is round(quantity x rate, 2), which is exact here. In the United States QuickBooks has one
/// rate an invoice, of the lines that are taxable, and takes its tax of their sum, as we do; an invoice whose tax was made otherwise is refused. A company with automated sales tax computes
/// from its addresses, which no file can bind: compare the total after the import.</para>
/// <para>A credit note is for "Import credit notes", amounts above zero, columns mapped on its screen:
/// https://quickbooks.intuit.com/learn-support/en-us/help-articles/how-to-import-credit-notes/00/332855. Not each edition has it; the headers of its sample file could not be
/// read. QuickBooks applies it to no invoice by itself: the memo names the one.</para>
/// </remarks>
public static class QuickBooksInvoiceFile
{
    private const string Vendor = "QuickBooks";
    private const int LongestNumber = 21;
    private const int LongestCustomer = 500;
    private const int LongestItem = 100;
    private const int LongestText = 4000;
    private const int QuantityPlaces = 4;

    /// <param name="number">As issued.</param>
    /// <param name="invoice">What it says.</param>
    /// <param name="options">The company's.</param>
    /// <param name="credits">The number of the invoice that a credit note credits; null for an invoice.</param>
    /// <returns>A CSV file; the same for the same input.</returns>
    /// <exception cref="PermanentAccountingException">QuickBooks would refuse it, or book another amount.</exception>
    public static byte[] Write(string number, InvoiceDraft invoice, QuickBooksFileOptions options, string? credits = null)
    {
        var cellNumber = Cells.Number(number, LongestNumber, Vendor);
        var customer = Cells.Name(invoice.BillTo.Name, LongestCustomer, "customer's name", number);
        var dateFormat = options.DateFormat ?? (options.Edition == QuickBooksEdition.UnitedStates ? "MM/dd/yyyy" : "dd/MM/yyyy");
        string Code(ImportRow row) => TaxCode.Of(Vendor, number, row.Taxes, options.TaxCodes);
        var rows = ImportRows.Of(Vendor, number, invoice, new ImportLimits(QuantityPlaces, options.RatePlaces, options.MostRows));
        if (options.Edition == QuickBooksEdition.UnitedStates || !options.WritesTaxAmounts)
        {
            RefuseOtherTax(number, invoice, rows);
        }

        string Item(string service) => Cells.Name(options.Items.GetValueOrDefault(service, service), LongestItem, "product or service", number);
        var memo = Cells.Text($"{(credits is null ? "" : $"Credits {credits} ")}{invoice.Period} {invoice.PurchaseOrder} {invoice.TaxNote}", LongestText);
        var currency = invoice.Currency.Code == options.HomeCurrency ? "" : invoice.Currency.Code;
        var rate = options.Edition == QuickBooksEdition.UnitedStates ? OneRate(number, rows) : null;

        return Cells.File<ImportRow>(
            [
                (credits is null ? "*InvoiceNo" : "*CreditNoteNo", _ => cellNumber),
                ("*Customer", _ => customer),
                .. credits is null
                    ? new (string, Func<ImportRow, string>)[] { ("*InvoiceDate", _ => Cells.Date(invoice.InvoiceDate, dateFormat)), ("*DueDate", _ => Cells.Date(invoice.DueDate, dateFormat)), ("Terms", _ => "") }
                    : [("*CreditNoteDate", _ => Cells.Date(invoice.InvoiceDate, dateFormat))],
                ("Location", _ => ""),
                ("Memo", _ => memo),
                ("Item(Product/Service)", row => Item(row.Service)),
                ("ItemDescription", row => Cells.Text(row.Description, LongestText)),
                ("ItemQuantity", row => Cells.Quantity(row.Quantity)),
                ("ItemRate", row => Cells.Amount(row.UnitAmount, invoice.Currency)),
                ("*ItemAmount", row => Cells.Amount(row.Amount.Amount, invoice.Currency)),
                .. options.Edition switch
                {
                    QuickBooksEdition.International => new (string, Func<ImportRow, string>)[]
                    {
                        ("*ItemTaxCode", Code),
                        ("ItemTaxAmount", row => options.WritesTaxAmounts ? Cells.Amount(row.Tax.Amount, invoice.Currency) : ""),
                    },
                    QuickBooksEdition.UnitedStates => [("Taxable", row => IsTaxed(row) ? "Y" : "N"), ("TaxRate", _ => Code(rate!))],
                    _ => throw new ArgumentOutOfRangeException(nameof(options), options.Edition, "There are two editions."),
                },
                ("Currency", _ => currency),
                ("Service Date", row => Cells.Date(row.ServiceDate, dateFormat)),
            ],
            rows);
    }

    private static bool IsTaxed(ImportRow row) => row.Taxes.Any(tax => tax.Percent != 0);

    /// <summary>A row of the rate that the invoice has in the United States, where each line bears it or none.</summary>
    private static ImportRow OneRate(string number, IReadOnlyList<ImportRow> rows)
    {
        var taxed = rows.Where(IsTaxed).ToList();
        return taxed.Find(row => !row.Taxes.SequenceEqual(taxed[0].Taxes)) is { } other
            ? throw new PermanentAccountingException(
                $"Invoice {number}: {Names(taxed[0])} and {Names(other)} stand on different lines, and QuickBooks has one tax rate an invoice in the United States. Enter it by hand.")
            : taxed.FirstOrDefault(rows[0]);

        static string Names(ImportRow row) => string.Join(" + ", row.Taxes.Select(tax => tax.Name));
    }

    private static void RefuseOtherTax(string number, InvoiceDraft invoice, IReadOnlyList<ImportRow> rows)
    {
        var theirs = rows.SelectMany(row => row.Taxes.Select(tax => (tax, row.Amount.Amount))).GroupBy(each => each.tax).Sum(same => ImportRows.AsVendor(same.Sum(each => each.Amount) * same.Key.Percent / 100));
        if (theirs != invoice.Tax.Amount)
        {
            throw new PermanentAccountingException(string.Create(
                CultureInfo.InvariantCulture,
                $"Invoice {number}: QuickBooks would compute {theirs:0.00} {invoice.Currency} of tax where the invoice has {invoice.Tax}. Enter it by hand with the invoice's tax."));
        }
    }
}
