using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>A client's account as the API and the command line show it.</summary>
public sealed record ShownAccount(string Client, string Name, IReadOnlyList<ShownOpen> Open, IReadOnlyList<ShownCredit> Credits, IReadOnlyList<ShownEntry> Entries)
{
    /// <param name="today">At the client.</param>
    public static ShownAccount Of(Client client, IReadOnlyList<IssuedInvoice> invoices, ClientLedger ledger, DateOnly today) => new(
        client.Id,
        client.Name,
        [.. invoices.Where(invoice => !invoice.Balance.IsZero).OrderBy(invoice => invoice.DueDate).Select(invoice => new ShownOpen(invoice.Number, invoice.DueDate, invoice.Currency, invoice.Total, invoice.Balance, invoice.State))],
        [
            .. ledger.Credits.Where(credit => !credit.Left.IsZero).Select(credit => new ShownCredit(
                credit.Id, credit.Left.Currency, credit.Granted.Amount, credit.Left, credit.Granted.IsPrepayment, credit.Granted.Agreement, credit.Granted.Expires, credit.IsExpired(today), ledger.Find(credit.Id)!.By, ledger.Find(credit.Id)!.Why)),
        ],
        [.. ledger.Entries.Select(ShownEntry.Of)]);
}

public sealed record ShownOpen(string Number, DateOnly DueDate, Currency Currency, Money Total, Money Balance, InvoiceState State);

/// <param name="Agreement">That it is a deposit for; null for any.</param>
/// <param name="Expired">Whether it pays no invoice any more; it leaves the account within hours.</param>
public sealed record ShownCredit(string Id, Currency Currency, Money Granted, Money Left, bool Prepayment, string? Agreement, DateOnly? Expires, bool Expired, string By, string Why);

/// <summary>One movement of an account.</summary>
/// <param name="Kind">Payment, credit note, use of credit, credit that expired, late fee and what waives it, write-off or reversal.</param>
/// <param name="Invoices">What it took off which invoice.</param>
/// <param name="Credit">What it added to what the client has in credit; null for nothing.</param>
public sealed record ShownEntry(string Id, string Kind, DateOnly Date, string By, string Why, IReadOnlyList<ShownShare> Invoices, Money? Credit)
{
    public static ShownEntry Of(LedgerEntry entry) => new(
        entry.Id,
        entry switch
        {
            Payment => "payment",
            CreditNote => "credit-note",
            CreditUse => "credit-use",
            CreditExpiry => "credit-expiry",
            LateFeeCharge => "late-fee",
            LateFeeWaiver => "late-fee-waiver",
            WriteOff => "write-off",
            Reversal => "reversal",
            _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, null),
        },
        entry.Date, entry.By, entry.Why, [.. entry.Shares.Select(share => new ShownShare(share.Invoice, share.Amount.Currency, share.Amount))], entry.Grants?.Amount);
}

public sealed record ShownShare(string Invoice, Currency Currency, Money Amount);
