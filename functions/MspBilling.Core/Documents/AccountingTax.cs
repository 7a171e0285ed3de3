using MspBilling.Core.Clients;

namespace MspBilling.Core.Documents;

/// <summary>An invoice's tax in the currency in which the issuer owes it (Art. 230 of Directive 2006/112/EC).</summary>
/// <remarks>23.00 USD at 0.9012 EUR for a dollar is 20.73 EUR. The rate is that of the invoice's date.</remarks>
/// <param name="Currency">The issuer's.</param>
/// <param name="Tax">Null where the settings have no rate for the day.</param>
public sealed record AccountingTax(Currency Currency, Money? Tax)
{
    /// <returns>Null where the tax is owed in the invoice's own currency, or there is none.</returns>
    public static AccountingTax? Of(AccountingCurrency? accounting, Money tax, DateOnly invoiceDate) => accounting is null || accounting.Currency == tax.Currency || tax.IsZero
        ? null
        : new AccountingTax(accounting.Currency, accounting.RateOf(tax.Currency, invoiceDate) is { } rate ? Rounding.ToMoney(tax.Amount * rate, accounting.Currency) : null);
}
