using System.Globalization;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>The lines of a document as BG-25, in the order in which they are printed.</summary>
/// <remarks>
/// Where prices include tax, a line states what is left without it, after its discount: 123.00 with 23 % in it is 1 x 100.00.
/// An electronic line bears one VAT rate. A state's and a city's sales tax on one line cannot be said.
/// </remarks>
internal static class ElectronicLines
{
    public static IReadOnlyList<ElectronicLine> Of(InvoiceDocument document) => [.. from @group in document.Groups from line in @group.Lines select Of(document, @group, line)];

    /// <summary>The first line that bears several taxes; null where none does.</summary>
    public static EInvoiceProblem? SeveralTaxes(InvoiceDocument document) =>
        document.Groups.SelectMany(group => group.Lines).FirstOrDefault(line => line.TaxPercents.Count > 1) is { } line
            ? new EInvoiceProblem(
                "BT-152", string.Create(CultureInfo.InvariantCulture, $"Line {line.Number} bears {line.TaxPercents.Count} taxes, and an electronic invoice states one VAT rate a line."),
                "Send the printed invoice: EN 16931 is for VAT alone.")
            : null;

    private static ElectronicLine Of(InvoiceDocument document, LineGroup group, PrintedLine line)
    {
        var net = line.NetWithoutTax ?? line.Net;
        var allowance = document.Totals.TaxIncluded || line.Discount is not { } discount ? Money.Zero(net.Currency) : -discount;
        return new ElectronicLine
        {
            Id = line.Number.ToString(CultureInfo.InvariantCulture),
            Note = EInvoiceText.Joined(line.Explanation, UnitCodes.Says(line.Unit) ? null : $"[{line.Unit}]"),
            Name = EInvoiceText.Of(line.Description) ?? EInvoiceText.Of(group.Title) ?? line.Unit,
            Sku = EInvoiceText.Of(line.Sku),
            UnitCode = UnitCodes.Of(line.Unit),
            Price = LinePrice.Of(line.Quantity, line.UnitPrice, net + allowance),
            Allowance = allowance,
            Net = net,
            Period = line.ServicePeriod ?? document.ServicePeriod,
            Vat = VatBreakdowns.RateOf(line.TaxCategory, line.TaxPercents.Count > 0 ? line.TaxPercents[0] : 0),
        };
    }
}
