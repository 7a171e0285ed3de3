using System.Globalization;
using System.Text.Json;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>What Microsoft charges in one month and currency, and by which exports it is told.</summary>
/// <param name="Invoices">Invoices and credit notes of the month, each with a billed export.</param>
/// <param name="Unbilled"><c>current</c> or <c>last</c>; null where the month is billed.</param>
internal sealed record BilledMonth(string Month, string Currency, IReadOnlyList<string> Invoices, string? Unbilled)
{
    /// <summary>What the ids of its charges begin with, after their feed's.</summary>
    public string Prefix => $"{Month}|{Currency}|";

    /// <summary>Whether it is told by the same exports.</summary>
    public bool IsSame(BilledMonth other) => Prefix == other.Prefix && Unbilled == other.Unbilled && Invoices.SequenceEqual(other.Invoices);

    /// <summary>The exports of a kind, <c>usage</c> or <c>reconciliation</c>, with what is sent to ask for each.</summary>
    public IEnumerable<(string Path, JsonElement Body)> Exports(string kind)
    {
        foreach (var invoice in Invoices)
            yield return ($"{kind}/billed/export", JsonSerializer.SerializeToElement(new { invoiceId = invoice, attributeSet = "full" }));
        if (Unbilled is not null)
            yield return ($"{kind}/unbilled/export", JsonSerializer.SerializeToElement(new { currencyCode = Currency, billingPeriod = Unbilled, attributeSet = "full" }));
    }
}

/// <summary>Which months are told by which exports: a month's unbilled lines until its invoice is there, from then on the invoice's.</summary>
/// <remarks>
/// Unbilled lines are of the current calendar month and of the last one
/// (<see href="https://learn.microsoft.com/graph/api/partners-billing-unbilledusage-export">billingPeriod</see>). The month of an invoice is that in which its billing period
/// starts. An invoice of the current month stands beside what is unbilled of it. Invoices of the type Recurring are those of the commerce before, for which there is no such export
/// (<see href="https://learn.microsoft.com/partnercenter/developer/invoice-resources">invoices</see>).
/// </remarks>
internal sealed class BilledMonths(PartnerCenterOptions options, PartnerClient client, PartnerWire wire, TimeProvider clock)
{
    private const string MonthForm = "yyyy-MM";

    /// <summary>Those that are pulled, and those before them back to a day.</summary>
    public async Task<IReadOnlyList<BilledMonth>> SinceAsync(DateOnly? day, CancellationToken cancellationToken)
    {
        var current = Period.MonthOf(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).Start;
        var first = current.AddMonths(1 - options.Months);
        first = day < first ? Period.MonthOf(day.Value).Start : first;
        var invoices = await InvoicesAsync(cancellationToken).ConfigureAwait(false);
        var months = new List<BilledMonth>();
        for (var month = first; month <= current; month = month.AddMonths(1))
        {
            var name = month.ToString(MonthForm, CultureInfo.InvariantCulture);
            foreach (var currency in options.Currencies.Concat(invoices.Where(invoice => invoice.Month == name).Select(invoice => invoice.Currency)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var billed = invoices.Where(invoice => invoice.Month == name && invoice.Currency == currency).Select(invoice => invoice.Id).Order(StringComparer.Ordinal).ToList();
                var isOurs = options.Currencies.Contains(currency, StringComparer.Ordinal);
                var unbilled = !isOurs ? null : month == current ? "current" : month == current.AddMonths(-1) && billed.Count == 0 ? "last" : null;
                if (billed.Count > 0 || unbilled is not null)
                    months.Add(new BilledMonth(name, currency, billed, unbilled));
            }
        }

        return months;
    }

    private async Task<IReadOnlyList<(string Id, string Month, string Currency)>> InvoicesAsync(CancellationToken cancellationToken)
    {
        var invoices = new List<(string, string, string)>();
        await foreach (var invoice in client.InvoicesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(PartnerWire.Text(invoice, "invoiceType"), "Recurring", StringComparison.OrdinalIgnoreCase))
                continue;

            if (PartnerWire.Text(invoice, "id") is not { Length: > 0 } id || PartnerWire.Text(invoice, "currencyCode") is not { Length: > 0 } currency
                || !DateOnly.TryParseExact(PartnerWire.Text(invoice, "billingPeriodStartDate")?.Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start))
            {
                throw wire.Malformed($"Microsoft listed an invoice ({PartnerWire.Text(invoice, "id")}) without its id, currency or billing period.");
            }

            invoices.Add((id, start.ToString(MonthForm, CultureInfo.InvariantCulture), currency));
        }

        return [.. invoices.Distinct()];
    }
}
