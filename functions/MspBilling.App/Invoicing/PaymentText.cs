using System.Globalization;
using MspBilling.App.Api;
using MspBilling.Core;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Reads a payment as it is sent or typed, and says what of it cannot be read.</summary>
public static class PaymentText
{
    public static (PaymentRequest? Payment, string? Problem) Read(
        string? id, decimal? amount, string? currency, string? date, string? reference, IReadOnlyList<string>? invoices, bool isPrepayment, string? expires, string? agreement, string? by)
    {
        if (string.IsNullOrEmpty(id) || DecidedBy.Problem(by, reference ?? "a payment", id) is not null)
        {
            return (null, string.IsNullOrEmpty(id) ? "Give the payment an id, the bank's or your own: sent again with it, it is the same payment." : DecidedBy.Problem(by, reference ?? "a payment", id));
        }

        if (!Currency.TryParse(currency, out var of))
        {
            return (null, $"'{currency}' is not a currency; write its ISO 4217 code, such as EUR.");
        }

        if (amount is not { } paid || Rounding.ToPlaces(paid, of.MinorUnits) != paid)
        {
            return (null, $"The amount is a number with at most {of.MinorUnits} places.");
        }

        if (DateOf(date) is not { } day || (expires is not null && DateOf(expires) is null))
        {
            return (null, "Dates are written as 2024-10-31; the payment has one.");
        }

        return invoices is { Count: 0 } || invoices?.Any(string.IsNullOrEmpty) == true
            ? (null, "Name at least one invoice by its number, or none to pay those that were due first.")
            : (new PaymentRequest(id, new Money(paid, of), day, string.IsNullOrWhiteSpace(reference) ? null : reference.Trim(), invoices, isPrepayment, DateOf(expires), by!.Trim()) { Agreement = string.IsNullOrWhiteSpace(agreement) ? null : agreement.Trim() }, null);
    }

    internal static DateOnly? DateOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
