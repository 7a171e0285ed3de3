using System.Text.Json.Serialization;

namespace MspBilling.Core.Invoicing;

/// <summary>Something that moved what a client owes after an invoice was issued: written once, never changed, undone only by another entry.</summary>
/// <remarks>
/// What it takes off which invoice, and off which credit, is decided when it is written and stands in it. So what is open of an invoice and left of a credit is a
/// sum over entries and nothing else: 1,190.00 invoiced less 300.00 credited less 890.00 paid is 0.00.
/// </remarks>
[JsonDerivedType(typeof(CreditNote), "credit-note")]
[JsonDerivedType(typeof(Payment), "payment")]
[JsonDerivedType(typeof(CreditUse), "credit-use")]
[JsonDerivedType(typeof(WriteOff), "write-off")]
[JsonDerivedType(typeof(Reversal), "reversal")]
[JsonDerivedType(typeof(CreditExpiry), "credit-expiry")]
[JsonDerivedType(typeof(LateFeeCharge), "late-fee")]
[JsonDerivedType(typeof(LateFeeWaiver), "late-fee-waiver")]
public abstract record LedgerEntry
{
    /// <summary>Who stands in <see cref="By"/> of what no person asked for.</summary>
    public const string Program = "MSP Billing";

    /// <summary>Given by who asks, so that asking again does nothing; tells the client's entries apart.</summary>
    public required string Id { get; init; }

    /// <summary>The day that it counts from, as printed.</summary>
    public required DateOnly Date { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string Why { get; init; }

    /// <summary>What it takes off open invoices; below zero where they are open once more, or a fee is added.</summary>
    public IReadOnlyList<InvoiceShare> Shares { get; init; } = [];

    /// <summary>What it adds to what the client has in credit; null for nothing.</summary>
    public AccountCredit? Grants { get; init; }

    /// <summary>What it takes of the client's credits, and for which invoice; below zero where that is undone.</summary>
    public IReadOnlyList<CreditDraw> Draws { get; init; } = [];
}

/// <param name="Invoice">Its number.</param>
public sealed record InvoiceShare(string Invoice, Money Amount);

/// <summary>Money that a client has with the MSP.</summary>
/// <param name="Amount">As it was granted; above zero.</param>
/// <param name="IsPrepayment">Whether it was paid ahead; else it is what a payment or a credit note had beyond its invoices.</param>
/// <param name="Expires">The last day on which it pays an invoice; null for none.</param>
public sealed record AccountCredit(Money Amount, bool IsPrepayment = false, DateOnly? Expires = null)
{
    /// <summary>Id of the agreement that it is a deposit for, and of which it pays invoices only; null for any.</summary>
    public string? Agreement { get; init; }
}

/// <param name="Credit">Id of the entry that granted it.</param>
/// <param name="Invoice">Null for what expires.</param>
public sealed record CreditDraw(string Credit, string? Invoice, Money Amount);
