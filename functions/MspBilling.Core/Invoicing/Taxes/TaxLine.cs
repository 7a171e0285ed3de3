using MspBilling.Core.Clients;

namespace MspBilling.Core.Invoicing;

/// <summary>One tax rate's share of an invoice.</summary>
/// <param name="Base">What it is taken of: the net amount of the lines that bear it, and their other taxes where it is compound.</param>
/// <param name="Tax">Percent of the base, rounded once for the document; or the sum of what was rounded line by line.</param>
public sealed record TaxLine(string Name, decimal Percent, Money Base, Money Tax)
{
    public TaxCategory Category { get; init; } = Percent == 0 ? TaxCategory.Zero : TaxCategory.Standard;

    /// <summary>Why no tax is charged, in the words of the law; null where that needs none.</summary>
    public string? Reason { get; init; }

    public bool IsCompound { get; init; }
}

/// <summary>How one line of an invoice is taxed.</summary>
/// <param name="Net">What it comes to without tax: its net amount, or less where the prices include tax.</param>
/// <param name="Shares">Of each tax that it bears. The shares of all lines add up to the tax.</param>
public sealed record LineTax(Money Net, IReadOnlyList<TaxShare> Shares)
{
    public Money Tax => Money.Sum(Shares.Select(share => share.Tax), Net.Currency);
}

/// <summary>A line's share of a tax.</summary>
/// <param name="Of">Its place in the invoice's <see cref="InvoiceDraft.Taxes"/>.</param>
public sealed record TaxShare(int Of, Money Tax);
