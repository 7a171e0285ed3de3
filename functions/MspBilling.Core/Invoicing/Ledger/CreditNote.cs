using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>A credit note as it stands in the ledger. Its number is given after it is written, so that one that is refused leaves no gap.</summary>
/// <param name="Invoice">The number of the invoice that it credits.</param>
/// <param name="Period">Of that invoice.</param>
/// <param name="Lines">What is credited of which line; at least one.</param>
/// <param name="Restocks">Whether the work of these lines is billed again with the next invoice.</param>
public sealed record CreditNote(string Invoice, Period Period, IReadOnlyList<CreditedLine> Lines, bool Restocks) : LedgerEntry
{
    /// <summary>The invoice's taxes, each with what of it is credited.</summary>
    public required IReadOnlyList<TaxLine> Taxes { get; init; }

    public Currency Currency => Lines[0].Tax.Net.Currency;

    public Money Net => Money.Sum(Lines.Select(line => line.Tax.Net), Currency);

    public Money Tax => Money.Sum(Taxes.Select(tax => tax.Tax), Currency);

    public Money Total => Net + Tax;

    /// <summary>As a document: the invoice with the lines that are credited, above zero as they were charged.</summary>
    /// <remarks>Of a line that is credited in part one piece at that amount is shown: 100.00 of 6.00 h at 95.00 is no number of hours.</remarks>
    /// <param name="invoice">The one that it credits.</param>
    public InvoiceDraft Of(InvoiceDraft invoice) => invoice with
    {
        InvoiceDate = Date,
        DueDate = Date,
        Lines = [.. Lines.Select(credited => Shown(invoice, credited))],
        LineTaxes = [.. Lines.Select(credited => credited.Tax)],
        Taxes = Taxes,
    };

    private static RatedLine Shown(InvoiceDraft invoice, CreditedLine credited)
    {
        var line = invoice.Lines[credited.Index];
        var amount = invoice.PricesIncludeTax ? credited.Tax.Net + credited.Tax.Tax : credited.Tax.Net;
        return line.Net == amount
            ? line
            : line with
            {
                Description = $"{line.Description} (in part)",
                Quantity = 1,
                Unit = "item",
                UnitPrice = new UnitPrice(amount.Amount, amount.Currency),
                Amount = amount,
                Discount = Money.Zero(amount.Currency),
                Details = [],
            };
    }
}

/// <summary>What is credited of a line.</summary>
/// <param name="Index">Of the line among the invoice's, from 0, as its bill has them.</param>
/// <param name="Tax">The amount without tax, and its share of each of the invoice's taxes.</param>
public sealed record CreditedLine(int Index, LineTax Tax);
