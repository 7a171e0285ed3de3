using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>What a period comes to for one client: its invoices, and what became of everything that was captured.</summary>
/// <param name="Inputs">Each record that it was computed from, at its version: the same inputs give the same bill.</param>
/// <param name="Problem">Why the client could not be billed at all; then every activity is held.</param>
public sealed record ClientBill(
    Period Period,
    string ClientId,
    string ClientName,
    DateOnly InvoiceDate,
    IReadOnlyList<InvoiceDraft> Invoices,
    IReadOnlyList<Disposition> Dispositions,
    IReadOnlyList<RecordVersion> Inputs,
    string? Problem)
{
    /// <summary>What the period before left, such as a retainer's hours; an input like the records.</summary>
    public CarriedState CarriedIn { get; init; } = CarriedState.None;

    /// <summary>What the next period starts from.</summary>
    public CarriedState CarriedOut { get; init; } = CarriedState.None;

    /// <summary>Names the stored reference records that it was computed from, which an adjustment needs; null where nothing can be adjusted.</summary>
    public string? References { get; init; }

    public AsBilled AsBilled { get; init; } = AsBilled.None;

    /// <summary>Earlier periods that its invoices adjust, as they stand with that.</summary>
    public IReadOnlyList<AdjustedPeriod> Adjusted { get; init; } = [];

    /// <summary>The marks on earlier periods that were looked at for it, whether or not anything had to be adjusted.</summary>
    public IReadOnlyList<TouchedPeriod> LookedAt { get; init; } = [];

    /// <summary>The earlier period that keeps it from adjusting any; null for none.</summary>
    public UnadjustedPeriod? NotAdjusted { get; init; }

    /// <summary>Its invoice of a currency and part; null where it has none.</summary>
    public InvoiceDraft? DraftOf(Currency currency, string? part) => Invoices.SingleOrDefault(invoice => invoice.Currency == currency && invoice.Part == part);
}

/// <summary>A record at one of its versions.</summary>
public sealed record RecordVersion(RecordId Id, string Hash)
{
    public static RecordVersion Of(CapturedRecord record) => new(record.Id, RecordJson.ContentHash(record));
}

/// <summary>An invoice but for its number: everything that is printed, added up.</summary>
/// <remarks>Total = net + tax. The net is the sum of the lines' net amounts, less the tax where prices include it: 123.00 with 23 % is 100.00 + 23.00. Every amount is in <see cref="Currency"/>.</remarks>
public sealed record InvoiceDraft
{
    public required Currency Currency { get; init; }

    public required BillTo BillTo { get; init; }

    public required DateOnly InvoiceDate { get; init; }

    public required DateOnly DueDate { get; init; }

    public required PaymentTerms PaymentTerms { get; init; }

    public required Period Period { get; init; }

    public string? PurchaseOrder { get; init; }

    public required IReadOnlyList<RatedLine> Lines { get; init; }

    public required IReadOnlyList<TaxLine> Taxes { get; init; }

    /// <summary>How each line is taxed, one a line in their order.</summary>
    public required IReadOnlyList<LineTax> LineTaxes { get; init; }

    /// <summary>The texts that the law wants, such as that of the reverse charge.</summary>
    public string? TaxNote { get; init; }

    /// <summary>Whether the lines' amounts have the tax in them.</summary>
    public bool PricesIncludeTax { get; init; }

    /// <summary>How the client's documents are to look; null for the standard.</summary>
    public DocumentSettings? Documents { get; init; }

    /// <summary>Which of the client's invoices in the currency it is, by <see cref="InvoiceParts"/>; null for the only one.</summary>
    public string? Part { get; init; }

    /// <summary>The site that it is for; null where invoices are not split by site.</summary>
    public string? Site { get; init; }

    /// <summary>The lines as they are printed.</summary>
    public IReadOnlyList<NumberedLine> Numbered => NumberedLine.Of(Lines, Documents?.Grouping ?? LineGrouping.Service);

    public Money Gross => Money.Sum(Lines.Select(line => line.Amount), Currency);

    public Money Discount => Money.Sum(Lines.Select(line => line.Discount), Currency);

    /// <summary>Without tax.</summary>
    public Money Net => PricesIncludeTax ? Gross - Discount - Tax : Gross - Discount;

    public Money Tax => Money.Sum(Taxes.Select(tax => tax.Tax), Currency);

    public Money Total => Net + Tax;

    /// <summary>The taxes that a line bears, with its share of each.</summary>
    /// <param name="line">Its place in <see cref="Lines"/>.</param>
    public IEnumerable<(TaxLine Tax, Money Share)> TaxesOf(int line) => LineTaxes[line].Shares.Select(share => (Taxes[share.Of], share.Tax));

    /// <summary>That of the line's tax; where it bears several, <see cref="TaxCategory.Standard"/> if any of them is. Outside the scope without any.</summary>
    /// <param name="line">Its place in <see cref="Lines"/>.</param>
    public TaxCategory CategoryOf(int line)
    {
        var categories = TaxesOf(line).Select(tax => tax.Tax.Category).ToList();
        return categories.Contains(TaxCategory.Standard) ? TaxCategory.Standard : categories.FirstOrDefault(TaxCategory.OutsideScope);
    }
}

public sealed record BillTo(string Name, IReadOnlyList<string> AddressLines, string? Email, string? TaxNumber, string Language)
{
    /// <summary>What electronic invoices say of the client; null where the MSP sends none.</summary>
    public BuyerDetails? Buyer { get; init; }
}
