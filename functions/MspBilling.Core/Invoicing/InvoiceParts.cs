using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Clients;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>Which of a client's lines have an invoice together: all of a currency, or those of an agreement, a purchase order or a site.</summary>
/// <remarks>
/// <para>The period is rated as a whole before: tiers, minimums and discounts on the invoice are those of all lines, and each part has its lines' share of them. 10.00 off
/// lines of 300.00 and 700.00 on two agreements is 3.00 off one invoice and 7.00 off the other. Tax is computed on each document.</para>
/// <para>An adjustment stands with the agreement that it adjusts. A part that would be below zero stands on the client's largest invoice of the currency instead, because an ended
/// agreement has no later invoice to take it off: 500.00, 80.00 and -20.00 are 480.00 and 80.00. What the largest does not suffice for, the next one stands with. A line without a purchase order or site stands on the invoice of those without.</para>
/// </remarks>
public static class InvoiceParts
{
    /// <summary>As many as can be issued in one transaction, with what each has beside it.</summary>
    public const int Most = 30;

    public static string TooMany(int parts) => string.Create(
        CultureInfo.InvariantCulture, $"It would be {parts} invoices, and {Most} can be issued to a client at once. Have them split by purchase order or site, or not at all.");

    /// <param name="agreements">The client's.</param>
    /// <param name="lines">Of all currencies, in their order.</param>
    /// <returns>By currency, then by name, those without a name first. What asks for nothing has no invoice.</returns>
    public static IReadOnlyList<InvoicePart> Of(InvoiceSplit split, IReadOnlyList<Agreement> agreements, IEnumerable<RatedLine> lines)
    {
        var byId = agreements.ToDictionary(agreement => agreement.Id, StringComparer.Ordinal);
        var parts = new List<InvoicePart>();
        foreach (var ofCurrency in lines.GroupBy(line => line.Amount.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal))
        {
            parts.AddRange(WithoutNegative(
            [
                .. ofCurrency.GroupBy(line => NameOf(split, byId.GetValueOrDefault(line.AgreementId), line)).Select(part => new InvoicePart(ofCurrency.Key, part.Key, [.. part]))
                    .Where(part => part.Lines.Any(line => !line.Amount.IsZero)).OrderBy(part => part.Name, StringComparer.Ordinal),
            ]));
        }

        return parts;
    }

    private static string? NameOf(InvoiceSplit split, Agreement? agreement, RatedLine line) => split switch
    {
        InvoiceSplit.Currency => null,
        InvoiceSplit.Agreement => line.AgreementId,
        InvoiceSplit.PurchaseOrder => Named(agreement?.PurchaseOrder),
        InvoiceSplit.Site => Named(agreement?.Site),
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, null),
    };

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static IEnumerable<InvoicePart> WithoutNegative(IReadOnlyList<InvoicePart> parts)
    {
        var negative = parts.Where(part => part.Net.IsNegative).ToList();
        if (negative.Count == 0 || parts.Count == 1)
        {
            return parts;
        }

        // As many of the largest as it takes; where all of them do not suffice, the one that is left is refused.
        var together = new List<InvoicePart>();
        var sum = Money.Sum(negative.Select(part => part.Net), parts[0].Currency);
        foreach (var part in parts.OrderByDescending(part => part.Net.Amount).TakeWhile(part => !part.Net.IsNegative && sum.IsNegative))
        {
            together.Add(part);
            sum += part.Net;
        }

        var merged = (together.Count == 0 ? negative[0] : together[0]) with { Lines = [.. together.Concat(negative).SelectMany(part => part.Lines)] };
        return parts.Except(together).Except(negative).Append(merged).OrderBy(part => part.Name, StringComparer.Ordinal);
    }
}

/// <summary>Lines that have an invoice together.</summary>
/// <param name="Name">The agreement's id, the purchase order or the site; null where there is none, or where nothing is split.</param>
public sealed record InvoicePart(Currency Currency, string? Name, IReadOnlyList<RatedLine> Lines)
{
    public Money Net => Money.Sum(Lines.Select(line => line.Net), Currency);
}
