using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.Adapters.Accounting;

/// <summary>One line of an import file: quantity times unit amount is the amount, with nothing left for the vendor to round.</summary>
/// <param name="Amount">Net, after the line's discount and without tax.</param>
/// <param name="Tax">The line's share of the document's tax.</param>
/// <param name="Taxes">Those that the line bears.</param>
internal sealed record ImportRow(string Service, string Description, decimal Quantity, decimal UnitAmount, Money Amount, Money Tax, IReadOnlyList<TaxLine> Taxes, DateOnly ServiceDate);

/// <summary>Turns an invoice into rows that add up to its net amount, tax and total in another program's arithmetic.</summary>
/// <remarks>
/// <para>A line keeps its quantity and price only where their product is its net amount exactly: 4.00 h x 95.00. All others are one
/// times the net amount, with quantity, price, discount and days in the description: a prorated seat, a discounted line, 0.75 h x 95.50
/// (71.625, a half that two programs may round to two sides), a credit (Xero takes no negative quantity:
/// https://support.workguru.io/support/solutions/articles/43000570879-xero-api-error-messages). A discount in percent would not give
/// our cents back, and a row of its own would be one more negative amount, so neither is written.</para>
/// <para>Rows that come to nothing, such as covered hours, are left out, unless the whole invoice comes to nothing.</para>
/// <para>Our tax is of the document, theirs of the line, so each row carries the line's share of each tax. Prices that include tax are written without it, as one times the
/// net amount. The tax of a line that comes to nothing is nothing too.</para>
/// </remarks>
internal static class ImportRows
{
    /// <summary>Both vendors keep amounts to two places, whatever the currency.</summary>
    private const int VendorPlaces = 2;

    /// <param name="system">The vendor, for messages.</param>
    /// <param name="limits">What the vendor's columns hold.</param>
    /// <exception cref="PermanentAccountingException">The rows would not come to what the invoice says.</exception>
    public static IReadOnlyList<ImportRow> Of(string system, string number, InvoiceDraft invoice, ImportLimits limits)
    {
        PermanentAccountingException Refused(string why) => new($"Invoice {number}: {why}");

        if (invoice.Net.IsNegative)
        {
            throw Refused($"it comes to {invoice.Net}, and {system} imports no invoice below zero. Enter it there as a credit note.");
        }

        if (invoice.Taxes.FirstOrDefault(tax => tax.IsCompound) is { } compound)
        {
            throw Refused($"{compound.Name} is taken of other taxes too, and a {system} file cannot say so. Enter the invoice by hand.");
        }

        var lines = Enumerable.Range(0, invoice.Lines.Count).Where(line => !invoice.LineTaxes[line].Net.IsZero).ToList();
        if (lines.Count == 0)
        {
            lines = [.. Enumerable.Range(0, invoice.Lines.Count)];
        }

        if (lines.Count > limits.Rows)
        {
            throw Refused($"it has {lines.Count} lines, and a {system} file takes {limits.Rows}. Bill the client by fewer lines or enter the invoice by hand.");
        }

        var rows = lines.Select(line => Row(line, invoice, limits)).ToList();

        var net = rows.Sum(row => AsVendor(row.Quantity * row.UnitAmount));
        var tax = rows.Sum(row => AsVendor(row.Tax.Amount));
        return net == invoice.Net.Amount && tax == invoice.Tax.Amount
            ? rows
            : throw Refused(string.Create(
                CultureInfo.InvariantCulture,
                $"{system} would book {net} + {tax} tax where the invoice has {invoice.Net} + {invoice.Tax} tax. It keeps two places; enter the invoice by hand."));
    }

    /// <summary>An amount or a tax as the vendor rounds it: half away from zero.</summary>
    public static decimal AsVendor(decimal amount) => Rounding.ToPlaces(amount, VendorPlaces);

    private static ImportRow Row(int place, InvoiceDraft invoice, ImportLimits limits)
    {
        var (line, net) = (invoice.Lines[place], invoice.LineTaxes[place].Net);
        var price = line.UnitPrice.Amount;
        var keeps = line.Quantity > 0
            && line.Quantity * price == net.Amount
            && Rounding.ToPlaces(line.Quantity, limits.QuantityPlaces) == line.Quantity
            && Rounding.ToPlaces(price, limits.PricePlaces) == price;
        var (description, quantity, amount) = keeps ? (line.Description, line.Quantity, price) : (InWords(line, invoice), 1, net.Amount);
        return new ImportRow(line.Service, description, quantity, amount, net, invoice.LineTaxes[place].Tax, [.. invoice.TaxesOf(place).Select(tax => tax.Tax)], line.ServicePeriod.LastDay);
    }

    private static string InWords(RatedLine line, InvoiceDraft invoice)
    {
        var days = line.ServicePeriod == invoice.Period
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {line.ServicePeriod.Start:yyyy-MM-dd} to {line.ServicePeriod.LastDay:yyyy-MM-dd}");
        var discount = line.Discount.IsZero ? "" : $", less {line.Discount}";
        return string.Create(CultureInfo.InvariantCulture, $"{line.Description} ({line.Quantity:0.####} {line.Unit} at {line.UnitPrice.Amount:0.00########}{days}{discount})");
    }
}

/// <summary>What a vendor's import file holds: decimal places of quantities and prices, rows of one file.</summary>
internal sealed record ImportLimits(int QuantityPlaces, int PricePlaces, int Rows);
