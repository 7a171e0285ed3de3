using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Documents;

/// <summary>Lines of one kind, for example managed services, with their subtotal.</summary>
public sealed record LineGroup(string Title, IReadOnlyList<PrintedLine> Lines, Money Subtotal);

/// <summary>One line of an invoice.</summary>
public sealed record PrintedLine
{
    /// <summary>Counts through the whole invoice from 1; the appendix refers to it.</summary>
    public required int Number { get; init; }

    public required string Description { get; init; }

    /// <summary>How the price came about, in words a client can read; printed small under the description.</summary>
    public string? Explanation { get; init; }

    /// <summary>What the product is called by who sells it; null for what is none.</summary>
    public string? Sku { get; init; }

    /// <summary>The days that the line is for; null where that is the document's whole period.</summary>
    public Period? ServicePeriod { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Unit of measure: h, seat, device, GB.</summary>
    public required string Unit { get; init; }

    public required UnitPrice UnitPrice { get; init; }

    /// <summary>What was taken off the line, as a negative amount; null when nothing was.</summary>
    public Money? Discount { get; init; }

    public required Money Net { get; init; }

    public TaxCategory TaxCategory { get; init; }

    /// <summary>Of each tax that the line bears: 23 for 23 %; several for a state's and a city's.</summary>
    public IReadOnlyList<decimal> TaxPercents { get; init; } = [];

    /// <summary><see cref="Net"/> without tax: the same, or less where the prices include tax.</summary>
    public Money? NetWithoutTax { get; init; }
}

/// <summary>The figures under the lines, in the order in which they are printed.</summary>
public sealed record InvoiceTotals
{
    public required Money Subtotal { get; init; }

    /// <summary>What was taken off the whole invoice, as a negative amount; null when nothing was.</summary>
    public Money? Discounts { get; init; }

    public IReadOnlyList<TaxTotal> Taxes { get; init; } = [];

    /// <summary>Whether the lines and the subtotal have the taxes in them; then the total is the subtotal less the discounts.</summary>
    public bool TaxIncluded { get; init; }

    public required Money Total { get; init; }

    /// <summary>What is already paid, each as a negative amount, in the order in which it was taken.</summary>
    public IReadOnlyList<AppliedCredit> Applied { get; init; } = [];

    /// <summary>Total less what is paid: 123.00 less a credit of 23.00 is 100.00. Credit comes after tax.</summary>
    public Money AmountDue => Total + Money.Sum(Applied.Select(credit => credit.Amount), Total.Currency);
}

/// <summary>Money that the client has with the MSP, put to this invoice.</summary>
/// <param name="Kind">What it came from.</param>
/// <param name="Reference">Such as a credit note's number; null for none.</param>
/// <param name="Amount">Negative: it is taken off what is due.</param>
public sealed record AppliedCredit(AppliedCreditKind Kind, string? Reference, Money Amount);

public enum AppliedCreditKind
{
    Prepayment,
    AccountCredit,
    Payment,
}

/// <summary>Tax of one rate: its name such as VAT, its percentage, what it was computed on, and the tax.</summary>
public sealed record TaxTotal(string Name, decimal Percent, Money TaxableBase, Money Tax)
{
    public TaxCategory Category { get; init; } = Percent == 0 ? TaxCategory.Zero : TaxCategory.Standard;

    /// <summary>Why no tax is charged, in the words of the law; null where that needs none.</summary>
    public string? Reason { get; init; }
}
